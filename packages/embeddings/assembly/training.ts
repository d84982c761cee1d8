// The kernels that train word vectors. Every export is called from src/training/kernel.ts. Their parts are in training/.
//
// Rows are `stride` numbers long: the width, rounded up to whole chunks, with zeros at the end, which change no result.
// Sums run over four lanes, element i in lane i % 4, and then (lane 0 + lane 2) + (lane 1 + lane 3): the same bits on every machine.
export { drawTable, seedRandom } from './training/random';
export { configure, useHierarchy, useNegatives } from './training/settings';
export { trainBatch } from './training/train-batch';
export { trainPairs } from './training/glove';

/** The first byte of memory that the kernels do not use. */
export function heapBase(): usize {
  return __heap_base;
}
