// Computes the correlation of two lists of numbers: Pearson's, and Spearman's on ranks, where equal numbers share the mean of their ranks.

/**
 * From -1 to 1; NaN when one list does not vary.
 * @throws RangeError when the lists have different lengths, or a number is not finite
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLists('pearson', a, b);
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [together, alone, other] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i] - meanA, b[i] - meanB];
    together += x * y;
    alone += x * x;
    other += y * y;
  }
  return together / Math.sqrt(alone * other);
}

/** Pearson's correlation of the ranks. @throws RangeError as `pearson` */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  checkLists('spearman', a, b);
  return pearson(ranks(a).ranks, ranks(b).ranks);
}

function checkLists(owner: string, ...lists: readonly [ArrayLike<number>, ArrayLike<number>]): void {
  if (lists[0].length !== lists[1].length) throw new RangeError(`${owner}: the lists have ${lists[0].length} and ${lists[1].length} numbers; they must have equally many.`);
  for (const list of lists) {
    const wrong = Array.from(list).findIndex((value) => !Number.isFinite(value));
    if (wrong >= 0) throw new RangeError(`${owner}: number ${wrong + 1} of a list is ${String(list[wrong])}; expected finite numbers. Leave such pairs out first.`);
  }
}

/** Ranks from 1, smallest first, and how many numbers share theirs with another. */
export function ranks(values: ArrayLike<number>): { ranks: Float64Array; tied: number } {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const result = new Float64Array(values.length);
  let tied = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let i = from; i < to; i++) result[order[i]] = (from + 1 + to) / 2;
    if (to - from > 1) tied += to - from;
    from = to;
  }
  return { ranks: result, tied };
}
