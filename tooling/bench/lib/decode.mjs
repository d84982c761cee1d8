// Measures generation token by token with the shape of GPT-2 124M, and the share of the memory bandwidth that it uses.
import { availableParallelism } from 'node:os';
import { median } from './measure.mjs';
import { runWorker, showTable } from './show.mjs';

/** @param before  folder of another checkout to compare with, built; undefined without one */
export function measureDecode({ rounds, before, note }) {
  const cores = availableParallelism();
  const rows = [];
  for (const threads of cores > 1 ? [1, cores] : [1]) {
    note(`decode, GPT-2 124M shape, ${threads} thread${threads === 1 ? '' : 's'}: ${rounds} rounds`);
    const reports = { ours: [], before: [] };
    for (let round = 0; round < rounds; round++) {
      reports.ours.push(runWorker({}, 'ours-decode', String(threads)));
      if (before) reports.before.push(runWorker({ folder: before }, 'ours-decode', String(threads)));
    }
    for (const kind of ['float32', 'int8']) {
      const of = (who, field) => median(reports[who].map((report) => report.kinds[kind][field]));
      const ms = of('ours', 'milliseconds');
      const rate = reports.ours[0].kinds[kind].bytes / ms / 1e6;
      const earlier = before ? [(1000 / of('before', 'milliseconds')).toFixed(1), (ms / of('before', 'milliseconds')).toFixed(2)] : [];
      rows.push([kind, reports.ours[0].backend, (1000 / ms).toFixed(1), rate.toFixed(1), `${((100 * rate) / of('ours', 'bandwidth')).toFixed(0)} % of ${of('ours', 'bandwidth').toFixed(1)}`, of('ours', 'prefillTokensPerSecond').toFixed(0), ...earlier]);
    }
  }
  const earlier = before ? ['before tokens/s', 'time of ours / before'] : [];
  showTable('Generation with the GPT-2 124M shape, random weights; bytes of weights read a second', ['weights', 'backend', 'tokens/s', 'GB/s', 'of read bandwidth', 'prefill tokens/s', ...earlier], rows);
}
