// The training loop as a stream of events, in order. The consumer decides what to show, what to save and when to stop. The loop prints
// nothing and uses no files, so it runs in a page's worker as well as in Node.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { LanguageModel } from '../model/language-model.js';
import { evaluate } from './evaluate.js';
import type { TaskStepReport } from './task-trainer.js';
import { checkTokenIds, type TokenIds } from './token-ids.js';

/** The part of a trainer that the loop uses; `Trainer` and every other `TaskTrainer` have it. */
export interface Steppable<Report extends TaskStepReport = TaskStepReport> {
  readonly isDone: boolean;
  step(): Promise<Report>;
}

/** The result of an evaluation during training. */
export interface Measured {
  readonly loss: number;
  /** The number of tokens that the loss is a mean of. */
  readonly tokens: number;
}

export type TrainingEvent<Report extends TaskStepReport = TaskStepReport> =
  | { readonly type: 'step'; readonly report: Report }
  /** The result of `evaluate`. */
  | ({ readonly type: 'validation'; readonly step: number } & Measured)
  /** It is time to save a checkpoint: `toCheckpoint(trainer)`. */
  | { readonly type: 'save'; readonly step: number };

export interface TrainingLoopOptions {
  /** Measures the model on data that it does not train on, for example `validationOf(model, ids)`. Default: no evaluation. */
  evaluate?: ((signal?: AbortSignal) => Promise<Measured>) | undefined;
  /** Steps between two evaluations. Default: never. */
  evaluateEvery?: number;
  /** Steps between two checkpoints. Default: only the end. */
  saveEvery?: number;
  /** Stops the loop between two steps or during an evaluation; it then throws the signal's reason. */
  signal?: AbortSignal;
}

const LOOP_OPTIONS: OptionNames<TrainingLoopOptions> = { evaluate: 'optional', evaluateEvery: 'optional', saveEvery: 'optional', signal: 'optional' };

/**
 * Trains to the last step of the trainer. The last step is always followed by `save`, never by an evaluation. The next step begins when the
 * consumer asks for the next event.
 * @throws before the first step, TypeError when an option is unknown, and RangeError when an interval is not a whole number of steps;
 * DivergenceError when a step diverges
 */
export async function* train<Report extends TaskStepReport>(trainer: Steppable<Report>, options: TrainingLoopOptions = {}): AsyncGenerator<TrainingEvent<Report>, void, undefined> {
  const { evaluate: measure, evaluateEvery = Infinity, saveEvery = Infinity, signal } = options;
  checkOptions('train', options, LOOP_OPTIONS);
  for (const [name, interval] of Object.entries({ evaluateEvery, saveEvery })) {
    if (interval !== Infinity && !(Number.isSafeInteger(interval) && interval >= 1)) throw new RangeError(`train: ${name} is ${String(interval)}; expected a whole number of at least 1, or Infinity for never.`);
  }
  while (!trainer.isDone) {
    signal?.throwIfAborted();
    const report = await trainer.step();
    yield { type: 'step', report };
    const { step } = report;
    if (trainer.isDone || step % saveEvery === 0) yield { type: 'save', step };
    if (measure && step % evaluateEvery === 0 && !trainer.isDone) yield { type: 'validation', step, ...(await measure(signal)) };
  }
}

// The number of tokens of an estimate, as in nanoGPT's run (20 batches of 12 windows of 64).
const ESTIMATE_TOKENS = 15_360;

/**
 * For `train`: an estimate of the loss on the first tokens of a text, at most 15,360.
 * @returns undefined if the text has fewer than two tokens, so that there is nothing to predict
 */
export function validationOf(model: LanguageModel, ids: TokenIds): ((signal?: AbortSignal) => Promise<Measured>) | undefined {
  checkTokenIds('validationOf', ids);
  const sample = ids.subarray(0, ESTIMATE_TOKENS + 1);
  return sample.length < 2 ? undefined : (signal) => evaluate(model, sample, { signal });
}
