// The training loop as a stream of events: what happened, in order. Who listens decides what to show and when to stop.
// It saves nothing and prints nothing; train.ts and the demo do, each in its way.
import { evaluate, type StepReport, type TokenIds, type Trainer } from '@kk/gpt';

export type TrainingEvent =
  | { type: 'step'; report: StepReport }
  /** An estimate on the first part of the validation split. */
  | { type: 'validation'; step: number; loss: number; tokens: number }
  /** The moment to save a checkpoint. */
  | { type: 'save'; step: number };

export interface TrainingLoopOptions {
  /** Ids of the validation split; none, or fewer than two, and nothing is validated. */
  validation?: TokenIds;
  /** Steps between two estimates of the validation loss. Default: never. */
  evaluateEvery?: number;
  /** Steps between two checkpoints. Default: only the end. */
  saveEvery?: number;
  /** Stops the loop between two steps, or in a validation: it throws the signal's reason. */
  signal?: AbortSignal;
}

// As many tokens as nanoGPT's run looks at for its estimate (20 batches of 12 windows of 64).
const ESTIMATE_TOKENS = 15_360;

/** Trains to the end of the trainer's steps. The last step is followed by `save`, whatever `saveEvery` says. */
export async function* train(trainer: Trainer, { validation, evaluateEvery = Infinity, saveEvery = Infinity, signal }: TrainingLoopOptions = {}): AsyncGenerator<TrainingEvent, void, undefined> {
  const sample = validation?.subarray(0, ESTIMATE_TOKENS + 1);
  while (!trainer.isDone) {
    signal?.throwIfAborted();
    const report = await trainer.step();
    yield { type: 'step', report };
    const { step } = report;
    if (trainer.isDone || step % saveEvery === 0) yield { type: 'save', step };
    if (sample && sample.length > 1 && step % evaluateEvery === 0 && !trainer.isDone) {
      const { loss, tokens } = await evaluate(trainer.model, sample, { signal });
      yield { type: 'validation', step, loss, tokens };
    }
  }
}
