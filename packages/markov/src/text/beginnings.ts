// How the training texts begin: their first few ids, and how often. A text that is written without a prompt begins in the same way. This
// is kept apart from the n-gram counts, which do not say where a text begins.

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
