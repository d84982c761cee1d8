// Tail-free sampling: cut where the curve of sorted probabilities becomes flat.
import { requireFraction } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/**
 * Sets the logits of the flat tail to -Infinity, shape (vocabSize,). The probabilities are sorted, the absolute second differences of that
 * curve are normalised to sum 1, and tokens stay until the running sum exceeds z (Phénix and Egan 2019, "Tail Free Sampling"). The indices
 * are those of llama.cpp until it removed the sampler in 2024: the second difference of the sorted tokens 0, 1, 2 belongs to token 0, and
 * the token at which the sum exceeds z is dropped. Where the differences add up to no more than 0.000001, which is rounding, every place has
 * the same share, as in llama.cpp. With fewer than three tokens nothing changes; at least one stays.
 *
 * It sorts the remaining tokens: put it after top-k if speed matters.
 *
 * @param logits not changed, unless passed as `out` too
 * @param z from 0 to 1 (all)
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if z is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function tailFree(logits: Float32Array, z: number, out?: Float32Array): Float32Array {
  return processLogits(logits, tailFreeStage(z), out);
}

/** A sum of second differences of probabilities that is nothing but rounding of float32. */
const FLAT = 1e-6;

/** tailFree() as a stage. @throws RangeError if z is out of range */
export function tailFreeStage(z: number): Stage {
  requireFraction('tailFree z', z, '1 keeps every token');
  return {
    name: 'tailFree',
    apply: (candidates) => {
      if (z === 1) return;
      const highest = candidates.highest();
      const { logits, count } = candidates;
      let possible = 0;
      for (let i = 0; i < count; i++) if (logits[i] > -Infinity) candidates.scratch[possible++] = logits[i];
      if (possible < 3) return;
      const sorted = candidates.scratch.subarray(0, possible).sort().reverse();
      // Relative to the best token; a common factor does not change the shares.
      const probability = candidates.weights;
      let sum = 0;
      for (let rank = 0; rank < possible; rank++) sum += probability[rank] = Math.exp(sorted[rank] - highest);
      const bend = (rank: number): number => Math.abs(probability[rank] - 2 * probability[rank + 1] + probability[rank + 2]);
      let total = 0;
      for (let rank = 0; rank < possible - 2; rank++) total += bend(rank);
      let kept = possible;
      let reached = 0;
      for (let rank = 0; rank < possible - 2; rank++) {
        // On a straight line all second differences are 0, but for rounding; then every place has the same share.
        reached += total > FLAT * sum ? bend(rank) / total : 1 / (possible - 2);
        if (reached > z && rank >= 1) {
          kept = rank;
          break;
        }
      }
      const edge = sorted[kept - 1];
      let ties = 0;
      for (let rank = kept - 1; rank >= 0 && sorted[rank] === edge; rank--) ties++;
      candidates.keepFrom(edge, ties);
    },
  };
}
