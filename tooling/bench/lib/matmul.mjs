// Compares our matrix product with tfjs, in alternating rounds.
import { median } from './measure.mjs';
import { ratio, runWorker, showTable } from './show.mjs';
import { matrixSides } from './sizes.mjs';

/** @param before  folder of another checkout to compare with, built; undefined without one */
export function measureMatmul({ rounds, before, note }) {
  note(`matmul: ${rounds} rounds of ours${before ? ', before' : ''} and tfjs-backend-wasm`);
  const reports = { ours: [], before: [], tfjs: [] };
  for (let round = 0; round < rounds; round++) {
    reports.ours.push(runWorker({}, 'ours-matmul'));
    if (before) reports.before.push(runWorker({ folder: before }, 'ours-matmul'));
    reports.tfjs.push(runWorker({}, 'tfjs-matmul', '1'));
  }
  const time = (who, side) => median(reports[who].map((report) => report[side]));
  const rows = matrixSides.map((side) => {
    const rate = (ms) => ((2 * side ** 3) / ms / 1e6).toFixed(1);
    const mine = time('ours', side);
    const share = median(reports.ours.map((report) => rate(report[side]) / report.peak));
    const earlier = before ? [time('before', side).toFixed(3), (mine / time('before', side)).toFixed(2)] : [];
    return [side, mine.toFixed(3), rate(mine), `${(100 * share).toFixed(0)} %`, ...earlier, time('tfjs', side).toFixed(3), rate(time('tfjs', side)), ratio(time('tfjs', side), mine)];
  });
  const earlier = before ? ['before ms', 'ours / before'] : [];
  showTable(`Matrix product, float32, one thread each\n  ours: ${reports.ours[0].backend}\n  peer: ${reports.tfjs[0].backend}`, ['size', 'ours ms', 'GFLOP/s', 'of peak', ...earlier, 'tfjs ms', 'GFLOP/s', 'faster by'], rows);
}
