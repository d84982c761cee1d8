// Makes the text that induction heads are found with: random tokens, again and again.
import { checkOptions, Random, type OptionNames } from '@kk/nn-core';

export interface RepeatedTokensOptions {
  /** How many different tokens, default 25. */
  length?: number;
  /** How often they come, one time after the other, 2 or more; default 2. */
  repeats?: number;
  /** A token before them all, such as the one that texts begin with. */
  first?: number;
  /** Whole number >= 0, default 0; the same seed gives the same tokens. */
  seed?: number;
}

const OPTIONS: OptionNames<RepeatedTokensOptions> = { length: 'optional', repeats: 'optional', first: 'optional', seed: 'optional' };

/**
 * Different random tokens, repeated (Olsson et al. 2022 take 25 of them four times, after a token that texts begin with). Nothing but the
 * first time through tells what comes next, so a head that looks at the right place has learned to look back.
 * @param tokens the ids to choose from, or how many there are
 * @returns ids, (first ? 1 : 0) + length * repeats
 * @throws RangeError when there are too few tokens, or a number is out of range; TypeError when an option is unknown
 */
export function repeatedTokens(tokens: number | ArrayLike<number>, options: RepeatedTokensOptions = {}): Int32Array {
  checkOptions('repeatedTokens', options, OPTIONS);
  const { length = 25, repeats = 2, first, seed = 0 } = options;
  const count = typeof tokens === 'number' ? tokens : tokens.length;
  if (!Number.isInteger(length) || length < 2 || length > count) throw new RangeError(`repeatedTokens: length is ${String(length)}; expected 2 to ${count}, since there are ${count} tokens to choose from.`);
  if (!Number.isInteger(repeats) || repeats < 2) throw new RangeError(`repeatedTokens: repeats is ${String(repeats)}; expected a whole number of 2 or more.`);
  const once = Array.from(new Random(seed).permutation(count).subarray(0, length), (i) => (typeof tokens === 'number' ? i : tokens[i]!));
  return Int32Array.from([...(first === undefined ? [] : [first]), ...Array.from({ length: repeats }, () => once).flat()]);
}
