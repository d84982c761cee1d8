// Draws one of the remaining candidates, weighted by probability.
import { describe } from '@kk/options';
import type { Candidates } from '../selection/candidates.js';
import type { RandomSource } from './random.js';

/** How a random number selects a token; see Sampler. Both methods follow the same distribution. */
export type DrawMethod = 'inverse' | 'gumbel';

/** A uniform number. @throws RangeError if the source returns a value outside [0, 1) */
export function nextChance(random: RandomSource): number {
  const chance = random.uniform();
  if (!(chance >= 0 && chance < 1)) throw new RangeError(`random.uniform() must give numbers from 0 to below 1, got ${describe(chance)}`);
  return chance;
}

/**
 * Inverse transform sampling: the candidates are laid out by id, each as wide as its probability, and the random number points at one.
 *
 * @returns the token's id
 * @throws RangeError if no token is possible
 */
export function drawInverse(candidates: Candidates, chance: number): number {
  const target = chance * candidates.weigh();
  const { weights, count } = candidates;
  let chosen = -1;
  let reached = 0;
  for (let i = 0; i < count && reached <= target; i++) {
    // A token with weight 0 is never chosen, even if rounding leads past the last edge.
    if (weights[i] > 0) chosen = i;
    reached += weights[i];
  }
  return candidates.idAt(chosen);
}

/**
 * Gumbel-max: takes the largest of logit + g, where every g = -ln(-ln u) has its own uniform number u (Gumbel 1954; Maddison, Tarlow and
 * Minka 2014, "A* sampling", section 2). The u are drawn in ascending order of the ids, one for every possible token.
 *
 * @returns the token's id
 * @throws RangeError if no token is possible
 */
export function drawGumbel(candidates: Candidates, random: RandomSource): number {
  candidates.highest();
  const { logits, count } = candidates;
  let chosen = -1;
  let best = -Infinity;
  for (let i = 0; i < count; i++) {
    if (logits[i] === -Infinity) continue;
    const perturbed = logits[i] - Math.log(-Math.log(nextChance(random)));
    // The first possible token is always taken at first, because u = 0 makes g -Infinity.
    if (chosen >= 0 && perturbed <= best) continue;
    best = perturbed;
    chosen = i;
  }
  return candidates.idAt(chosen);
}
