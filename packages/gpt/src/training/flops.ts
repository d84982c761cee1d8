// How much arithmetic a model asks for, counted on paper: what speed in tokens means in floating-point operations.
import { checkConfig, type GPTConfig } from '../model/config.js';

/** A training step goes forward and, for the gradients of inputs and of weights, twice backward. */
const TRAINING_PASSES = 3;

/**
 * Floating-point operations for each token of a window as long as the context, a multiply-add being two.
 *
 * Training: 6 N + 12 * layers * width * contextLength, where N is the number of weights that are multiplied with every
 * token: 12 * width^2 in each layer (query, key, value, projection: 4; the network: 8) and vocabSize * width in the output
 * layer. Embeddings are looked up, biases and norms are left out. The second term is attention, q k^T and its product with
 * the values, over all pairs of positions, as is the custom, though a causal kernel computes about half of them. What
 * dropout, recomputation and the optimizer do besides is not counted: it is no work on the model.
 * Forward alone: a third. Source: Chowdhery et al. 2022 (PaLM), appendix B.
 * @throws RangeError when the sizes are impossible
 */
export function flopsPerToken(config: GPTConfig, pass: 'training' | 'forward' = 'training'): number {
  checkConfig(config);
  const { vocabSize, contextLength, layers, width } = config;
  const weights = layers * 12 * width * width + vocabSize * width;
  const forward = 2 * weights + 4 * layers * width * contextLength;
  switch (pass) {
    case 'forward':
      return forward;
    case 'training':
      return TRAINING_PASSES * forward;
    default:
      throw new RangeError(`flopsPerToken: there is no pass '${String(pass)}': choose 'training' or 'forward'.`);
  }
}
