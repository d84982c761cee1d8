import { aloneTests } from '@kk/vitest-config';

export default aloneTests('demo', { globalSetup: ['../../packages/nn-core/scripts/generate.mjs'] });
