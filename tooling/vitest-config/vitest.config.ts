import { unitTests } from './index.mjs';

export default unitTests('vitest-config');
