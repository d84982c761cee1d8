// Compares whole training runs with PyTorch's: the same settings, the time of all steps, and the loss reached. Each round has another seed.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './measure.mjs';
import { describeSetting, fastestSetting, pytorchRun } from './peers/pytorch.mjs';
import { runWorker, showTable } from './show.mjs';
import { steps as configurations } from './sizes.mjs';
import { benchText } from './tokenizer-texts.mjs';

/** Half of nanoGPT's run on a CPU: about a minute for each. */
export const trainingSteps = 1000;
const FIRST_SEED = 1337;

/** @param text  `brown`, or the path of a text file; it is split into characters */
export function measureTraining({ rounds, configuration, text, steps, note }) {
  const folder = mkdtempSync(join(tmpdir(), 'kk-bench-'));
  try {
    const file = join(folder, 'text.txt');
    writeFileSync(file, benchText(text));
    const setting = fastestSetting(configurations[configuration], note);
    const ours = { off: [], auto: [] };
    const theirs = [];
    for (let round = 0; round < rounds; round++) {
      note(`training run of ${steps} steps on ${text}, round ${round + 1} of ${rounds}`);
      for (const [blas, runs] of Object.entries(ours)) runs.push(runWorker({}, 'ours-training', configuration, file, String(steps), blas, String(FIRST_SEED + round)));
      if (typeof setting !== 'string') theirs.push(pytorchRun(file, configurations[configuration], steps, FIRST_SEED + round, setting));
    }
    const seconds = (runs) => median(runs.map((run) => run.seconds));
    /** One model of many: the seed decides more than who trains it, so all are shown. */
    const loss = (runs) => [...runs.map((run) => run.loss)].sort((a, b) => a - b).map((one) => one.toFixed(3)).join(' ');
    const isThere = typeof setting !== 'string';
    const rows = Object.values(ours).map((runs) => [runs[0].backend, seconds(runs).toFixed(1), loss(runs), isThere ? median(runs.map((run, round) => run.seconds / theirs[round].seconds)).toFixed(2) : '-']);
    rows.push(isThere ? [describeSetting(setting), seconds(theirs).toFixed(1), loss(theirs), ''] : [`PyTorch: ${setting}`, '-', '-', '-']);
    showTable(`A training run: '${configuration}', ${steps} steps, ${text} by ${ours.off[0].characters} characters`, ['who', 'seconds of all steps', 'loss over the last tenth of the text, nats, one for each seed', 'time of ours / theirs'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
