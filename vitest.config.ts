import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { PATIENCE } from './tooling/vitest-config/patience.mjs';

// Each project that runs in a browser has a server, which listens for the end of the process; Node warns of more than ten such listeners.
process.setMaxListeners(50);

// Every package and app that has tests brings its own vitest.config.ts, and a vitest.<name>.config.ts for each setting of a browser
// that it is tested in; here they run in one process with one report.
export default defineConfig({
  test: {
    projects: [
      'packages/*/{vitest.config.ts,vitest.*.config.ts}',
      'apps/*/{vitest.config.ts,vitest.*.config.ts}',
      'tooling/*/{vitest.config.ts,vitest.*.config.ts}',
    ],
    // Vitest leaves one processor free, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    // Vitest reads this one from here alone and not from the projects: a page of a busy machine may take longer than its minute to connect.
    browser: { connectTimeout: PATIENCE },
    passWithNoTests: false,
  },
});
