// The same on the gpu backend (in Node: Dawn).
import '@kk/vitest-config/swiftshader';
import { init } from '@kk/nn-core';
import { createGpuBackend } from '@kk/nn-core/gpu';
import { cacheTests } from './support/cache-cases.js';

cacheTests('webgpu', () => init(createGpuBackend, { mode: 'webgpu' }));
