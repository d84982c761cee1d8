import { unitTests } from '@kk/vitest-config';

export default unitTests('gpt', {
  globalSetup: ['../nn-core/scripts/generate.mjs'],
  // Read only when vitest is started in this folder: its own tests in Node, and those in browsers.
  projects: ['vitest.config.ts', 'vitest.*.config.ts'],
});
