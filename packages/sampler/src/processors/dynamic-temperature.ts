// Dynamic temperature: low if the model is certain, high if it is not.
import { requireBetween, requireKnown, requirePositive } from '../checks.js';
import type { Stage } from '../stages/stage.js';
import { candidateEntropy } from '../selection/candidate-entropy.js';
import { processLogits } from './process.js';
import { divideBy } from './temperature.js';

export interface DynamicTemperatureOptions {
  /** The temperature if one token is certain: a finite number from 0. */
  low: number;
  /** The temperature if all tokens are equally probable: a finite number from `low`. */
  high: number;
  /** The exponent of the curve from low to high: a finite number above 0; default 1, a straight line. */
  exponent?: number;
}

/**
 * Divides the logits by a temperature that depends on the entropy H of the n possible tokens, shape (vocabSize,): t = low + (high - low) *
 * (H / ln n)^exponent (the "entropy-based" sampling of koboldcpp; `temp_ext` in llama.cpp, where low and high are given as t -/+ range).
 * With only one possible token nothing changes.
 *
 * @param logits not changed, unless passed as `out` too
 * @param out where the result goes; default a new array
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if an option is out of range, or the logits are empty, hold NaN or +Infinity, or are all -Infinity
 */
export function dynamicTemperature(logits: Float32Array, options: DynamicTemperatureOptions, out?: Float32Array): Float32Array {
  return processLogits(logits, dynamicTemperatureStage(options), out);
}

/** dynamicTemperature() as a stage. @throws RangeError if an option is out of range */
export function dynamicTemperatureStage(options: DynamicTemperatureOptions): Stage {
  requireKnown<DynamicTemperatureOptions>('dynamicTemperature', options, { low: true, high: true, exponent: true });
  const { low, high, exponent = 1 } = options;
  requireBetween('dynamicTemperature low', low, 0, Infinity, '0 takes the most probable token where the model is certain');
  requireBetween('dynamicTemperature high', high, low, Infinity, 'it must not be below low');
  requirePositive('dynamicTemperature exponent', exponent, '1 is a straight line from low to high');
  return {
    name: 'dynamicTemperature',
    apply: (candidates) => {
      const { entropy, possible } = candidateEntropy(candidates);
      if (possible > 1) divideBy(candidates, low + (high - low) * Math.min(1, entropy / Math.log(possible)) ** exponent);
    },
  };
}
