// Compares our GPT training step with tfjs and PyTorch, in alternating rounds.
import { median } from './measure.mjs';
import { pytorchStep } from './pytorch.mjs';
import { ratio, runWorker, showTable } from './show.mjs';

/** @param before  folder of another checkout to compare with, built; undefined without one */
export function measureStep({ rounds, configurations, before, note }) {
  const rows = [];
  for (const configuration of configurations) rows.push(...measureConfiguration({ rounds, configuration, before, note }));
  showTable('GPT training step: batch, forward, backward, clipping, AdamW', ['configuration', 'who', 'ms a step', 'GFLOP/s, of peak', 'time of ours / theirs'], rows);
}

function measureConfiguration({ rounds, configuration, before, note }) {
  // For sizes above small, tfjs takes too long.
  const withTfjs = configuration === 'small';
  note(`training step ${configuration}: ${rounds} rounds of ours${before ? ', before' : ''}${withTfjs ? ', tfjs-backend-wasm' : ''} and PyTorch`);
  const reports = { ours: [], before: [], single: [], tfjs: [], torch: [] };
  let noTorch = '';
  for (let round = 0; round < rounds; round++) {
    reports.ours.push(runWorker({}, 'ours-step', configuration));
    if (before) reports.before.push(runWorker({ folder: before }, 'ours-step', configuration));
    reports.single.push(runWorker({}, 'ours-step', configuration, '1'));
    if (withTfjs) reports.tfjs.push(runWorker({}, 'tfjs-step', configuration));
    const torch = pytorchStep(configuration);
    if (typeof torch === 'string') noTorch = torch;
    else reports.torch.push(torch);
  }
  const time = (who) => median(reports[who].map(({ milliseconds }) => milliseconds));
  const name = (who) => reports[who][0].backend;
  const share = (who) => {
    const [gigaflops, peak] = ['gigaflops', 'peak'].map((field) => median(reports[who].map((report) => report[field])));
    return `${gigaflops.toFixed(1)}, ${((100 * gigaflops) / peak).toFixed(0)} % of ${peak.toFixed(1)}`;
  };
  const mine = time('ours');
  const rows = [[configuration, `ours, ${name('ours')}`, mine.toFixed(1), share('ours'), '']];
  if (before) rows.push([configuration, `before, ${name('before')}`, time('before').toFixed(1), share('before'), (mine / time('before')).toFixed(2)]);
  rows.push([configuration, `ours, ${name('single')}`, time('single').toFixed(1), share('single'), `${(mine / time('single')).toFixed(2)} (${ratio(time('single'), mine)} faster with all threads)`]);
  if (withTfjs) rows.push([configuration, name('tfjs'), time('tfjs').toFixed(1), '', `${(mine / time('tfjs')).toFixed(3)} (${ratio(time('tfjs'), mine)} faster; on one thread ${ratio(time('tfjs'), time('single'))})`]);
  if (reports.torch.length > 0) rows.push([configuration, name('torch'), time('torch').toFixed(1), '', (mine / time('torch')).toFixed(2)]);
  else rows.push([configuration, `PyTorch: ${noTorch}`, '-', '', '-']);
  return rows;
}
