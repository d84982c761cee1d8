// Checks that are too slow for every change: `pnpm check:slow`. `npm test` does not run them. Whole training runs and the like are in `slow/` of each
// package and of the course; journeys through the course that repeat those of every day in another form (every page in the other language, device and
// theme; every chapter after a reload, and what its figures compute to the end) are in `apps/demo/journeys/slow/`; what Node's tests see on the GPU every day, such
// as large cases of kernels, is for the GPU of a browser in `packages/*/test-browser/slow/`.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { browserTests } from './tooling/vitest-config/browser.mjs';
import { unitTests } from './tooling/vitest-config/index.mjs';
import { PATIENCE } from './tooling/vitest-config/patience.mjs';

const patience = { testTimeout: 1_800_000, hookTimeout: 1_800_000 };

const path = (fromHere: string): string => fileURLToPath(new URL(fromHere, import.meta.url));

/** The slow tests of a package in a Chromium for each of these. */
const slowInBrowsers = (name: string, gpu: readonly ('webgpu' | 'webgl2')[]) => ({
  ...browserTests(`${name}-slow`, { gpu, include: ['test-browser/slow/**/*.test.ts'], globalSetup: [path('packages/nn-core/scripts/generate.mjs')], ...patience }),
  root: path(`packages/${name}`),
});

export default defineConfig({
  test: {
    projects: [
      unitTests('slow', { include: ['{packages,apps}/*/slow/**/*.test.ts'], ...patience }),
      'apps/demo/journeys/slow/vitest.config.ts',
      slowInBrowsers('nn-core', ['webgpu', 'webgl2']),
      slowInBrowsers('gpt', ['webgpu', 'webgl2']),
      slowInBrowsers('attention', ['webgpu']),
    ],
    browser: { connectTimeout: PATIENCE }, // read from here alone, and not from the projects
  },
});
