// Explanations on the gpu backend in this browser's mode are what cpu finds, with every intervention at once. The same without any is in ../slow;
// Node computes both every day, on WebGPU.
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { inject, it } from 'vitest';
import { everyIntervention, expectExplanationsAsOnCpu } from '../../test/support/explanation-cases.js';

it('explanations on the gpu are those of cpu', async () => {
  await expectExplanationsAsOnCpu(await init(createGpuBackend, { mode: inject('gpu') as 'webgpu' | 'webgl2' }), 1e-3, [everyIntervention]);
});
