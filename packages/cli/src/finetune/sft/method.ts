// Supervised tuning: how a run of `kk finetune sft` begins, and what is said of it.
import { mostLookedRows, SupervisedTuning, type Look } from '@kk/finetune';
import type { StepReport } from '@kk/gpt';
import { shortPath } from '../../files/paths.js';
import { lossCaption } from '../../terminal/loss-curve.js';
import { numberFormats } from '../../terminal/numbers.js';
import { tooFewSteps } from '../few-steps.js';
import type { FactRow, Method, RunWords } from '../method.js';
import { writesNext } from '../next.js';
import { prepareBy, type Prepared } from '../prepare.js';
import { trainingOptions } from '../settings.js';
import { baseTextOf, readExamples, rowsOf, type ReadData, type RowsOfData } from './data.js';
import { supervisedFields, type SupervisedSettings } from './settings.js';

export type SupervisedParts = Prepared<SupervisedSettings, ReadData, RowsOfData, SupervisedTuning>;

const numbers = numberFormats('en');
const VERB = 'finetune sft';

const prepare = prepareBy<SupervisedSettings, ReadData, RowsOfData, SupervisedTuning>({
  verb: VERB,
  read: readExamples,
  rowsOf: ({ context, settings, data, base, label }) => rowsOf(context, data, base.tokenizer, base.model.config, { ...label, learn: settings.learn }, settings),
  async tune(rows, { context, settings, base: { model, tokenizer, newTokens } }) {
    const baseText = await baseTextOf(context, settings, tokenizer, model.config);
    return new SupervisedTuning(model, rows.training, {
      ...trainingOptions(settings),
      newTokens,
      heldOut: { ...(rows.heldOut && { examples: rows.heldOut }), ...(baseText.heldOut && { baseText: baseText.heldOut }) },
      ...(baseText.replay && { replay: baseText.replay }),
    });
  },
  heldOutExamples({ heldOut }) {
    const { examples = 0, dropped = 0 } = heldOut?.counts ?? {};
    return examples - dropped;
  },
});

/** Of the model at hand: ln(vocabulary). */
const guessingOf = ({ tuning }: SupervisedParts): number => Math.log(tuning.model.config.vocabSize);

const words: RunWords<SupervisedParts> = {
  next: writesNext,
  rows: 'rows',
  startFacts: ({ rows, data, settings }) => ({ ...rows.training.counts, heldOut: data.heldOut.length, duplicates: data.duplicates, filled: rows.training.filled, replay: settings.replay?.share ?? null }),
  exampleRows({ rows, data, settings, tuning }, cwd) {
    const { counts, filled } = rows.training;
    const heldOutRows = rows.heldOut?.rowsPerEpoch ?? 0;
    const left = [
      ...(counts.dropped > 0 ? [`${numbers.count(counts.dropped, 'example')} left out, because ${counts.dropped === 1 ? 'it is' : 'they are'} too long`] : []),
      ...(counts.truncated > 0 ? [`${numbers.count(counts.truncated, 'example')} cut (--truncation ${settings.truncation}), which cost ${numbers.count(counts.lostTargets, 'token')} to learn`] : []),
      ...(data.duplicates > 0 ? [`${numbers.count(data.duplicates, 'duplicate')}`] : []),
    ];
    return [
      ['Examples', `${settings.data.map((file) => shortPath(cwd, file)).join(', ')}: ${numbers.integer(data.training.length)} to learn, ${numbers.integer(data.heldOut.length)} to check on${heldOutRows > mostLookedRows ? `, ${mostLookedRows} rows of them at each look` : ''}`],
      ...(left.length > 0 ? [['Note', `${left.join('; ')}.`] as const] : []),
      ['Rows', `${numbers.integer(counts.rows)} of ${numbers.integer(tuning.model.config.contextLength)} tokens, ${numbers.percent(filled)} full; ${numbers.count(counts.targets, 'token')} to learn`],
      ...(settings.replay ? [['Replay', `${shortPath(cwd, settings.replay.file)}, ${numbers.percent(settings.replay.share)} of all rows`] as const] : []),
    ];
  },
  batchSize: ({ tuning }) => tuning.trainer.options.batchSize,
  tokensOf: (_, step) => (step as StepReport).tokens,
  figures: () => [],
  lookLine({ task, base }, isBest) {
    if (task === null && base === null) return undefined;
    return `loss ${[...(task === null ? [] : [`${numbers.decimal(task, 3)} on unseen answers${isBest ? ' (lowest)' : ''}`]), ...(base === null ? [] : [`${numbers.decimal(base, 3)} on the text of the base`])].join(', ')}`;
  },
  changeRows: (before: Look, after: Look) => [...changeRow('Unseen answers', before.task, after.task), ...changeRow('Text of the base', before.base, after.base)],
  doubts(parts, _, { task }) {
    const guessing = guessingOf(parts);
    return [
      ...tooFewSteps(parts.tuning.trainer.stepsDone),
      ...(task !== null && task > guessing ? [`On unseen answers the model is worse than pure guessing, whose loss is ${numbers.decimal(guessing, 3)}. It needs more examples, more steps, or a lower --lr.`] : []),
    ];
  },
  curve(parts) {
    const guessing = guessingOf(parts);
    return { line: guessing, caption: lossCaption(guessing, numbers) };
  },
};

/** `loss 2.312 before, 0.456 now` with the change of a loss on text in percent. */
function changeRow(name: string, before: number | null, after: number | null): FactRow[] {
  if (before === null || after === null) return [];
  const change = after / before - 1;
  return [[name, `loss ${numbers.decimal(before, 3)} before, ${numbers.decimal(after, 3)} now (${change >= 0 ? '+' : ''}${numbers.percent(change, 1)})`]];
}

export const supervised: Method<SupervisedSettings, SupervisedParts> = {
  verb: VERB,
  fields: supervisedFields,
  filesOf: ({ data, replay, baseText }) => [...data, ...(replay ? [replay.file] : []), ...(baseText === undefined ? [] : [baseText])],
  withPaths: (settings, change) => ({ ...settings, ...(settings.replay && { replay: { ...settings.replay, file: change(settings.replay.file) } }), ...(settings.baseText !== undefined && { baseText: change(settings.baseText) }) }),
  prepare,
  words,
};
