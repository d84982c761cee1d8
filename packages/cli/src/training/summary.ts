// The result of a run: the losses on both splits, and the speed. The beginning of a long split must do; `kk eval` measures all of a text.
import type { Trainer } from '@kk/gpt';
import { bitsPerByte } from '../files/tokenizers.js';
import { beginningsOf, bytesPerToken, measure, type MeasuredPart } from './measured.js';
import type { TrainingRun } from './run.js';
import type { Speed } from './speed.js';

export interface Summary extends Speed {
  steps: number;
  /** Wall time of this run from its first step to its end, including validations and checkpoints. */
  seconds: number;
  /** Nats per token on the beginning of the training split, over as many tokens as are measured of the validation split. */
  trainLoss: number;
  /** Nats per token over `validationTokens` of the validation split, from its beginning; null without one. */
  valLoss: number | null;
  /** The validation loss in bits per byte of UTF-8 of the tokens that were measured. */
  bitsPerByte: number | null;
  /** The number of tokens that were measured. */
  validationTokens: number;
}

/** As many tokens as during training; also what the training loss is measured on without a validation split. */
const LEAST_TOKENS = 15_360;
/** The share of the time of the training that measuring may take. */
const LARGEST_SHARE = 0.05;
/** A token costs about three times as much in training as in a forward pass (see `flopsPerToken`), and two splits are measured. */
const MEASURED_PER_TRAINED = (LARGEST_SHARE * 3) / 2;

/** The most tokens that are measured of each split. It depends only on the options, so that a run that is measured again has the same losses. */
export function mostMeasured({ model, options: { steps, batchSize, accumulationSteps } }: Pick<Trainer, 'model' | 'options'>): number {
  const trained = steps * batchSize * accumulationSteps * model.config.contextLength;
  return Math.max(LEAST_TOKENS, Math.floor(trained * MEASURED_PER_TRAINED));
}

/** @throws the signal's reason when stopped */
export async function summarize({ trainer, data }: TrainingRun, speed: Speed & { seconds: number }, { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {}): Promise<Summary> {
  const { model } = trainer;
  const most = mostMeasured(trainer);
  const { validation, trainingSample, tokenizer } = data;
  const validationTokens = measuredTokens(validation, most);
  const mostOfTraining = Math.max(LEAST_TOKENS, validationTokens);
  const trainingTokens = measuredTokens(trainingSample, mostOfTraining);
  const told = (before: number) => (done: number) => onProgress?.(before + done, trainingTokens + validationTokens);
  const onTraining = await measure(model, trainingSample, mostOfTraining, { signal, onProgress: told(0) });
  const onValidation = validationTokens > 0 ? await measure(model, validation, most, { signal, onProgress: told(trainingTokens) }) : undefined;
  return {
    steps: trainer.stepsDone,
    trainLoss: onTraining.loss,
    valLoss: onValidation ? onValidation.loss : null,
    bitsPerByte: onValidation ? bitsPerByte(onValidation.loss, 1, bytesPerToken(validation, most, tokenizer)) : null,
    validationTokens,
    ...speed,
  };
}

const measuredTokens = (parts: readonly MeasuredPart[], most: number): number => beginningsOf(parts, most).reduce((sum, ids) => sum + ids.length - 1, 0);
