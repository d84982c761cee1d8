import { unitTests } from '@kk/vitest-config';

export default unitTests('nn-core', { globalSetup: ['./scripts/vitest-setup.mjs'] });
