// Divides examples into those to learn from and those held out to measure on. Equal ones are never on both sides.
import { permutedIndex } from '@kk/gpt/data';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { GivenExample } from './given-example.js';
import { groupEqual, type SameBy } from './normalized.js';

export interface SplitOptions {
  /** The share of all examples that are held out, above 0 and below 1. Default 0.1. */
  heldOut?: number;
  /** Determines which ones; whole number >= 0. Default 1337. */
  seed?: number;
  /** Which examples stay together: those equal as a whole (default), or also those with equal prompts and different answers. */
  by?: SameBy;
}

const OPTIONS: OptionNames<SplitOptions> = { heldOut: 'optional', seed: 'optional', by: 'optional' };

export interface ExampleSplit<T extends GivenExample> {
  readonly training: T[];
  readonly heldOut: T[];
}

/**
 * Both sides keep the order of the examples. The share is met as nearly as groups of equal examples allow: one that would exceed it is used for
 * training. Each side has at least one example.
 * @param examples alone, or as `readExamples` gives them; those of the result are the same
 * @throws {TypeError} for what is no example; {RangeError} when there are fewer than two different examples, or an option is invalid
 */
export function splitExamples<T extends GivenExample>(examples: readonly T[], options: SplitOptions = {}): ExampleSplit<T> {
  checkOptions('splitExamples', options, OPTIONS);
  const { heldOut: share = 0.1, seed = 1337, by = 'example' } = options;
  if (!(share > 0 && share < 1)) throw new RangeError(`splitExamples: heldOut is ${String(share)}; expected a share above 0 and below 1.`);
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError(`splitExamples: seed is ${String(seed)}; expected a whole number of at least 0.`);
  const groups = groupEqual('splitExamples', examples, by);
  if (groups.length < 2) throw new RangeError(`splitExamples: there are ${groups.length} different examples among ${examples.length}; expected at least 2, one for each side.`);
  const wanted = Math.max(1, Math.round(share * examples.length));
  const shuffled = groups.map((_, i) => groups[permutedIndex(i, groups.length, { seed, epoch: 0 })]!);
  const isHeldOut = new Uint8Array(examples.length);
  let count = 0;
  for (const group of shuffled) {
    if (count + group.length > wanted || count + group.length >= examples.length) continue;
    for (const i of group) isHeldOut[i] = 1;
    count += group.length;
  }
  // When each group is larger than the share, the smallest one is held out.
  if (count === 0) for (const i of shuffled.reduce((least, group) => (group.length < least.length ? group : least))) isHeldOut[i] = 1;
  return { training: examples.filter((_, i) => !isHeldOut[i]), heldOut: examples.filter((_, i) => isHeldOut[i]) };
}
