// Kept weights compute again: drawings to what the hidden neurons say, and to the logits of the signs.
import { matmul, type Engine, type Tensor } from '@kk/nn-core';
import { PIXELS } from './sizes.js';
import type { Weights } from './weights.js';

/**
 * To be called in a scope, which frees everything.
 * @param x  drawings (batch, 784)
 * @returns (batch, hidden) and (batch, signs)
 */
export function forward(engine: Engine, { hidden, signs, hiddenWeight, hiddenBias, outputWeight, outputBias }: Weights, x: Tensor): { says: Tensor; logits: Tensor } {
  const says = matmul(x, engine.tensor(hiddenWeight, [PIXELS, hidden]), { bias: engine.tensor(hiddenBias, [hidden]), activation: 'relu' });
  return { says, logits: matmul(says, engine.tensor(outputWeight, [hidden, signs]), { bias: engine.tensor(outputBias, [signs]) }) };
}
