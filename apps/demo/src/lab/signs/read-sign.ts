// What a network says about one drawing: what each hidden neuron says, and the probability of each sign.
import { softmax, type Engine } from '@kk/nn-core';
import { forward } from './forward.js';
import { PIXELS } from './sizes.js';
import type { Weights } from './weights.js';

export interface Answer {
  /** What each hidden neuron says: 0 or more. */
  hidden: Float32Array;
  /** The probability of each sign. */
  probabilities: Float32Array;
}

/** @param pixels  one drawing, 784 numbers from 0 to 1 */
export async function readSign(engine: Engine, weights: Weights, pixels: Float32Array): Promise<Answer> {
  const [says, probabilities] = engine.scope(() => engine.noGradient(() => {
    const { says: hidden, logits } = forward(engine, weights, engine.tensor(pixels, [1, PIXELS]));
    return [hidden, softmax(logits, 1)];
  }));
  const answer = { hidden: Float32Array.from(await says.data()), probabilities: Float32Array.from(await probabilities.data()) };
  says.dispose();
  probabilities.dispose();
  return answer;
}
