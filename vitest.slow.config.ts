// Checks that are too slow for every change, such as whole training runs: `pnpm check:slow`. `npm test` does not run them.
import { unitTests } from './tooling/vitest-config/index.mjs';

export default unitTests('slow', { include: ['{packages,apps}/*/slow/**/*.test.ts'], testTimeout: 1_800_000, hookTimeout: 1_800_000 });
