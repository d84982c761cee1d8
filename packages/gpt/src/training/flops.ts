// Counts the floating-point operations of a model by formula, to convert tokens per second to FLOP/s.
import { checkConfig, type GPTConfig } from '../model/config.js';

/** A training step takes one forward pass and, for the gradients of inputs and weights, twice as much backward. */
const TRAINING_PASSES = 3;

/**
 * Floating-point operations per token, for a window as long as the context; a multiply-add counts as two.
 *
 * Training: 6 N + 12 * layers * width * contextLength, where N is the number of weights that are multiplied with every token: 12 * width^2
 * in each layer (query, key, value, projection: 4; feed-forward: 8) and vocabSize * width in the output layer. Embedding lookups, biases
 * and norms are not counted. The second term is attention: q k^T and the product with the values, over all pairs of positions, as is
 * customary, although a causal kernel computes only about half of them. Dropout, recomputation and the optimizer are not counted either.
 * Forward alone: a third. Source: Chowdhery et al. 2022 (PaLM), appendix B.
 * @throws RangeError when a size is invalid
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
