// The same on the gpu backend (in Node: Dawn).
import '@kk/vitest-config/swiftshader';
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { batchDecoderTests } from './support/batch-decoder-cases.js';

batchDecoderTests('webgpu', () => init(createGpuBackend, { mode: 'webgpu' }), 2e-5);
