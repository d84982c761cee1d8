// The cache of several sequences on the processor; `key-value-cache-gpu.test.ts` runs the same on WebGPU.
import { init } from '@kk/nn-core';
import { cacheTests } from './support/cache-cases.js';

cacheTests('cpu', () => init('cpu', { precision: 'float64' }));
cacheTests('wasm', () => init('wasm'));
cacheTests('wasm with threads', () => init('wasm', { threads: 2 }));
