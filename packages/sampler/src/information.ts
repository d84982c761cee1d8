// The entropy of a distribution, and the surprise of a token.
import { describe } from '@kk/options';
import { candidateEntropy } from './selection/candidate-entropy.js';
import { readOut, requireFloat32Array } from './logits.js';
import { borrowCandidates, giveBackCandidates } from './selection/work-space.js';
import type { Candidates } from './selection/candidates.js';

/**
 * Log-softmax: the logarithms of the probabilities, shape (vocabSize,): l - ln(sum of exp(l)). Pass the model's logits for the raw values,
 * or the output of a processor for the values after it.
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if they are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function logProbs(logits: Float32Array, out?: Float32Array): Float32Array {
  requireFloat32Array(logits);
  const result = readOut(out, logits.length);
  const normalizer = use(logits, logNormalizer);
  for (let id = 0; id < logits.length; id++) result[id] = logits[id] - normalizer;
  return result;
}

/**
 * The entropy of softmax(logits), logits of shape (vocabSize,), in nats: 0 when one token is certain, ln n when n are equally
 * probable (Shannon 1948, "A Mathematical Theory of Communication", section 6). Divide by ln 2 for bits.
 *
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if they are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function entropy(logits: Float32Array): number {
  return use(logits, (candidates) => candidateEntropy(candidates).entropy);
}

/**
 * The surprise of a token, -ln p in nats: 0 if it was certain, Infinity if it was impossible. The mean over a text is the loss; exp of the
 * mean is the perplexity. Divide by ln 2 for bits.
 *
 * @param logits shape (vocabSize,)
 * @param id a token
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if the id is not in the vocabulary, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function surprise(logits: Float32Array, id: number): number {
  const normalizer = use(logits, logNormalizer);
  if (!(Number.isInteger(id) && id >= 0 && id < logits.length)) throw new RangeError(`${describe(id)} is no token of this vocabulary, whose ids run from 0 to ${logits.length - 1}`);
  // Rounding can make the result for a certain token slightly negative.
  return Math.max(0, normalizer - logits[id]);
}

const logNormalizer = (candidates: Candidates): number => candidates.logNormalizer();

function use(logits: Float32Array, compute: (candidates: Candidates) => number): number {
  const candidates = borrowCandidates(logits);
  try {
    return compute(candidates);
  } finally {
    giveBackCandidates(candidates);
  }
}
