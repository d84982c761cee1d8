// The least number of tokens that a truncation keeps: beams need more than one to go on with.
import { requireInteger, requireKnown } from '../checks.js';
import type { Candidates } from '../selection/candidates.js';
import { gatherTopK } from '../selection/gather-top-k.js';

/** An option of the stages that truncate, as in Hugging Face transformers. */
export interface MinTokensOptions {
  /**
   * The number of tokens that stay at least, if so many are possible: the most probable ones (in typical sampling the most typical ones). An
   * integer from 1; default 1. For beams, one more than there are tokens that end a text.
   */
  minTokensToKeep?: number;
}

/** @throws TypeError if there are other options; RangeError unless it is an integer from 1 */
export function readMinTokens(name: string, options: MinTokensOptions | undefined): number {
  if (options === undefined) return 1;
  requireKnown<MinTokensOptions>(name, options, { minTokensToKeep: true });
  return leastTokens(name, options.minTokensToKeep);
}

/** @throws RangeError unless it is an integer from 1 */
export function leastTokens(name: string, minTokensToKeep = 1): number {
  requireInteger(`${name} minTokensToKeep`, minTokensToKeep, 1, 'leave it out to keep at least one token');
  return minTokensToKeep;
}

/** Drops every token whose logit is below `floor`, but not the `least` largest; of those that equal the last of them, the lower ids stay. */
export function keepFromAtLeast(candidates: Candidates, floor: number, least: number): void {
  const last = least === 1 ? Infinity : largest(candidates, least);
  if (last >= floor) {
    candidates.keepFrom(floor);
    return;
  }
  const { logits, count } = candidates;
  let above = 0;
  for (let i = 0; i < count; i++) if (logits[i] > last) above++;
  candidates.keepFrom(last, least - above);
}

/**
 * Drops every token whose weight, relative to the best, is below a bound of at most 1, but not the `least` largest and those that equal the
 * last of them.
 *
 * @param candidates with `weights` filled by weigh()
 */
export function keepWeighingAtLeast(candidates: Candidates, bound: number, least: number): void {
  const last = least === 1 ? Infinity : largest(candidates, least);
  if (last === Infinity || Math.exp(last - candidates.highest()) >= bound) candidates.keepWeighing(bound);
  else candidates.keepFrom(last);
}

/** The k-th largest logit, or the smallest if there are fewer than k. */
function largest(candidates: Candidates, k: number): number {
  gatherTopK(candidates, k);
  return candidates.scratch[0];
}
