// Explanations without interventions on the gpu backend in this browser's mode are what cpu finds.
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { inject, it } from 'vitest';
import { expectExplanationsAsOnCpu } from '../../test/support/explanation-cases.js';

it('explanations without interventions on the gpu are those of cpu', async () => {
  await expectExplanationsAsOnCpu(await init(createGpuBackend, { mode: inject('gpu') as 'webgpu' | 'webgl2' }), 1e-3, [{}]);
});
