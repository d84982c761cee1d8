// Chooses the parts of the text for a training step. The choice depends only on the seed and the step, so resuming needs no state.
import { Random } from '@kk/nn-core';
import { checkTokenIds, type TokenIds } from './token-ids.js';

export interface Batch {
  /** (batchSize, contextLength), row-major */
  readonly inputs: Int32Array;
  /** The same ids shifted by one: at each place the next token. */
  readonly targets: Int32Array;
}

/** Windows at random places of `data`, drawn with replacement. `data` must be longer than a window. */
export function randomBatch(data: TokenIds, options: { batchSize: number; contextLength: number; seed: number; step: number }): Batch {
  const { batchSize, contextLength, seed, step } = options;
  checkTokenIds('randomBatch', data);
  const random = new Random({ seed, stream: step });
  const inputs = new Int32Array(batchSize * contextLength);
  const targets = new Int32Array(batchSize * contextLength);
  for (let row = 0; row < batchSize; row++) {
    const start = random.integer(data.length - contextLength);
    inputs.set(data.subarray(start, start + contextLength), row * contextLength);
    targets.set(data.subarray(start + 1, start + contextLength + 1), row * contextLength);
  }
  return { inputs, targets };
}
