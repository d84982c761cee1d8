// Temperature: sharpens or flattens the distribution.
import { LARGEST_FLOAT32 } from '../logits.js';
import { checkTemperature } from '../options.js';
import type { Candidates } from '../selection/candidates.js';
import type { Stage } from '../stages/stage.js';
import { processLogits } from './process.js';

/**
 * Logits divided by t, shape (vocabSize,). The name is from statistical mechanics: softmax(l / t) is a Boltzmann distribution
 * of the energies -l at temperature t (Ackley, Hinton and Sejnowski 1985, "A learning algorithm for Boltzmann machines").
 *
 * t -> 0 leaves only the most probable token, 1 changes nothing, t -> infinity makes all equally probable.
 * At exactly 0 the token that greedy() takes keeps its logit and every other becomes -Infinity.
 * If l / t would overflow float32, the largest logit is subtracted first: the distribution is the same, but finite.
 *
 * @param logits not changed, unless passed as `out` too
 * @param t a finite number from 0
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if t is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function temperature(logits: Float32Array, t: number, out?: Float32Array): Float32Array {
  return processLogits(logits, temperatureStage(t), out);
}

/** temperature() as a stage. @throws RangeError if t is out of range */
export function temperatureStage(t: number): Stage {
  checkTemperature(t);
  return { name: 'temperature', apply: (candidates) => divideBy(candidates, t) };
}

/** Divides the candidates' logits by a temperature from 0. */
export function divideBy(candidates: Candidates, t: number): void {
  if (t === 1) return;
  const highest = candidates.highest();
  const { logits, count } = candidates;
  if (t === 0) {
    candidates.keepFrom(highest, 1);
    return;
  }
  const shift = Math.abs(highest) / t > LARGEST_FLOAT32 ? highest : 0;
  for (let i = 0; i < count; i++) logits[i] = (logits[i] - shift) / t;
}
