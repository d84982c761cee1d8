// The journeys: the built course in the installed Chromium, served as any static host serves it.
import { unitTests } from '@kk/vitest-config';

export default unitTests('demo-journeys', { include: ['journeys/**/*.test.ts'], globalSetup: ['journeys/support/site.ts'], maxConcurrency: 2 });
