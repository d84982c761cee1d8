// Vitest calls this once before the tests of a project: the kernels are compiled when their sources have changed.
import { buildGpuKernels } from './build-gpu-kernels.mjs';
import { buildKernels } from './build-kernels.mjs';

export default async function setup() {
  await Promise.all([buildKernels({ log: console.log }), buildGpuKernels({ log: console.log })]);
}
