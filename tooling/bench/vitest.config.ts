import { unitTests } from '@kk/vitest-config';

export default unitTests('bench', { include: ['test/**/*.test.mjs'] });
