// Compares our GPT training step with tfjs and PyTorch, in alternating rounds.
import { median } from './measure.mjs';
import { machine } from './peers/machine.mjs';
import { describeSetting, fastestSetting, pytorchStep } from './peers/pytorch.mjs';
import { ratio, runWorker, showTable } from './show.mjs';
import { steps } from './sizes.mjs';

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
  const setting = fastestSetting(steps[configuration], note);
  const cores = String(machine().cores);
  const reports = { ours: [], blas: [], before: [], single: [], tfjs: [], tfjsSingle: [], torch: [] };
  for (let round = 0; round < rounds; round++) {
    reports.ours.push(runWorker({}, 'ours-step', configuration));
    reports.blas.push(runWorker({}, 'ours-step', configuration, '0', 'auto'));
    if (before) reports.before.push(runWorker({ folder: before }, 'ours-step', configuration));
    reports.single.push(runWorker({}, 'ours-step', configuration, '1'));
    if (withTfjs) {
      reports.tfjs.push(runWorker({}, 'tfjs-step', configuration, cores));
      reports.tfjsSingle.push(runWorker({}, 'tfjs-step', configuration, '1'));
    }
    if (typeof setting !== 'string') reports.torch.push({ milliseconds: pytorchStep(configuration, steps[configuration], setting), backend: describeSetting(setting) });
  }
  const time = (who) => median(reports[who].map(({ milliseconds }) => milliseconds));
  const name = (who) => reports[who][0].backend;
  const share = (who) => {
    const [gigaflops, peak] = ['gigaflops', 'peak'].map((field) => median(reports[who].map((report) => report[field])));
    return `${gigaflops.toFixed(1)}, ${((100 * gigaflops) / peak).toFixed(0)} % of ${peak.toFixed(1)}`;
  };
  const mine = time('ours');
  const rows = [[configuration, `ours, ${name('ours')}`, mine.toFixed(1), share('ours'), '']];
  rows.push([configuration, `ours, ${name('blas')}`, time('blas').toFixed(1), '', `${(time('blas') / mine).toFixed(2)} of ours without a BLAS`]);
  if (before) rows.push([configuration, `before, ${name('before')}`, time('before').toFixed(1), share('before'), (mine / time('before')).toFixed(2)]);
  rows.push([configuration, `ours, ${name('single')}`, time('single').toFixed(1), share('single'), `${(mine / time('single')).toFixed(2)} (${ratio(time('single'), mine)} faster with all threads)`]);
  if (withTfjs) {
    rows.push([configuration, name('tfjs'), time('tfjs').toFixed(1), '', `${(mine / time('tfjs')).toFixed(3)} (${ratio(time('tfjs'), mine)} faster)`]);
    rows.push([configuration, name('tfjsSingle'), time('tfjsSingle').toFixed(1), '', `${(time('single') / time('tfjsSingle')).toFixed(3)} of ours on one thread (${ratio(time('tfjsSingle'), time('single'))} faster)`]);
  }
  if (typeof setting === 'string') rows.push([configuration, `PyTorch: ${setting}`, '-', '', '-']);
  else rows.push([configuration, name('torch'), time('torch').toFixed(1), '', `${(mine / time('torch')).toFixed(2)}, with a BLAS ${(time('blas') / time('torch')).toFixed(2)}`]);
  return rows;
}
