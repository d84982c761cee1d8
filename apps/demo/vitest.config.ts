import { unitTests } from '@kk/vitest-config';

export default unitTests('demo', { globalSetup: ['../../packages/nn-core/scripts/generate.mjs'] });
