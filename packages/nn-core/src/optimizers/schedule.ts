// Computes the learning rate over the course of training: a linear warm-up, then half a cosine down to a minimum.

import { checkOptions, type OptionNames } from '@kk/options';
import { expectNumber } from '../ops/shared/check.js';

export interface ScheduleOptions {
  /** Reached at the end of the warm-up. */
  maximum: number;
  /** Reached at the last step; default a tenth of the maximum. */
  minimum?: number;
  /** Steps of warm-up, at most totalSteps; default 0. */
  warmupSteps?: number;
  /** Steps of the whole training, above 0. */
  totalSteps: number;
}

const scheduleOptions: OptionNames<ScheduleOptions> = { maximum: 'required', minimum: 'optional', warmupSteps: 'optional', totalSteps: 'required' };

/**
 * The learning rate of a step (0 is the first), as nanoGPT does it: maximum * (step + 1) / (warmupSteps + 1) while
 * warming up; then minimum + (maximum - minimum) * (1 + cos(pi * progress)) / 2 (Loshchilov and Hutter 2017); the minimum afterwards.
 * @throws RangeError when a number is out of range, TypeError when an option is missing or unknown
 */
export function warmupCosine(step: number, options: ScheduleOptions): number {
  checkOptions('warmupCosine', options, scheduleOptions);
  const { maximum, minimum = maximum / 10, warmupSteps = 0, totalSteps } = options;
  for (const [name, value] of Object.entries({ maximum, minimum, step, totalSteps, warmupSteps })) {
    expectNumber('warmupCosine', name, value);
    if (!(value >= 0 && value < Infinity)) throw new RangeError(`warmupCosine: ${name} is ${value}; expected a finite number of at least 0.`);
  }
  if (minimum > maximum) throw new RangeError(`warmupCosine: minimum is ${minimum}, above maximum ${maximum}, from which the learning rate falls: give a smaller minimum.`);
  if (totalSteps === 0) throw new RangeError(`warmupCosine: totalSteps is ${totalSteps}; expected a number of steps above 0.`);
  if (warmupSteps > totalSteps) {
    throw new RangeError(`warmupCosine: warmupSteps is ${warmupSteps}; expected 0 to ${totalSteps}, the steps of the whole training: warm up for fewer.`);
  }
  if (step < warmupSteps) return (maximum * (step + 1)) / (warmupSteps + 1);
  if (step >= totalSteps) return minimum;
  const progress = (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
  return minimum + 0.5 * (1 + Math.cos(Math.PI * progress)) * (maximum - minimum);
}
