// Many texts at a time on the processor; `batch-decoder-gpu.test.ts` runs the same on WebGPU.
import { init } from '@kk/nn-core';
import { batchDecoderTests } from './support/batch-decoder-cases.js';

batchDecoderTests('cpu', () => init('cpu'));
batchDecoderTests('wasm', () => init('wasm'));
batchDecoderTests('wasm with threads', () => init('wasm', { threads: 2 }));
