// Temperature: how bold the choice is.
import { highestLogit } from '../logits.js';
import { checkTemperature } from '../options.js';
import { requireSameLength } from '../selection/keep-only.js';

const LARGEST_FLOAT32 = 3.4028234663852886e38;

/**
 * Logits divided by t, shape (vocabSize,). The name is from statistical mechanics: softmax(l / t) is a Boltzmann distribution
 * of the energies -l at temperature t (Ackley, Hinton and Sejnowski 1985, "A learning algorithm for Boltzmann machines").
 *
 * t -> 0 leaves only the most probable token, 1 changes nothing, t -> infinity makes all equally probable.
 * At exactly 0 the token that greedy() takes keeps its logit and every other becomes -Infinity.
 * Where l / t would leave the range of float32, the largest logit is taken off first: the same distribution, still finite.
 *
 * @param logits not changed, unless passed as `out` too
 * @param t a finite number from 0
 * @param out where the result goes; a new array if left out
 * @throws TypeError if the logits are no Float32Array
 * @throws RangeError if t is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function temperature(logits: Float32Array, t: number, out: Float32Array = new Float32Array(logits.length)): Float32Array {
  checkTemperature(t);
  const highest = highestLogit(logits);
  requireSameLength(logits, out);
  if (t === 0) {
    const best = logits.indexOf(highest);
    out.fill(-Infinity);
    out[best] = highest;
    return out;
  }
  const shift = Math.abs(highest) / t > LARGEST_FLOAT32 ? highest : 0;
  for (let id = 0; id < logits.length; id++) out[id] = (logits[id] - shift) / t;
  return out;
}
