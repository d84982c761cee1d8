// Preference tuning: how a run of `kk finetune dpo`, `orpo` or `simpo` begins, and what is said of it.
import { PreferenceTuning, type DpoOptions, type PreferenceLook, type PreferenceObjective } from '@kk/finetune';
import { numberFormats } from '../../terminal/numbers.js';
import { tooFewSteps } from '../few-steps.js';
import type { Method, RunWords } from '../method.js';
import { writesNext } from '../next.js';
import { prepareBy, type Prepared } from '../prepare.js';
import { trainingOptions } from '../settings.js';
import { readPreferences, rowsOfPairs, type ReadPreferences, type RowsOfPairs } from './data.js';
import { answerRows, answersLine, hackingDoubts, lookedPrompts } from './look-words.js';
import { pairFigures, pairRows } from './pair-words.js';
import { preferenceFields, type LossName, type PreferenceSettings } from './settings.js';

export type PreferenceParts = Prepared<PreferenceSettings, ReadPreferences, RowsOfPairs, PreferenceTuning>;

const numbers = numberFormats('en');

const prepare = (verb: string): Method<PreferenceSettings, PreferenceParts>['prepare'] =>
  prepareBy<PreferenceSettings, ReadPreferences, RowsOfPairs, PreferenceTuning>({
    verb,
    read: readPreferences,
    rowsOf: ({ context, settings, data, base: { tokenizer, model }, label }) => rowsOfPairs(context, data, tokenizer, model.config, label, settings),
    tune: ({ training, heldOut }, { context, settings, base: { model, newTokens, endTokens } }) =>
      PreferenceTuning.create(
        model,
        training,
        { ...trainingOptions(settings), loss: settings.loss, newTokens, heldOut: heldOut ? { pairs: heldOut, ...lookedPrompts(heldOut.pairs, model.config.contextLength, endTokens) } : {} },
        context.io.interrupt,
      ),
    heldOutExamples: ({ heldOut }) => heldOut?.pairsPerEpoch ?? 0,
  });

const words: RunWords<PreferenceParts> = {
  next: writesNext,
  rows: 'pairs',
  startFacts: ({ rows, data, settings, tuning }) => ({ loss: settings.loss, ...rows.training.counts, batchSize: tuning.batchSize, heldOut: data.heldOut.length, duplicates: data.duplicates }),
  exampleRows: ({ rows, data, settings }, cwd) => pairRows(rows, data, settings, cwd),
  batchSize: ({ tuning }) => tuning.batchSize,
  tokensOf: ({ rows, settings, tuning }) => 2 * rows.training.positions * tuning.batchSize * settings.accumulate,
  figures: pairFigures,
  lookLine: ({ loss, accuracy, margin, ...answers }, isBest) =>
    loss === null ? undefined : [`loss ${numbers.decimal(loss, 3)} on unseen pairs${isBest ? ' (lowest)' : ''}, right in ${numbers.percent(accuracy!)}, margin ${numbers.decimal(margin!, 2)}`, ...answersLine(answers)].join('; '),
  changeRows: (before: PreferenceLook, after: PreferenceLook) => [
    ...(before.loss === null || after.loss === null ? [] : [['Unseen pairs', `loss ${numbers.decimal(before.loss, 3)} before, ${numbers.decimal(after.loss, 3)} now; the chosen answer has the higher reward in ${numbers.percent(after.accuracy!)}`] as const]),
    ...answerRows(before, after),
  ],
  doubts: ({ tuning }, before, after) => [...tooFewSteps(tuning.trainer.stepsDone), ...hackingDoubts(before, after)],
  curve: ({ settings }) => {
    const line = lossOfNeither(settings.loss);
    return line === undefined ? { caption: 'Loss per pair.' } : { line, caption: `The straight line at ${numbers.decimal(line, 2)} is a model that prefers neither answer more than the base does. Loss per pair.` };
  },
};

/** The loss of a model that is the reference; undefined where there is none. */
function lossOfNeither(loss: PreferenceObjective): number | undefined {
  if (!('dpo' in loss) || loss.dpo.referenceFree) return undefined;
  const { form = 'sigmoid', beta = 0.1 }: DpoOptions = loss.dpo;
  if (form === 'hinge') return 1;
  return form.startsWith('ipo') ? (1 / (2 * beta)) ** 2 : Math.LN2;
}

export const preferenceMethod = (name: LossName): Method<PreferenceSettings, PreferenceParts> => ({ verb: `finetune ${name}`, fields: preferenceFields(name), filesOf: ({ data }) => [...data], prepare: prepare(`finetune ${name}`), words });
