import { unitTests } from '@kk/vitest-config';

export default unitTests('finetune', { globalSetup: ['../nn-core/scripts/generate.mjs'] });
