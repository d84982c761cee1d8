// Counts how the training texts begin: their first few ids, and how often. A text that is written without a prompt begins in the same
// way. The n-gram counts imply it, but only a pass over all of them finds it; so it is kept beside them.
import type { NgramCounts } from '../counts/ngram-counts.js';
import { ROOT, suffixLinks } from '../counts/trie.js';

/** The first ids of some texts. */
export interface Beginning {
  readonly ids: readonly number[];
  /** How many texts begin with these ids, by weight. */
  readonly count: number;
}

export class Beginnings {
  /**
   * @param length the number of ids that are kept of each text: the order of the chain
   * @param list different beginnings, each at most `length` ids long
   */
  constructor(
    readonly length: number,
    readonly list: readonly Beginning[] = [],
  ) {}

  /** The number of texts, by weight. */
  get total(): number {
    return this.list.reduce((sum, { count }) => sum + count, 0);
  }

  /** With these beginnings, too; a negative count takes some out again. */
  with(others: Iterable<Beginning>): Beginnings {
    const byIds = new Map(this.list.map((beginning) => [beginning.ids.join(), beginning]));
    for (const { ids, count } of others) {
      const key = ids.join();
      if (ids.length > 0) byIds.set(key, { ids, count: (byIds.get(key)?.count ?? 0) + count });
    }
    return new Beginnings(this.length, [...byIds.values()].filter(({ count }) => count > 0));
  }

  /** The ids that follow these ones at the beginning of texts, and how often; empty if no text begins so and goes on, or after `length` ids. */
  after(ids: readonly number[]): Map<number, number> {
    const followers = new Map<number, number>();
    for (const beginning of this.list) {
      if (beginning.ids.length <= ids.length || !ids.every((id, i) => beginning.ids[i] === id)) continue;
      const next = beginning.ids[ids.length];
      followers.set(next, (followers.get(next) ?? 0) + beginning.count);
    }
    return followers;
  }
}

/** The first `length` ids of a text; white space before them is skipped. */
export function firstIds(ids: ArrayLike<number>, length: number, isBlank: (id: number) => boolean): number[] {
  let from = 0;
  while (length > 0 && from < ids.length && isBlank(ids[from])) from++;
  return Array.from({ length: Math.min(length, ids.length - from) }, (_, i) => ids[from + i]);
}

/**
 * The first `length` ids of the texts, from the counts alone, for models that do not tell how their texts begin. An n-gram that occurs more often
 * than with a token before it begins texts, as many as the difference. White space is not skipped.
 *
 * @param length at most the order of the counts, as longer beginnings are not counted with a token before them
 */
export function beginningsIn({ table }: NgramCounts, length: number): Beginning[] {
  const { tokens, counts, firstChild } = table;
  const contexts = firstChild.length - 1;
  const suffixes = suffixLinks(table);
  // How often each n-gram begins a text; not used for the root.
  const begins = counts.slice();
  for (let node = firstChild[ROOT + 1]; node < tokens.length; node++) begins[suffixes[node]] -= counts[node];
  const found: Beginning[] = [];
  const collect = (node: number, ids: readonly number[]): void => {
    let ended = begins[node];
    if (ids.length < length && node < contexts) {
      for (let child = firstChild[node]; child < firstChild[node + 1]; child++) {
        if (begins[child] <= 0) continue;
        ended -= begins[child];
        collect(child, [...ids, tokens[child]]);
      }
    }
    if (ids.length > 0 && ended > 0) found.push({ ids, count: ended });
  };
  collect(ROOT, []);
  return found;
}
