// Every combination of attention against PyTorch, in both forms, on the engines that need no GPU.
import { init } from '@kk/nn-core';
import { combinationTests } from './support/combinations.js';
import { table } from './support/read-table.js';

combinationTests('cpu', table, () => init('cpu'));
combinationTests('wasm', table, () => init('wasm', { threads: 1 }));
combinationTests('wasm on 2 threads', table, () => init('wasm', { threads: 2 }));
