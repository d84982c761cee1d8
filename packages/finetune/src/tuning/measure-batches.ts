// Measures a loss, and what a task measures beside it, on batches that are not trained on.
import type { BatchArrays, BatchTensors, Measure } from '@kk/gpt';
import { concatenate, reshape, type Engine, type Tensor } from '@kk/nn-core';

export interface MeasuredBatches<B extends BatchArrays, Name extends string> {
  /** Begins what errors say. */
  readonly owner: string;
  readonly engine: Engine;
  /** How many items there are. */
  readonly count: number;
  readonly batchOf: (indices: readonly number[]) => B;
  readonly loss: (batch: BatchTensors<B>, measure: Measure) => Tensor;
  /** Those of the measures that are wanted. */
  readonly names: readonly Name[];
  readonly signal: AbortSignal | undefined;
}

/** The most items that are measured: more makes an estimate hardly better. */
const MOST = 64;
const AT_ONCE = 8;

/** Means over the first items, at most 64. @throws Error when the loss is not finite; the signal's reason when it is aborted */
export async function measureBatches<B extends BatchArrays, Name extends string>({ owner, engine, count, batchOf, loss, names, signal }: MeasuredBatches<B, Name>): Promise<Record<Name | 'loss', number>> {
  const total = Math.min(count, MOST);
  const all = ['loss', ...names] as const;
  const sums = new Float64Array(all.length);
  for (let start = 0; start < total; start += AT_ONCE) {
    signal?.throwIfAborted();
    const indices = Array.from({ length: Math.min(AT_ONCE, total - start) }, (_, i) => start + i);
    const batch = batchOf(indices);
    const found = engine.scope(() =>
      engine.noGradient(() => {
        const tensors = Object.fromEntries(Object.entries(batch).map(([name, { values, shape }]) => [name, engine.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float')]));
        const measures = new Map<string, Tensor>();
        const value = loss(tensors as BatchTensors<B>, (name, measured) => measures.set(name, measured));
        return concatenate([value, ...names.map((name) => measures.get(name)!)].map((one) => reshape(one, [1])));
      }),
    );
    const values = await found.data();
    found.dispose();
    if (!Number.isFinite(values[0])) throw new Error(`${owner}: the loss on what is held out is ${values[0]}: the weights of this model are not finite or far too large, as after a training that broke down. Take an earlier checkpoint.`);
    values.forEach((value, i) => (sums[i]! += value * indices.length));
  }
  return Object.fromEntries(all.map((name, i) => [name, sums[i]! / total])) as Record<Name | 'loss', number>;
}
