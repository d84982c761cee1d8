// Training of a reward model: how a run of `kk finetune reward` begins, and what is said of it.
import { RewardTuning, type RewardLook } from '@kk/finetune';
import { saveRewardHead } from '@kk/finetune/node';
import { numberFormats } from '../../terminal/numbers.js';
import { tooFewSteps } from '../few-steps.js';
import type { Method, RunWords } from '../method.js';
import { readPreferences, rowsOfPairs, type ReadPreferences, type RowsOfPairs } from '../preferences/data.js';
import { pairFigures, pairRows } from '../preferences/pair-words.js';
import { prepareBy, type Prepared } from '../prepare.js';
import { trainingOptions } from '../settings.js';
import { rewardFields, type RewardSettings } from './settings.js';

export type RewardParts = Prepared<RewardSettings, ReadPreferences, RowsOfPairs, RewardTuning>;

const numbers = numberFormats('en');
const VERB = 'finetune reward';

const prepare = prepareBy<RewardSettings, ReadPreferences, RowsOfPairs, RewardTuning>({
  verb: VERB,
  read: readPreferences,
  rowsOf: ({ context, settings, data, base: { tokenizer, model: { config: { vocabSize, contextLength } } }, label }) =>
    // A reward is read at the last token, too.
    rowsOfPairs(context, data, tokenizer, { vocabSize, contextLength: contextLength - 1 }, label, settings),
  asked: () => [], // it does not answer
  tune({ training, heldOut }, { settings, base: { model, newTokens } }) {
    const { centering, margins } = settings;
    return RewardTuning.create(model, training, { ...trainingOptions(settings), ...(centering !== undefined && { centering }), margins, newTokens, ...(heldOut && { heldOut }) });
  },
  heldOutExamples: ({ heldOut }) => heldOut?.pairsPerEpoch ?? 0,
  saveMore: (folder, tuning) => saveRewardHead(folder, tuning.model),
});

/** Pairs of which so few are right can be guessed. */
const BY_CHANCE = 0.6;

const words: RunWords<RewardParts> = {
  rows: 'pairs',
  next: () => undefined,
  startFacts: ({ rows, data, tuning }) => ({ ...rows.training.counts, batchSize: tuning.batchSize, heldOut: data.heldOut.length, duplicates: data.duplicates }),
  exampleRows: ({ rows, data, settings }, cwd) => pairRows(rows, data, settings, cwd),
  batchSize: ({ tuning }) => tuning.batchSize,
  tokensOf: ({ rows, settings, tuning }) => 2 * (rows.training.positions + 1) * tuning.batchSize * settings.accumulate,
  figures: pairFigures,
  lookLine: ({ loss, accuracy, margin }, isBest) => (loss === null ? undefined : `loss ${numbers.decimal(loss, 3)} on unseen pairs${isBest ? ' (lowest)' : ''}, right in ${numbers.percent(accuracy!)}, margin ${numbers.decimal(margin!, 2)}`),
  changeRows: (before: RewardLook, after: RewardLook) =>
    before.loss === null || after.loss === null ? [] : [['Unseen pairs', `loss ${numbers.decimal(before.loss, 3)} before, ${numbers.decimal(after.loss, 3)} now; right in ${numbers.percent(before.accuracy!)} before, ${numbers.percent(after.accuracy!)} now`]],
  doubts: ({ tuning }, _, { accuracy }) => [
    ...tooFewSteps(tuning.trainer.stepsDone),
    ...(accuracy !== null && accuracy < BY_CHANCE ? ['On unseen pairs the model is hardly better than tossing a coin. It needs more pairs, more steps, or a higher --lr.'] : []),
  ],
  curve: () => ({ line: Math.LN2, caption: `The straight line at ${numbers.decimal(Math.LN2, 2)} is a model that finds both answers equally good. Loss per pair.` }),
};

export const rewardMethod: Method<RewardSettings, RewardParts> = { verb: VERB, fields: rewardFields, filesOf: ({ data }) => [...data], prepare, words };
