import { browserTests } from '@kk/vitest-config/browser';

export default browserTests('nn-core-isolated', { isolated: true, include: ['test-browser/isolated/**/*.test.ts'], globalSetup: ['./scripts/generate.mjs'] });
