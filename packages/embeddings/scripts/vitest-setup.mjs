// Vitest calls this once before the tests of the package: the kernels are compiled when their sources have changed.
import { buildKernels } from './build-kernels.mjs';

export default async function setup() {
  await buildKernels({ log: console.log });
}
