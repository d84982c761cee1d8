import { unitTests } from '@kk/vitest-config';

export default unitTests('embeddings', { globalSetup: ['./scripts/vitest-setup.mjs'] });
