// The options of a trainer whose task makes the batches.
import type { TrainerOptions, TrainingOptions } from '@kk/gpt';

/** Without the sizes of batches, which the task has. */
export function withoutBatches(training: Partial<TrainerOptions>): Partial<TrainingOptions> {
  return Object.fromEntries(Object.entries(training).filter(([name]) => name !== 'batchSize' && name !== 'accumulationSteps'));
}
