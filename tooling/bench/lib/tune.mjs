// Compares steps of supervised tuning: LoRA with all parameters, and all parameters with PyTorch, in alternating rounds.
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
  const ours = [];
  const torch = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(runWorker({}, 'ours-tune', configuration));
    if (typeof setting !== 'string') torch.push(pytorchStep(configuration, sizes, setting, { masked: true }));
  }
  const full = median(ours.map((report) => report.full));
  const lora = median(ours.map((report) => report.lora));
  const ratio = median(ours.map((report) => report.ratio));
  const [{ parameters, adapter, backend }] = ours;
  const rows = [
    [configuration, sizes.width, `all parameters, ${backend}`, full.toFixed(1), parameters, ''],
    [configuration, sizes.width, 'LoRA of rank 8 on all linear layers of the blocks', lora.toFixed(1), adapter, ratio.toFixed(2)],
  ];
  if (typeof setting === 'string') rows.push([configuration, sizes.width, `PyTorch: ${setting}`, '-', '', '-']);
  else rows.push([configuration, sizes.width, `all parameters, ${describeSetting(setting)}`, median(torch).toFixed(1), '', `${(full / median(torch)).toFixed(2)} (ours / PyTorch's)`]);
  return rows;
}
