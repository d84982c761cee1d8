import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('nn-core-page', { include: ['test-browser/page/**/*.test.ts'], globalSetup: ['./scripts/generate.mjs'] });
