import { unitTests } from '@kk/vitest-config';

export default unitTests('public');
