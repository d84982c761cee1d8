// The journeys: the built course in the installed Chromium, served as any static host serves it. They are not isolated from each other in Node,
// so that the profiles of their visitors (journeys/support/profiles.ts) last from file to file.
import { unitTests } from '@kk/vitest-config';
import { PATIENCE } from './journeys/support/patience.js';

export default unitTests('demo-journeys', {
  include: ['journeys/*.test.ts'], // those in journeys/slow run in `pnpm check:slow`
  globalSetup: ['journeys/support/site.ts'],
  isolate: false,
  maxConcurrency: 2,
  testTimeout: 3 * PATIENCE, // so that a wait which fails says what it waited for
});
