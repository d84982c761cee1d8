import { defineConfig } from 'vitest/config';

// Every package and app that has tests brings its own vitest.config.ts; here they run in one process with one report.
export default defineConfig({
  test: { projects: ['packages/*/vitest.config.ts', 'apps/*/vitest.config.ts', 'tooling/*/vitest.config.ts'], passWithNoTests: false },
});
