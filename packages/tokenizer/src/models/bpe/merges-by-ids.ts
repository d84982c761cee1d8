// Looks up the ids of the tokens that a list of merges names.

import { quote } from '../../text/well-formed.js';
import type { Merge } from './merge-table.js';

export interface MergeNames {
  idOf(token: string): number | undefined;
  /** Ids that text never produces. Merges with them are left out, since text must not become such a token, not even by merging. */
  excluded: ReadonlySet<number>;
  /** The prefix of tokens inside a word, which the right token of a merge loses. Default none. */
  prefix?: string;
}

/**
 * The merges in order of rank; undefined for one that is left out.
 * @param merges  the spellings of two neighbours
 * @param idCount  the number of ids
 * @throws {RangeError} when a merge names an unknown token, leads to none, or is given twice
 */
export function mergesByIds(merges: readonly (readonly [string, string])[], idCount: number, { idOf, excluded, prefix = '' }: MergeNames): (Merge | undefined)[] {
  const firstPlace = new Map<number, number>();
  return merges.map(([left, right], rank) => {
    const refuse = (why: string): never => {
      throw new RangeError(`merges[${rank}], ${quote(left)} and ${quote(right)}, ${why}.`);
    };
    const checked = (token: string): number => idOf(token) ?? refuse(`needs the token ${quote(token)}, which is not in the vocabulary`);
    const merge = { left: checked(left), right: checked(right), result: checked(left + right.slice(prefix.length)) };
    const pair = merge.left * idCount + merge.right;
    if (firstPlace.has(pair)) refuse(`repeats merges[${firstPlace.get(pair)}]`);
    firstPlace.set(pair, rank);
    return excluded.has(merge.left) || excluded.has(merge.right) || excluded.has(merge.result) ? undefined : merge;
  });
}
