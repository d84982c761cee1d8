// Tuning on ratings: how a run of `kk finetune kto` begins, and what is said of it.
import { KtoTuning, type KtoLook } from '@kk/finetune';
import { chatMLTemplate } from '@kk/tokenizer';
import { type Context } from '../../context.js';
import { shortPath } from '../../files/paths.js';
import { type DeviceOptions } from '../../options/device.js';
import { numberFormats } from '../../terminal/numbers.js';
import { answersTo, QUESTIONS, questionsOf } from '../answers.js';
import { answersBefore, openBase, refuseAdapter } from '../base.js';
import { tooFewSteps } from '../few-steps.js';
import { type Method, type RunParts, type RunWords } from '../method.js';
import { writesNext } from '../next.js';
import { answerRows, answersLine, hackingDoubts, lookedPrompts } from '../preferences/look-words.js';
import { leftOut, meanOf } from '../preferences/pair-words.js';
import { trainingOptions } from '../settings.js';
import { formsOf } from '../split-lines.js';
import { readRatings, rowsOfRatings, type RatedExample, type ReadRatings, type RowsOfRatings } from './data.js';
import { ktoFields, type KtoSettings } from './settings.js';

export interface KtoParts extends RunParts {
  readonly tuning: KtoTuning;
  readonly settings: KtoSettings;
  readonly data: ReadRatings;
  readonly rows: RowsOfRatings;
}

const numbers = numberFormats('en');
const VERB = 'finetune kto';

async function prepare(context: Context, settings: KtoSettings, device: DeviceOptions, checkpoint: Uint8Array | undefined): Promise<KtoParts> {
  await refuseAdapter(context, settings);
  const data = await readRatings(context, settings);
  const base = await openBase(context, settings, device, formsOf(data));
  try {
    const { model, tokenizer, addedTokens, newTokens, template, endOfText, endTokens } = base;
    const { contextLength } = model.config;
    const rows = await rowsOfRatings(context, data, tokenizer, model.config, { ...(template ?? {}), ...(endOfText !== undefined && { endOfText }) }, settings);
    // Answers that are not wanted are no examples of how to answer.
    const wanted = [...data.heldOut, ...data.training].filter(({ rating }: RatedExample) => rating.label);
    const { questions } = await questionsOf(wanted, QUESTIONS, tokenizer, template ?? { template: chatMLTemplate, variables: {} }, contextLength);
    const before = checkpoint ? undefined : await answersTo(questions, model, tokenizer, endTokens, context.io.interrupt);
    // Without an adapter to switch off, the reference is the base once more.
    const reference = typeof settings.trained === 'object' && 'lora' in settings.trained ? undefined : await base.again();
    const tuning = await KtoTuning.create(model, rows.training, {
      ...trainingOptions(settings),
      loss: settings.loss,
      newTokens,
      ...(reference && { reference }),
      heldOut: rows.heldOut ? { rated: rows.heldOut, ...lookedPrompts(rows.heldOut.answers, contextLength, endTokens) } : {},
    });
    const restored = checkpoint && (await tuning.restore(checkpoint));
    return { engine: model.engine, tuning, model, settings, data, tokenizer, addedTokens, template, endTokens, questions, before: before ?? answersBefore(restored, VERB, questions.length), heldOutExamples: rows.heldOut?.answers.length ?? 0, rows };
  } catch (error) {
    base.dispose();
    throw error;
  }
}

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
