// Checks that are too slow for every change: `pnpm check:slow`. `npm test` does not run them. Whole training runs and the like are in `slow/` of each
// package and of the course; journeys through the course that repeat those of every day in another form (every page in the other language, device and
// theme; every chapter after a reload) are in `apps/demo/journeys/slow/`; large cases of kernels on the GPU of a browser, which Node's tests see every
// day, are in `packages/nn-core/test-browser/slow/`.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { browserTests } from './tooling/vitest-config/browser.mjs';
import { unitTests } from './tooling/vitest-config/index.mjs';
import { PATIENCE } from './tooling/vitest-config/patience.mjs';

const patience = { testTimeout: 1_800_000, hookTimeout: 1_800_000 };

export default defineConfig({
  test: {
    projects: [
      unitTests('slow', { include: ['{packages,apps}/*/slow/**/*.test.ts'], ...patience }),
      'apps/demo/journeys/slow/vitest.config.ts',
      {
        ...browserTests('nn-core-slow', { gpu: ['webgpu', 'webgl2'], include: ['test-browser/slow/**/*.test.ts'], globalSetup: ['./scripts/vitest-setup.mjs'], ...patience }),
        root: fileURLToPath(new URL('packages/nn-core', import.meta.url)),
      },
    ],
    browser: { connectTimeout: PATIENCE }, // read from here alone, and not from the projects
  },
});
