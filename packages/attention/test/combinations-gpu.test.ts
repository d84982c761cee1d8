// The same table on the gpu backend (in Node: Dawn).
import '@kk/vitest-config/swiftshader';
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { combinationTests } from './support/combinations.js';
import { table } from './support/read-table.js';

combinationTests('webgpu', table, () => init(createGpuBackend, { mode: 'webgpu' }));
