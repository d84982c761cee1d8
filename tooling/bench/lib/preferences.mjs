// Compares steps of DPO, and of GRPO with the writing of its answers, with PyTorch in alternating rounds; ours with a BLAS and without.
import { median } from './measure.mjs';
import { describeSetting, fastestPreferenceSetting, pytorchPreferenceStep } from './peers/pytorch.mjs';
import { runWorker, showTable } from './show.mjs';
import { preferences } from './sizes.mjs';

export function measurePreferences({ rounds, configurations, note }) {
  const rows = configurations.flatMap((configuration) => ['dpo', 'grpo'].flatMap((what) => measureStep({ rounds, configuration, what, note })));
  showTable('Step of DPO (the reference was scored before) and of GRPO (answers written, rewarded, learned from)', ['configuration', 'what', 'who', 'ms a step', 'ours / PyTorch'], rows);
}

function measureStep({ rounds, configuration, what, note }) {
  note(`${what} step ${configuration}: ${rounds} rounds of ours and PyTorch`);
  const sizes = preferences[configuration];
  const setting = fastestPreferenceSetting(what, sizes, note);
  const ours = { auto: [], off: [] };
  const torch = [];
  for (let round = 0; round < rounds; round++) {
    for (const [blas, reports] of Object.entries(ours)) reports.push(runWorker({}, 'ours-preferences', configuration, what, '0', blas));
    if (typeof setting !== 'string') torch.push(pytorchPreferenceStep(what, sizes, setting));
  }
  const theirs = torch.length > 0 && median(torch);
  const rows = Object.values(ours).map((reports) => {
    const mine = median(reports.map(({ milliseconds }) => milliseconds));
    return [configuration, what, reports[0].backend, mine.toFixed(1), theirs ? (mine / theirs).toFixed(2) : ''];
  });
  rows.push(theirs ? [configuration, what, describeSetting(setting), theirs.toFixed(1), ''] : [configuration, what, `PyTorch: ${setting}`, '-', '-']);
  return rows;
}
