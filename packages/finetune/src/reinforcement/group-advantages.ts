// Computes how much better each answer was than the others to the same prompt.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkName, checkNumber } from '../preferences/losses/check.js';

export interface GroupAdvantagesOptions {
  /** How many answers each prompt has, a whole number of at least 2. */
  groupSize: number;
  /**
   * What the distance from the group's mean is divided by: the deviation of the group (`'group'`, the default, GRPO), that of all rewards of the
   * batch (`'batch'`), or nothing (`'none'`, Dr. GRPO: else groups that are nearly all right or all wrong weigh more).
   */
  scale?: 'group' | 'batch' | 'none';
  /** Divides the squares by n - 1 (`'unbiased'`, the default, as TRL, verl and oat do), or by n (`'biased'`). The paper says neither. */
  deviation?: 'unbiased' | 'biased';
  /** What is added to the deviation, 0 or more. Default 1e-4, TRL's; verl has 1e-6, oat 1e-8. */
  epsilon?: number;
}

const OPTIONS: OptionNames<GroupAdvantagesOptions> = { groupSize: 'required', scale: 'optional', deviation: 'optional', epsilon: 'optional' };

export interface GroupAdvantages {
  /** One for each answer. */
  readonly advantages: Float64Array;
  /** What was divided by, without epsilon, one for each group; null with `scale: 'none'`. */
  readonly deviations: Float64Array | null;
  /** Groups whose answers all have the same reward. Nothing can be learned from their differences: their advantages are exactly 0. */
  readonly withoutVariance: number;
}

/** @throws TypeError when an option is unknown or missing; RangeError when one is out of range */
export function checkGroupAdvantagesOptions(options: GroupAdvantagesOptions): void {
  checkOptions('groupAdvantages', options, OPTIONS);
  const { groupSize, scale = 'group', deviation = 'unbiased', epsilon = 1e-4 } = options;
  if (!Number.isSafeInteger(groupSize) || groupSize < 2) throw new RangeError(`groupAdvantages: groupSize is ${String(groupSize)}; expected a whole number of at least 2: an answer is compared with the others to the same prompt.`);
  checkName('groupAdvantages', 'scale', scale, ['group', 'batch', 'none']);
  checkName('groupAdvantages', 'deviation', deviation, ['unbiased', 'biased']);
  checkNumber('groupAdvantages', 'epsilon', epsilon, { from: 0 });
}

/**
 * (R - mean of its group) / (deviation + epsilon): Shao et al. 2024 (arXiv:2402.03300, sec. 4.1.2). In float64.
 * @param rewards of all answers, those of a group one after the other
 * @throws as `checkGroupAdvantagesOptions`; RangeError when the rewards are no whole groups, or one is not finite
 */
export function groupAdvantages(rewards: ArrayLike<number>, options: GroupAdvantagesOptions): GroupAdvantages {
  checkGroupAdvantagesOptions(options);
  const { groupSize, scale = 'group', deviation = 'unbiased', epsilon = 1e-4 } = options;
  const all = Float64Array.from(rewards);
  if (all.length === 0 || all.length % groupSize !== 0) throw new RangeError(`groupAdvantages: there are ${all.length} rewards; expected a multiple of the ${groupSize} answers of a group.`);
  const wrong = all.findIndex((reward) => !Number.isFinite(reward));
  if (wrong >= 0) throw new RangeError(`groupAdvantages: reward ${wrong} is ${all[wrong]}; expected a finite number.`);
  const groups = Array.from({ length: all.length / groupSize }, (_, group) => all.subarray(group * groupSize, (group + 1) * groupSize));
  const ofBatch = deviationOf(all, deviation);
  const deviations = Float64Array.from(groups, (group) => (scale === 'group' ? deviationOf(group, deviation) : ofBatch));
  const advantages = new Float64Array(all.length);
  let withoutVariance = 0;
  for (const [index, group] of groups.entries()) {
    if (group.every((reward) => reward === group[0])) {
      withoutVariance++;
      continue; // the mean may differ from equal rewards by rounding
    }
    const mean = meanOf(group);
    const divisor = scale === 'none' ? 1 : deviations[index]! + epsilon;
    advantages.set(group.map((reward) => (reward - mean) / divisor), index * groupSize);
  }
  return { advantages, deviations: scale === 'none' ? null : deviations, withoutVariance };
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function deviationOf(values: Float64Array, form: 'unbiased' | 'biased'): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - (form === 'unbiased' ? 1 : 0)));
}
