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
    // More than there are processors: many tests wait, for a page, a process that starts, or a timer, and others compute meanwhile.
    maxWorkers: 2 * availableParallelism(),
    // Vitest reads this one from here alone and not from the projects: a page of a busy machine may take longer than its minute to connect.
    browser: { connectTimeout: PATIENCE },
    passWithNoTests: false,
  },
});
