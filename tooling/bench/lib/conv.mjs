// The convolution of digits beside tfjs, in alternating rounds.
import { median } from './measure.mjs';
import { machine } from './peers/machine.mjs';
import { ratio, runWorker, showTable } from './show.mjs';
import { convolutions, digits } from './sizes.mjs';

export function measureConv({ rounds, note }) {
  note(`conv: ${rounds} rounds of ours and tfjs-backend-wasm, on all threads and on one`);
  const reports = { ours: [], single: [], tfjs: [], tfjsSingle: [] };
  for (let round = 0; round < rounds; round++) {
    reports.ours.push(runWorker({}, 'ours-conv'));
    reports.single.push(runWorker({}, 'ours-conv', '1'));
    reports.tfjs.push(runWorker({}, 'tfjs-conv', String(machine().cores)));
    reports.tfjsSingle.push(runWorker({}, 'tfjs-conv', '1'));
  }
  const time = (who, name, what) => median(reports[who].map((report) => report[name][what]));
  const rows = Object.keys(convolutions).flatMap((name) =>
    ['forward', 'byImage'].map((what) => {
      const [mine, theirs, single, theirsSingle] = ['ours', 'tfjs', 'single', 'tfjsSingle'].map((who) => time(who, name, what));
      return [name, what === 'forward' ? 'forward' : 'forward and gradient by the image', ...[mine, theirs].map((ms) => ms.toFixed(2)), ratio(theirs, mine), ...[single, theirsSingle].map((ms) => ms.toFixed(2)), ratio(theirsSingle, single)];
    }),
  );
  const steps = Object.keys(convolutions).map((name) => [name, 'training step', time('ours', name, 'step').toFixed(2), 'no kernel', '', time('single', name, 'step').toFixed(2), 'no kernel', '']);
  showTable(
    `Convolution of ${digits.batchSize} images of ${digits.side} x ${digits.side} pixels, with bias and relu\n  ours: ${reports.ours[0].backend}\n  peer: ${reports.tfjs[0].backend}`,
    ['kernel, channels', 'what', 'ours ms', 'tfjs ms', 'faster by', 'one thread: ours ms', 'tfjs ms', 'faster by'],
    [...rows, ...steps],
  );
}
