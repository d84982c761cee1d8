// Every combination of attention against PyTorch, in both forms, on the engines that need no GPU.
import { init } from '@kk/nn-core';
import { combinationTests } from './support/combinations.js';

combinationTests('cpu', () => init('cpu'));
combinationTests('wasm', () => init('wasm', { threads: 1 }));
combinationTests('wasm on 2 threads', () => init('wasm', { threads: 2 }));
