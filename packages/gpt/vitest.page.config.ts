import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('gpt-page', { include: ['test-browser/page/**/*.test.ts'], globalSetup: ['../nn-core/scripts/generate.mjs'] });
