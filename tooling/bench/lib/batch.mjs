// Measures decoding in batches: tokens a second of 1, 4 and 16 texts, with the small model and the shape of GPT-2 124M.
import { availableParallelism } from 'node:os';
import { median } from './measure.mjs';
import { runWorker, showTable } from './show.mjs';
import { batches, streamCounts } from './sizes.mjs';

export function measureBatch({ rounds, note }) {
  const cores = availableParallelism();
  const rows = [];
  for (const name of Object.keys(batches)) {
    for (const threads of cores > 1 ? [1, cores] : [1]) {
      note(`batch, ${name}, ${threads} thread${threads === 1 ? '' : 's'}: ${rounds} rounds`);
      const reports = Array.from({ length: rounds }, () => runWorker({}, 'ours-batch', name, String(threads)));
      for (const kind of Object.keys(reports[0].kinds)) {
        const rates = streamCounts.map((count) => median(reports.map(({ kinds }) => kinds[kind][count].tokensPerSecond)));
        // Within a round all counts alternate, so a ratio compares what was measured beside each other.
        const ratios = streamCounts.slice(1).map((count) => median(reports.map(({ kinds }) => kinds[kind][count].tokensPerSecond / kinds[kind][1].tokensPerSecond)));
        const cpuRatio = median(reports.map(({ kinds }) => kinds[kind][streamCounts.at(-1)].tokensPerCpuSecond / kinds[kind][1].tokensPerCpuSecond));
        const sampling = median(reports.map(({ kinds }) => kinds[kind][streamCounts.at(-1)].samplingShare));
        rows.push([name, kind, reports[0].backend, ...rates.map((rate) => rate.toFixed(rate < 100 ? 1 : 0)), ...ratios.map((ratio) => `${ratio.toFixed(2)}x`), threads === 1 ? `${cpuRatio.toFixed(2)}x` : '-', `${(100 * sampling).toFixed(0)} %`]);
      }
    }
  }
  const head = ['model', 'weights', 'backend', ...streamCounts.map((count) => `tokens/s of ${count}`), ...streamCounts.slice(1).map((count) => `${count} to 1`), `${streamCounts.at(-1)} to 1 by CPU time`, `sampling of ${streamCounts.at(-1)}`];
  showTable('Decoding in batches, random weights, temperature 1: tokens a second of all texts together', head, rows);
}
