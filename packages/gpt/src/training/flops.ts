// Counts the floating-point operations of a model by formula, to convert tokens per second to FLOP/s.
import { checkConfig, type GPTConfig } from '../model/config.js';
import { checkLlamaConfig, llamaSizes, windowOf, type LlamaConfig } from '../model/llama-config.js';
import { isLlamaConfig, type TransformerConfig } from '../model/transformer.js';

/** A training step takes one forward pass and, for the gradients of inputs and weights, twice as much backward. */
const TRAINING_PASSES = 3;

/**
 * Floating-point operations per token, for a window as long as the context; a multiply-add counts as two.
 *
 * Training: 6 N + 12 * layers * width * contextLength, where N is the number of weights that are multiplied with every token: in a GPT
 * 12 * width^2 in each layer (query, key, value, projection: 4; feed-forward: 8) and vocabSize * width in the output layer. Embedding
 * lookups, biases, norms and rotations are not counted. The second term is attention: q k^T and the product with the values, over all pairs
 * of positions, as is customary, although a causal kernel computes only about half of them; in a layer with a window, over the pairs within
 * it, and instead of width it is heads * headSize. Dropout, recomputation and the optimizer are not counted either. Forward alone: a third.
 * Source: Chowdhery et al. 2022 (PaLM), appendix B.
 * @throws RangeError when a size is invalid
 */
export function flopsPerToken(config: TransformerConfig, pass: 'training' | 'forward' = 'training'): number {
  const forward = isLlamaConfig(config) ? forwardOfLlama(config) : forwardOfGPT(config);
  switch (pass) {
    case 'forward':
      return forward;
    case 'training':
      return TRAINING_PASSES * forward;
    default:
      throw new RangeError(`flopsPerToken: there is no pass '${String(pass)}': choose 'training' or 'forward'.`);
  }
}

function forwardOfGPT(config: GPTConfig): number {
  checkConfig(config);
  const { vocabSize, contextLength, layers, width } = config;
  const weights = layers * 12 * width * width + vocabSize * width;
  return 2 * weights + 4 * layers * width * contextLength;
}

function forwardOfLlama(config: LlamaConfig): number {
  checkLlamaConfig(config);
  const sizes = llamaSizes(config);
  const { vocabSize, contextLength, layers, width, heads, keyValueHeads, headSize, feedForwardWidth } = sizes;
  const weights = layers * width * ((2 * heads + 2 * keyValueHeads) * headSize + 3 * feedForwardWidth) + vocabSize * width;
  let seen = 0; // keys that a query sees, summed over the layers
  for (let layer = 0; layer < layers; layer++) seen += Math.min(windowOf(sizes, layer) || contextLength, contextLength);
  return 2 * weights + 4 * heads * headSize * seen;
}
