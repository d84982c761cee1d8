// Tuning on ratings: how a run of `kk finetune kto` begins, and what is said of it.
import { hasLora, KtoTuning, type KtoLook } from '@kk/finetune';
import { shortPath } from '../../files/paths.js';
import { numberFormats } from '../../terminal/numbers.js';
import { tooFewSteps } from '../few-steps.js';
import type { Method, RunWords } from '../method.js';
import { writesNext } from '../next.js';
import { answerRows, answersLine, hackingDoubts, lookedPrompts } from '../preferences/look-words.js';
import { leftOut, meanOf } from '../preferences/pair-words.js';
import { prepareBy, type Prepared } from '../prepare.js';
import { trainingOptions } from '../settings.js';
import { readRatings, rowsOfRatings, type ReadRatings, type RowsOfRatings } from './data.js';
import { ktoFields, type KtoSettings } from './settings.js';

export type KtoParts = Prepared<KtoSettings, ReadRatings, RowsOfRatings, KtoTuning>;

const numbers = numberFormats('en');
const VERB = 'finetune kto';

const prepare = prepareBy<KtoSettings, ReadRatings, RowsOfRatings, KtoTuning>({
  verb: VERB,
  read: readRatings,
  rowsOf: ({ context, settings, data, base: { tokenizer, model }, label }) => rowsOfRatings(context, data, tokenizer, model.config, label, settings),
  // Answers that are not wanted are no examples of how to answer.
  asked: ({ heldOut, training }) => [...heldOut, ...training].filter(({ rating }) => rating.label),
  async tune(rows, { settings, base }) {
    const { model, newTokens, endTokens } = base;
    // Without an adapter to switch off, the reference is the base once more.
    const reference = hasLora(settings.trained) ? undefined : await base.again();
    return KtoTuning.create(model, rows.training, {
      ...trainingOptions(settings),
      loss: settings.loss,
      newTokens,
      ...(reference && { reference }),
      heldOut: rows.heldOut ? { rated: rows.heldOut, ...lookedPrompts(rows.heldOut.answers, model.config.contextLength, endTokens) } : {},
    });
  },
  heldOutExamples: ({ heldOut }) => heldOut?.answers.length ?? 0,
});

/** How many of the answers to learn from are wanted. */
const wantedIn = ({ training }: RowsOfRatings): number => training.answers.filter(({ desirable }) => desirable).length;

const words: RunWords<KtoParts> = {
  rows: 'ratings',
  next: writesNext,
  startFacts: ({ rows, data, settings, tuning }) => ({ loss: settings.loss, ratings: data.training.length, wanted: wantedIn(rows), dropped: rows.training.dropped.length, truncated: rows.training.truncated.length, batchSize: tuning.batchSize, heldOut: data.heldOut.length, duplicates: data.duplicates }),
  exampleRows({ rows, data, settings }, cwd) {
    const { answers, positions, dropped, truncated } = rows.training;
    return [
      ['Ratings', `${settings.data.map((file) => shortPath(cwd, file)).join(', ')}: ${numbers.integer(data.training.length)} to learn, ${numbers.integer(wantedIn(rows))} of them wanted; ${numbers.integer(data.heldOut.length)} to check on`],
      ...leftOut('rating', { dropped: dropped.length, truncated: truncated.length }, data.duplicates, settings.truncation, data.heldOut.length === 0 || rows.heldOut !== undefined),
      ['Rows', `up to ${numbers.integer(positions)} tokens, two for each rating; ${numbers.count(answers.reduce((sum, { answer }) => sum + answer.length, 0), 'token')} of answers`],
    ];
  },
  batchSize: ({ tuning }) => tuning.batchSize,
  tokensOf: ({ rows, settings, tuning }) => 2 * rows.training.positions * tuning.batchSize * settings.accumulate,
  figures: (steps) => [`margin ${numbers.decimal(meanOf(steps, 'margin'), 2)}`],
  lookLine: ({ loss, margin, ...answers }, isBest) => (loss === null ? undefined : [`loss ${numbers.decimal(loss, 3)} on unseen ratings${isBest ? ' (lowest)' : ''}, margin ${numbers.decimal(margin!, 2)}`, ...answersLine(answers)].join('; ')),
  changeRows: (before: KtoLook, after: KtoLook) => [
    ...(before.loss === null || after.loss === null ? [] : [['Unseen ratings', `loss ${numbers.decimal(before.loss, 3)} before, ${numbers.decimal(after.loss, 3)} now; wanted answers have a reward ${numbers.decimal(after.margin!, 2)} above that of others`] as const]),
    ...answerRows(before, after),
  ],
  doubts: ({ tuning }, before, after) => [...tooFewSteps(tuning.trainer.stepsDone), ...hackingDoubts(before, after)],
  curve({ rows, settings }) {
    const { desirableWeight = 1, undesirableWeight = 1 } = settings.loss;
    const share = wantedIn(rows) / rows.training.answers.length;
    const line = (desirableWeight * share + undesirableWeight * (1 - share)) / 2;
    return { line, caption: `The straight line at ${numbers.decimal(line, 2)} is the base. Loss per rating.` };
  },
};

export const ktoMethod: Method<KtoSettings, KtoParts> = { verb: VERB, fields: ktoFields, filesOf: ({ data }) => [...data], prepare, words };
