// Top-H: keeps the most probable tokens up to a share of the entropy.
import { requireFraction, requireInteger, requireKnown } from '../checks.js';
import type { Candidates } from '../selection/candidates.js';
import { gatherTopK } from '../selection/gather-top-k.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

export interface TopHOptions {
  /** Only so many of the most probable tokens are considered: an integer from 1; default 100, as in Hugging Face transformers. */
  among?: number;
}

/**
 * Keeps the most probable tokens whose terms -p ln p add up to at most h times the entropy, at least one; every other logit becomes
 * -Infinity, shape (vocabSize,). Probabilities and entropy are those of the 100 most probable tokens alone, and all others are dropped
 * (Baghaei Potraghloo et al. 2025, "Top-H Decoding: Adapting the Creativity and Coherence with Bounded Entropy in Text Generation", as
 * `top_h` of Hugging Face transformers computes it).
 *
 * Ties: of equally probable tokens, those with the lower ids come first (transformers does not specify which).
 *
 * @param logits not changed, unless passed as `out` too
 * @param h from 0 (only the most probable token) to 1 (all that are considered); 0.4 is usual
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function topH(logits: Float32Array, h: number, options: TopHOptions = {}, out?: Float32Array): Float32Array {
  return processLogits(logits, topHStage(h, options), out);
}

/** topH() as a stage. @throws RangeError if an option is out of range */
export function topHStage(h: number, options: TopHOptions = {}): Stage {
  requireKnown<TopHOptions>('topH', options, { among: true });
  const { among = 100 } = options;
  requireFraction('topH', h, '0.4 is usual; leave the stage out to keep every token');
  requireInteger('topH among', among, 1, '100 is usual');
  return {
    name: 'topH',
    apply: (candidates) => {
      const ranked = mostProbable(candidates, among);
      const kept = ranked.slice(0, withinEntropy(ranked.map((i) => candidates.logits[i]), h)).sort((a, b) => a - b);
      candidates.places.set(kept);
      candidates.keepPlaces(candidates.places, kept.length);
    },
  };
}

/** The indexes of the `count` largest logits, largest first, without impossible tokens. @throws RangeError as Candidates.highest() */
function mostProbable(candidates: Candidates, count: number): number[] {
  const { logits, places, scratch } = candidates;
  const gathered = gatherTopK(candidates, count);
  const smallest = scratch[0];
  let above = 0;
  for (let at = 0; at < gathered; at++) if (logits[places[at]] > smallest) above++;
  let ties = count - above;
  const found: number[] = [];
  for (let at = 0; at < gathered; at++) {
    const logit = logits[places[at]];
    if (logit > -Infinity && (logit > smallest || ties-- > 0)) found.push(places[at]);
  }
  found.sort((a, b) => logits[b] - logits[a] || a - b);
  if (found.length === 0 || logits[found[0]] === Infinity) candidates.highest();
  return found;
}

/** How many of these logits, largest first, have terms -p ln p that add up to at most a share of all; at least 1. */
function withinEntropy(logits: readonly number[], share: number): number {
  const weights = logits.map((logit) => Math.exp(logit - logits[0]));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // p may be 0 after rounding; its term is 0 as well.
  const terms = weights.map((weight) => (weight === 0 ? 0 : -(weight / total) * Math.log(weight / total)));
  const bound = share * terms.reduce((sum, term) => sum + term, 0);
  let reached = terms[0];
  let kept = 1;
  while (kept < terms.length && reached + terms[kept] <= bound) reached += terms[kept++];
  return kept;
}
