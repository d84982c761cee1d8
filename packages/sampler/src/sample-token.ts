// One weighted throw of the die: from logits to a token.
import { type SamplingOptions } from './options.js';
import { type RandomSource } from './random/random.js';
import { selectCandidates } from './selection/candidates.js';

export interface SampleTokenOptions extends SamplingOptions {
  /** Where chance comes from, for example createRandom(seed). Used once per token, never at temperature 0. */
  random: RandomSource;
}

/**
 * The id of a token drawn from the logits, shape (vocabSize,), after temperature, top-k and top-p, in this order.
 *
 * Inverse transform: the candidates stand in the order of their ids, each as wide as its probability, and the random number
 * points at one. The logits are not changed. The vocabulary is never sorted; nothing of its size is allocated per call.
 * Equal seeds give equal tokens everywhere, but for draws within an engine's last bit of Math.exp of an edge.
 *
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function sampleToken(logits: Float32Array, options: SampleTokenOptions): number {
  // Drawn before the shared work space is filled: a random source is foreign code and may itself sample.
  const chance = options.temperature === 0 ? 0 : draw(options.random);
  const { ids, weights, count, total } = selectCandidates(logits, options);
  const target = chance * total;
  let chosen = 0;
  let reached = 0;
  for (let i = 0; i < count && reached <= target; i++) {
    // A token whose weight has vanished is never chosen, not even if rounding leads past the last edge.
    if (weights[i] > 0) chosen = i;
    reached += weights[i];
  }
  return ids[chosen];
}

function draw(random: RandomSource): number {
  const chance = random.next();
  if (!(chance >= 0 && chance < 1)) throw new RangeError(`random.next() must give numbers from 0 to below 1, got ${String(chance)}`);
  return chance;
}
