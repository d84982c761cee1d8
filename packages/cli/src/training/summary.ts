// The result of a run: the losses over whole splits, and the speed.
import { evaluate } from '@kk/gpt';
import { bitsPerByte } from '../files/tokenizers.js';
import { type TrainingRun } from './run.js';
import { type Speed } from './speed.js';

export interface Summary extends Speed {
  steps: number;
  /** Wall time of this run from its first step to its end, including validations and checkpoints. */
  seconds: number;
  /** Nats per token on the beginning of the training split, over as many tokens as the validation split has. */
  trainLoss: number;
  /** Nats per token over the whole validation split; null without one. */
  valLoss: number | null;
  /** The validation loss in bits per byte of UTF-8. */
  bitsPerByte: number | null;
  validationTokens: number;
}

// Without a validation split, the training loss is measured on this many tokens.
const LEAST_TOKENS = 15_360;

/** @throws the signal's reason when stopped */
export async function summarize({ trainer, data }: TrainingRun, speed: Speed & { seconds: number }, { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number, total: number) => void } = {}): Promise<Summary> {
  const { model } = trainer;
  const training = data.training.subarray(0, Math.max(LEAST_TOKENS, data.validation.length) + 1);
  const validation = data.validation.length > 1 ? data.validation : undefined;
  const total = training.length - 1 + (validation ? validation.length - 1 : 0);
  const onTraining = await evaluate(model, training, { signal, onProgress: (done) => onProgress?.(done, total) });
  const onValidation = validation && (await evaluate(model, validation, { signal, onProgress: (done) => onProgress?.(onTraining.tokens + done, total) }));
  return {
    steps: trainer.stepsDone,
    trainLoss: onTraining.loss,
    valLoss: onValidation ? onValidation.loss : null,
    bitsPerByte: onValidation ? bitsPerByte(onValidation.loss, onValidation.tokens, data.validationBytes) : null,
    validationTokens: onValidation ? onValidation.tokens : 0,
    ...speed,
  };
}
