// Explanations on the gpu backend (in Node: Dawn) are what cpu finds.
import '@kk/vitest-config/swiftshader';
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { expect, it } from 'vitest';
import { expectExplanationsAsOnCpu } from './support/explanation-cases.js';

it('on WebGPU', async () => {
  const engine = await init(createGpuBackend, { mode: 'webgpu' });
  expect(engine.backend.description).toContain('WebGPU');
  await expectExplanationsAsOnCpu(engine, 1e-3);
});
