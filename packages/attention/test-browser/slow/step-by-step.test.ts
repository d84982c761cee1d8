// The table of every combination against PyTorch, step by step on a browser's WebGPU.
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { combinationTests } from '../../test/support/combinations.js';
import { table } from '../support/fetch-table.js';

combinationTests('webgpu', table, () => init(createGpuBackend, { mode: 'webgpu' }), ['step by step']);
