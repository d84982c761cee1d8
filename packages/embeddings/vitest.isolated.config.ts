import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('embeddings-isolated', { isolated: true, include: ['test-browser/**/*.test.ts'], globalSetup: ['./scripts/vitest-setup.mjs'] });
