// Measures memory over thousands of training steps, to find leaks.
import { runWorker, showTable } from './show.mjs';

/** @param before  folder of another checkout to compare with, built; undefined without one */
export function measureMemory({ before, note }) {
  note('memory: 5,000 training steps');
  const rows = [['ours', {}], ...(before ? [['before', { folder: before }]] : [])].flatMap(([who, where]) =>
    runWorker(where, 'ours-memory').samples.map(({ step, buffers, bytes, reservedBytes, heapBytes }) => [who, step, buffers, bytes, reservedBytes, (heapBytes / 1e6).toFixed(1)]),
  );
  showTable('Memory over 5,000 training steps', ['who', 'after step', 'buffers', 'bytes in buffers', 'WebAssembly memory', 'JavaScript heap MB'], rows);
}
