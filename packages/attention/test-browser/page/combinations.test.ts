// The table of every combination against PyTorch, in a page without a GPU.
import { init } from '@kk/nn-core';
import { combinationTests } from '../../test/support/combinations.js';
import { table } from '../support/fetch-table.js';

combinationTests('wasm', table, () => init('wasm', { threads: 1 }));
