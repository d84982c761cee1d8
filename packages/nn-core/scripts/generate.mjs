// Makes everything in `generated/` that is missing or older than its sources: the kernels' binaries, the shaders' texts, the lists of files.
// `pnpm install`, builds, type checks and tests (vitest calls the default export once) begin with it.
import { fileURLToPath } from 'node:url';
import { buildKernels } from './build-kernels.mjs';
import { buildLists } from './build-lists.mjs';
import { buildShaders } from './build-shaders.mjs';

export default async function generate() {
  await Promise.all([buildKernels({ log: console.log, withReference: true }), buildShaders({ log: console.log }), buildLists()]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await generate();
