import { unitTests } from '@kk/vitest-config';

// These files start, interrupt and end processes: what one of them leaves behind must not reach the next.
export default unitTests('bootstrap', { isolate: true });
