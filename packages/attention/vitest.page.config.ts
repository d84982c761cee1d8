import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('attention-page', { include: ['test-browser/page/**/*.test.ts'], globalSetup: ['../nn-core/scripts/generate.mjs'] });
