// Checks that are too slow for every change: `pnpm check:slow`. `npm test` does not run them. Whole training runs and the like are in `slow/` of each
// package and of the course; journeys through the course that repeat those of every day in another form (every page in the other language, device and
// theme; every chapter after a reload) are in `apps/demo/journeys/slow/`.
import { defineConfig } from 'vitest/config';
import { unitTests } from './tooling/vitest-config/index.mjs';

export default defineConfig({
  test: {
    projects: [
      unitTests('slow', { include: ['{packages,apps}/*/slow/**/*.test.ts'], testTimeout: 1_800_000, hookTimeout: 1_800_000 }),
      'apps/demo/journeys/slow/vitest.config.ts',
    ],
  },
});
