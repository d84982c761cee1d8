// Vitest calls this once before the tests of a project: the kernels are compiled when their sources have changed.
import { buildShaders } from './build-shaders.mjs';
import { buildKernels } from './build-kernels.mjs';

export default async function setup() {
  await Promise.all([buildKernels({ log: console.log, withReference: true }), buildShaders({ log: console.log })]);
}
