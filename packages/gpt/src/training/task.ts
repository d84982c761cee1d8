// What is trained for: where batches come from and what their loss is. Pretraining is one task, tuning and preferences others.
import type { Tensor } from '@kk/nn-core';

/** Numbers on the host with their shape. A step computes with a tensor of them: int32 from integers, otherwise float. */
export interface BatchArray {
  /** Row-major. */
  readonly values: Float32Array | Float64Array | Int32Array | Uint16Array;
  readonly shape: readonly number[];
}

/** One batch: arrays by name, for example `inputs` and `targets`. */
export type BatchArrays = Readonly<Record<string, BatchArray>>;

/** The same names, each with its tensor. */
export type BatchTensors<B extends BatchArrays> = { readonly [Name in keyof B]: Tensor };

export interface TrainingTask<B extends BatchArrays = BatchArrays> {
  /**
   * The batch of a step (0 is the first), or several whose gradients are added up: as good as one that much larger, in the
   * memory of one. It must depend on the step alone; then training that goes on from a checkpoint sees what it would have seen.
   */
  batch(step: number): B | readonly B[] | Promise<B | readonly B[]>;
  /**
   * The loss of a batch, a single number: the mean over its targets. It is captured once for each combination of shapes and
   * replayed with other numbers, so it must compute with tensors only. The model is in training mode meanwhile.
   */
  loss(batch: BatchTensors<B>): Tensor;
  /**
   * How many targets the loss of this batch is a mean of. It decides what each of several batches weighs in their step: with
   * masks of different lengths, the mean over all targets is not the mean of the batches' means. Default: all weigh the same.
   */
  targetCount?(batch: B): number;
}

/** What tells batches apart that need plans of their own: names, types and shapes. */
export function shapesOf(batches: readonly BatchArrays[]): string {
  return JSON.stringify(batches.map((batch) => Object.entries(batch).map(([name, { values, shape }]) => [name, isInteger(values), shape])));
}

export const isInteger = (values: BatchArray['values']): boolean => values instanceof Int32Array || values instanceof Uint16Array;

/**
 * The share of each batch in the mean over all targets of a step; they sum to 1, or are all 0 when there is no target.
 * @throws RangeError when a count is negative or no number
 */
export function batchWeights<B extends BatchArrays>(task: TrainingTask<B>, batches: readonly B[]): number[] {
  const counts = batches.map((batch) => task.targetCount?.(batch) ?? 1);
  const wrong = counts.find((count) => !(count >= 0 && count < Infinity));
  if (wrong !== undefined) throw new RangeError(`targetCount() of the training task gave ${wrong}; expected how many targets the batch has, 0 or more.`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
