import { unitTests } from '@kk/vitest-config';

export default unitTests('cli', { setupFiles: ['./test/support/setup.ts'] });
