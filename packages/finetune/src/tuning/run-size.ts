// Decides how many steps a tuning makes, and of how many rows, unless it is told.
import type { TrainerOptions } from '@kk/gpt';

const DEFAULT_EPOCHS = 3;
/** Adam moves each weight by at most about the learning rate in a step: fewer steps hardly change a model. */
const FEWEST_STEPS = 60;
const BATCH_SIZE = 8;
const WARM_UP = 0.1;

export interface RunSize {
  readonly batchSize: number;
  readonly steps: number;
  readonly warmupSteps: number;
}

/**
 * @param rows of an epoch
 * @param share of all rows that these are, above 0 to 1
 * @throws RangeError when epochs is no number above 0
 */
export function runSize(owner: string, rows: number, epochs: number | undefined, training: Partial<TrainerOptions>, share = 1): RunSize {
  if (epochs !== undefined && !(epochs > 0 && epochs < Infinity)) throw new RangeError(`${owner}: epochs is ${String(epochs)}; expected a number above 0.`);
  const { accumulationSteps = 1 } = training;
  const batchSize = training.batchSize ?? Math.max(1, Math.min(BATCH_SIZE, Math.floor(rows / (accumulationSteps * share))));
  const stepsOf = (times: number): number => Math.max(1, Math.ceil((times * rows) / (batchSize * accumulationSteps * share)));
  const steps = training.steps ?? (epochs === undefined ? Math.max(FEWEST_STEPS, stepsOf(DEFAULT_EPOCHS)) : stepsOf(epochs));
  return { batchSize, steps, warmupSteps: Math.floor(WARM_UP * steps) };
}
