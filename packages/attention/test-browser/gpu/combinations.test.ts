// The table of every combination against PyTorch, on the gpu backend in this browser's mode. The step by step form on WebGPU is in ../slow: it is
// made of operations of nn-core, and Node computes it with the same WebGPU (Dawn) every day.
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { inject } from 'vitest';
import { combinationTests } from '../../test/support/combinations.js';
import { table } from '../support/fetch-table.js';

const mode = inject('gpu') as 'webgpu' | 'webgl2';

combinationTests(mode, table, () => init(createGpuBackend, { mode }), mode === 'webgpu' ? ['fused'] : undefined);
