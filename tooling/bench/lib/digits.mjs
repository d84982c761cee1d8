// Compares an epoch of a small network on drawn digits with tfjs, on one thread and on all, in alternating rounds.
import { cpus } from 'node:os';
import { median } from './measure.mjs';
import { ratio, runWorker, showTable } from './show.mjs';

/** A network that reads fewer of 1,000 has not learned. */
const LEAST_RIGHT = 800;

export function measureDigits({ rounds, note }) {
  const threads = [...new Set([1, cpus().length])];
  const sides = threads.flatMap((count) => ['ours', 'tfjs'].map((who) => ({ who, worker: `${who}-digits`, count, reports: [] })));
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) {
      note(`digits, round ${round + 1}: ${side.who}, ${side.count} threads`);
      side.reports.push(runWorker({}, side.worker, String(side.count)));
    }
  }
  const time = ({ reports }) => median(reports.map(({ milliseconds }) => milliseconds));
  const fastest = Math.min(...sides.filter(({ who }) => who === 'ours').map(time));
  const rows = sides.map((side) => {
    const [{ backend, right }] = side.reports;
    if (right < LEAST_RIGHT) throw new Error(`${backend} reads ${right} of 1000 drawings after its epoch: it has not learned`);
    return [backend, time(side).toFixed(0), String(right), ratio(time(side), fastest)];
  });
  showTable('One epoch of 10,000 drawn digits, network 784-128-10, batches of 64, Adam', ['who', 'ms', 'read of 1,000 others', 'time beside our fastest'], rows);
}
