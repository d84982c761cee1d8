import { unitTests } from '@kk/vitest-config';

// Each file loads other libraries, which are not made to share a process.
export default unitTests('bench', { isolate: true, include: ['test/**/*.test.mjs'] });
