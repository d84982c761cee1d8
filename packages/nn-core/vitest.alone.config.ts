import { aloneTests } from '@kk/vitest-config';

export default aloneTests('nn-core', { globalSetup: ['./scripts/generate.mjs'] });
