// The interface of a training task: its batches and their loss. Pretraining is one task; tuning and preferences are others.
import type { Tensor } from '@kk/nn-core';

/** Numbers on the host with their shape. A step converts them to a tensor: int32 from integers, otherwise float. */
export interface BatchArray {
  /** Row-major. */
  readonly values: Float32Array | Float64Array | Int32Array | Uint16Array;
  readonly shape: readonly number[];
}

/** One batch: arrays by name, for example `inputs` and `targets`. */
export type BatchArrays = Readonly<Record<string, BatchArray>>;

/** The batch as tensors, with the same names. */
export type BatchTensors<B extends BatchArrays> = { readonly [Name in keyof B]: Tensor };

/** Reports a tensor with one element by a name. */
export type Measure = (name: string, value: Tensor) => void;

export interface TrainingTask<B extends BatchArrays = BatchArrays> {
  /**
   * The batch of a step (from 0), or several batches whose gradients are accumulated, which has the effect of a batch that much larger,
   * with the memory of one. It must depend only on the step, so that a resumed training sees the same batches.
   */
  batch(step: number): B | readonly B[] | Promise<B | readonly B[]>;
  /**
   * The loss of a batch, a single number: the mean over its targets. It is captured once for each combination of shapes and replayed with
   * other numbers, so it must compute only with tensors. The model is in training mode.
   * @param measure takes a single number, by a name of its own, that is reported beside the loss: the mean over the targets of the step, as of the
   *   loss. Every batch of a step gives the same names.
   */
  loss(batch: BatchTensors<B>, measure?: Measure): Tensor;
  /**
   * The number of targets that the loss of this batch is a mean of. It determines the weight of each of several batches in a step: with
   * masks of different lengths, the mean over all targets differs from the mean of the batches' means. Default: equal weights.
   */
  targetCount?(batch: B): number;
}

/** A key of the names, types and shapes of batches; batches with different keys need different plans. */
export function shapesOf(batches: readonly BatchArrays[]): string {
  return JSON.stringify(batches.map((batch) => Object.entries(batch).map(([name, { values, shape }]) => [name, isInteger(values), shape])));
}

export const isInteger = (values: BatchArray['values']): boolean => values instanceof Int32Array || values instanceof Uint16Array;

/**
 * The weight of each batch in the mean over all targets of a step. The weights sum to 1, or are all 0 if there are no targets.
 * @throws RangeError when a count is negative or not a number
 */
export function batchWeights<B extends BatchArrays>(task: TrainingTask<B>, batches: readonly B[]): number[] {
  const counts = batches.map((batch) => task.targetCount?.(batch) ?? 1);
  const wrong = counts.find((count) => !(count >= 0 && count < Infinity));
  if (wrong !== undefined) throw new RangeError(`targetCount() of the training task gave ${wrong}; expected how many targets the batch has, 0 or more.`);
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}
