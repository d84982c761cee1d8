// Preference tuning: how a run of `kk finetune dpo`, `orpo` or `simpo` begins, and what is said of it.
import { PreferenceTuning, type DpoOptions, type PreferenceLook, type PreferenceObjective } from '@kk/finetune';
import { chatMLTemplate } from '@kk/tokenizer';
import { type Context } from '../../context.js';
import { type DeviceOptions } from '../../options/device.js';
import { numberFormats } from '../../terminal/numbers.js';
import { answersTo, QUESTIONS, questionsOf } from '../answers.js';
import { answersBefore, openBase, refuseAdapter } from '../base.js';
import { tooFewSteps } from '../few-steps.js';
import { type Method, type RunParts, type RunWords } from '../method.js';
import { writesNext } from '../next.js';
import { trainingOptions } from '../settings.js';
import { formsOf } from '../split-lines.js';
import { readPreferences, rowsOfPairs, type ReadPreferences, type RowsOfPairs } from './data.js';
import { answerRows, answersLine, hackingDoubts, lookedPrompts } from './look-words.js';
import { pairFigures, pairRows } from './pair-words.js';
import { preferenceFields, type LossName, type PreferenceSettings } from './settings.js';

export interface PreferenceParts extends RunParts {
  readonly tuning: PreferenceTuning;
  readonly settings: PreferenceSettings;
  readonly data: ReadPreferences;
  readonly rows: RowsOfPairs;
}

const numbers = numberFormats('en');

const prepare = (verb: string) => async (context: Context, settings: PreferenceSettings, device: DeviceOptions, checkpoint: Uint8Array | undefined): Promise<PreferenceParts> => {
  await refuseAdapter(context, settings);
  const data = await readPreferences(context, settings);
  const examples = [...data.heldOut, ...data.training];
  const base = await openBase(context, settings, device, formsOf(data));
  try {
    const { model, tokenizer, addedTokens, newTokens, template, endOfText, endTokens } = base;
    const rows = await rowsOfPairs(context, data, tokenizer, model.config, { ...(template ?? {}), ...(endOfText !== undefined && { endOfText }) }, settings);
    const { questions } = await questionsOf(examples, QUESTIONS, tokenizer, template ?? { template: chatMLTemplate, variables: {} }, model.config.contextLength);
    const before = checkpoint ? undefined : await answersTo(questions, model, tokenizer, endTokens, context.io.interrupt);
    const tuning = await PreferenceTuning.create(
      model,
      rows.training,
      { ...trainingOptions(settings), loss: settings.loss, newTokens, heldOut: rows.heldOut ? { pairs: rows.heldOut, ...lookedPrompts(rows.heldOut.pairs, model.config.contextLength, endTokens) } : {} },
      context.io.interrupt,
    );
    const restored = checkpoint && (await tuning.restore(checkpoint));
    return { engine: model.engine, tuning, model, settings, data, tokenizer, addedTokens, template, endTokens, questions, before: before ?? answersBefore(restored, verb, questions.length), heldOutExamples: rows.heldOut?.pairsPerEpoch ?? 0, rows };
  } catch (error) {
    base.dispose();
    throw error;
  }
};

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
