// Puts zeros in the place of a random share of elements while training.
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectProbability } from './shared/check.js';

/**
 * Inverted dropout (Srivastava et al. 2014): each element is 0 with the given probability, else x / (1 - probability).
 * Which ones depends only on `engine.dropoutState` (seed and step) and on how many dropouts came before in the step.
 * @param probability in [0, 1); 0 returns x itself
 */
export function dropout(x: Tensor, probability: number): Tensor {
  expectFloat('dropout', x);
  expectProbability('dropout', probability);
  if (probability === 0) return x;
  const { dropoutState } = x.engine;
  const numbers = [x.size, probability, dropoutState.nextStream()];
  const apply = (input: Tensor): Tensor => {
    const output = input.engine.allocate(input.shape, input.dtype);
    input.engine.run('dropout', [input, dropoutState.tensor(), output], numbers);
    return output;
  };
  return record('dropout', apply(x), [x], (dy) => [apply(dy)]);
}
