// Journeys that repeat those of every day in another form: `pnpm check:slow` runs them.
import { unitTests } from '@kk/vitest-config';
import { PATIENCE } from '../support/patience.js';

export default unitTests('demo-journeys-slow', {
  include: ['*.test.ts'],
  globalSetup: ['../support/site.ts'],
  isolate: false,
  maxConcurrency: 2,
  testTimeout: 6 * PATIENCE,
});
