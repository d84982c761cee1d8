// XTC (exclude top choices): sometimes drops the most probable tokens.
import { requireFraction, requireKnown } from '../checks.js';
import { nextChance } from '../random/draw.js';
import type { RandomSource } from '../random/random.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

export interface XtcOptions {
  /** The probability of applying it: from 0 (never) to 1 (at every token). */
  probability: number;
  /** Tokens at least this probable are top choices: from 0 to 1. Above 0.5 there is never more than one, so nothing happens. */
  threshold: number;
}

/**
 * With the given probability, sets the logits of all top choices but the least probable one to -Infinity, shape (vocabSize,). With fewer
 * than two top choices nothing changes (P. E. Weidmann 2024, text-generation-webui pull request 6335; `xtc` of llama.cpp).
 *
 * Ties: of equally probable tokens those with the lower ids count as more probable, so they are dropped.
 *
 * @param logits not changed, unless passed as `out` too
 * @param random used once
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function xtc(logits: Float32Array, options: XtcOptions, random: RandomSource, out?: Float32Array): Float32Array {
  return processLogits(logits, xtcStage(options), out, undefined, random);
}

/** xtc() as a stage; uses one random number per token. @throws RangeError if an option is out of range */
export function xtcStage(options: XtcOptions): Stage {
  requireKnown<XtcOptions>('xtc', options, { probability: true, threshold: true });
  const { probability, threshold } = options;
  requireFraction('xtc probability', probability, '0 never removes a token');
  requireFraction('xtc threshold', threshold, 'above 0.5 it never removes a token');
  return {
    name: 'xtc',
    apply: (candidates, _, random) => {
      if (nextChance(random) >= probability) return;
      const bound = threshold * candidates.weigh();
      const { logits, weights, places, count } = candidates;
      let survivor = -1;
      for (let i = 0; i < count; i++) {
        if (logits[i] > -Infinity && weights[i] >= bound && (survivor < 0 || logits[i] <= logits[survivor])) survivor = i;
      }
      let kept = 0;
      for (let i = 0; i < count; i++) if (i === survivor || !(weights[i] >= bound)) places[kept++] = i;
      if (kept < count) candidates.keepPlaces(places, kept);
    },
  };
}
