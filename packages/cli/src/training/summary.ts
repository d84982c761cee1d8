// The result of a run: the losses on both splits, and the speed. The beginning of a long split must do, so that a long text does not take
// longer to measure than to train on; `kk eval` measures all of a text.
import { evaluate, type Trainer } from '@kk/gpt';
import { bitsPerByte } from '../files/tokenizers.js';
import { type TrainingRun } from './run.js';
import { type Speed } from './speed.js';

export interface Summary extends Speed {
  steps: number;
  /** Wall time of this run from its first step to its end, including validations and checkpoints. */
  seconds: number;
  /** Nats per token on the beginning of the training split, over as many tokens as are measured of the validation split. */
  trainLoss: number;
  /** Nats per token over the first `validationTokens` of the validation split; null without one. */
  valLoss: number | null;
  /** The validation loss in bits per byte of UTF-8, with the bytes per token of the whole split. */
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
  const validation = data.validation.length > 1 ? data.validation.subarray(0, most + 1) : undefined;
  const training = data.trainingSample.subarray(0, Math.max(LEAST_TOKENS + 1, validation?.length ?? 0));
  const total = training.length - 1 + (validation ? validation.length - 1 : 0);
  const onTraining = await evaluate(model, training, { signal, onProgress: (done) => onProgress?.(done, total) });
  const onValidation = validation && (await evaluate(model, validation, { signal, onProgress: (done) => onProgress?.(onTraining.tokens + done, total) }));
  return {
    steps: trainer.stepsDone,
    trainLoss: onTraining.loss,
    valLoss: onValidation ? onValidation.loss : null,
    bitsPerByte: onValidation ? bitsPerByte(onValidation.loss, data.validation.length - 1, data.validationBytes) : null,
    validationTokens: onValidation ? onValidation.tokens : 0,
    ...speed,
  };
}
