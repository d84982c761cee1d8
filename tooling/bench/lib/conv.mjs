// The convolution of digits beside tfjs, in alternating rounds.
import { median } from './measure.mjs';
import { ratio, runWorker, showTable } from './show.mjs';
import { convolutions, digits } from './sizes.mjs';

export function measureConv({ rounds, note }) {
  note(`conv: ${rounds} rounds of ours, ours on one thread and tfjs-backend-wasm`);
  const reports = { ours: [], single: [], tfjs: [] };
  for (let round = 0; round < rounds; round++) {
    reports.ours.push(runWorker({}, 'ours-conv'));
    reports.single.push(runWorker({}, 'ours-conv', '1'));
    reports.tfjs.push(runWorker({}, 'tfjs-conv'));
  }
  const time = (who, name, what) => median(reports[who].map((report) => report[name][what]));
  const rows = Object.keys(convolutions).flatMap((name) =>
    ['forward', 'byImage'].map((what) => {
      const [mine, single, theirs] = ['ours', 'single', 'tfjs'].map((who) => time(who, name, what));
      return [name, what === 'forward' ? 'forward' : 'forward and gradient by the image', mine.toFixed(2), single.toFixed(2), theirs.toFixed(2), ratio(theirs, mine), ratio(theirs, single)];
    }),
  );
  const steps = Object.keys(convolutions).map((name) => [name, 'training step', time('ours', name, 'step').toFixed(2), time('single', name, 'step').toFixed(2), 'no kernel', '', '']);
  showTable(
    `Convolution of ${digits.batchSize} images of ${digits.side} x ${digits.side} pixels, with bias and relu\n  ours: ${reports.ours[0].backend}\n  peer: ${reports.tfjs[0].backend}`,
    ['kernel, channels', 'what', 'ours ms', 'on one thread', 'tfjs ms', 'faster by', 'on one thread'],
    [...rows, ...steps],
  );
}
