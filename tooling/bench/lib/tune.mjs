// Compares steps of supervised tuning: LoRA with all parameters, and all parameters with PyTorch, in alternating rounds; ours with a BLAS and without.
import { median } from './measure.mjs';
import { describeSetting, fastestSetting, pytorchStep } from './peers/pytorch.mjs';
import { runWorker, showTable } from './show.mjs';
import { steps } from './sizes.mjs';

export function measureTune({ rounds, configurations, note }) {
  const rows = configurations.flatMap((configuration) => measureConfiguration({ rounds, configuration, note }));
  showTable('Supervised tuning step, half of each row is learned: batch, forward, backward, clipping, AdamW', ['configuration', 'width', 'what', 'ms a step', 'trained numbers', 'time / that of all parameters'], rows);
}

function measureConfiguration({ rounds, configuration, note }) {
  note(`tuning step ${configuration}: ${rounds} rounds of all parameters, LoRA, and PyTorch`);
  const sizes = steps[configuration];
  const setting = fastestSetting(sizes, note);
  const ours = { auto: [], off: [] };
  const torch = [];
  for (let round = 0; round < rounds; round++) {
    for (const [blas, reports] of Object.entries(ours)) reports.push(runWorker({}, 'ours-tune', configuration, '0', blas));
    if (typeof setting !== 'string') torch.push(pytorchStep(configuration, sizes, setting, { masked: true }));
  }
  const theirs = torch.length > 0 && median(torch);
  const rows = Object.values(ours).flatMap((reports) => {
    const [{ parameters, adapter, backend }] = reports;
    const of = (name) => median(reports.map((report) => report[name]));
    return [
      [configuration, sizes.width, `all parameters, ${backend}`, of('full').toFixed(1), parameters, theirs ? `${(of('full') / theirs).toFixed(2)} (ours / PyTorch's)` : ''],
      [configuration, sizes.width, 'LoRA of rank 8 on all linear layers of the blocks', of('lora').toFixed(1), adapter, of('ratio').toFixed(2)],
    ];
  });
  rows.push(theirs ? [configuration, sizes.width, `all parameters, ${describeSetting(setting)}`, theirs.toFixed(1), '', ''] : [configuration, sizes.width, `PyTorch: ${setting}`, '-', '', '-']);
  return rows;
}
