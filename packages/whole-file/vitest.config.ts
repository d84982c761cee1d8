import { unitTests } from '@kk/vitest-config';

// The support files clean up in hooks at their top, which run once for all files that share what they have loaded.
export default unitTests('whole-file', { isolate: true });
