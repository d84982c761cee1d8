import { aloneTests } from '@kk/vitest-config';

export default aloneTests('cli', { setupFiles: ['./test/support/setup.ts'] });
