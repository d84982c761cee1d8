// Masks: which position may look at which, as numbers added to the scores.
import { type Engine, type Tensor } from '@kk/nn-core';

/**
 * Every position sees itself and the past.
 * @param past positions that came before the queries (in a cache)
 * @returns (count, past + count): 0 where allowed, -Infinity in the future
 */
export function causalMask(engine: Engine, count: number, past = 0): Tensor {
  const keys = past + count;
  const mask = new Float32Array(count * keys);
  for (let query = 0; query < count; query++) mask.fill(-Infinity, query * keys + past + query + 1, (query + 1) * keys);
  return engine.tensor(mask, [count, keys]);
}

/**
 * Keys that are only filler are hidden from everyone.
 * @param lengths how many real positions each sequence has
 * @returns (batch, 1, 1, time): 0 for real positions, -Infinity for filler
 */
export function paddingMask(engine: Engine, lengths: readonly number[], time: number): Tensor {
  const mask = new Float32Array(lengths.length * time);
  lengths.forEach((length, sequence) => {
    if (!Number.isInteger(length) || length < 1 || length > time) {
      throw new RangeError(`paddingMask: sequence ${sequence} has length ${length}; expected a whole number from 1 to ${time}.`);
    }
    mask.fill(-Infinity, sequence * time + length, (sequence + 1) * time);
  });
  return engine.tensor(mask, [lengths.length, 1, 1, time]);
}
