// Checks what every analysis takes, the attention weights of all heads as plain numbers, and averages over the queries of a head.

/** Attention weights, such as `await layer.attentionWeights(x).data()` with the tensor's shape. */
export interface AttentionPatterns {
  /** Row by row: how much of its attention a query gives to each key. Rows sum to one; the row of a query that sees no key holds zeros. */
  readonly weights: ArrayLike<number>;
  /** (layers, heads, time, time), or (batch, heads, time, time). */
  readonly shape: readonly number[];
}

/** The attention of one query. */
export interface PatternRow {
  /** The position of the query, from 0. */
  readonly query: number;
  /** The number of keys. */
  readonly time: number;
  /** The weight of a key. */
  readonly weightOf: (key: number) => number;
}

/** Rows are computed in float32 or with int8 weights, so their sums are off by some rounding. */
const ROUNDING = 1e-3;

/**
 * Checks shape and numbers.
 * @param leastTime positions that the analysis needs at least
 * @throws RangeError when the shape is another one, or a row is none of attention weights
 */
export function checkPatterns(owner: string, { weights, shape }: AttentionPatterns, leastTime = 1): { layers: number; heads: number; time: number } {
  const [layers = 0, heads = 0, time = 0, keys] = shape;
  if (shape.length !== 4 || time !== keys || weights.length !== layers * heads * time * time) {
    throw new RangeError(`${owner}: got ${weights.length} weights of shape (${shape.join(', ')}); expected (layers, heads, time, time) and as many weights: give the shape of the tensor that they come from.`);
  }
  if (time < leastTime) throw new RangeError(`${owner}: the text has ${time} positions; at least ${leastTime} are needed.`);
  for (let from = 0; from < weights.length; from += time) {
    let sum = 0;
    for (let key = 0; key < time; key++) {
      const weight = weights[from + key]!;
      if (!(weight >= 0)) throw new RangeError(`${owner}: weight ${from + key} is ${weight}; expected shares from 0 to 1: give the weights after the softmax, not the scores.`);
      sum += weight;
    }
    if (sum !== 0 && Math.abs(sum - 1) > ROUNDING) throw new RangeError(`${owner}: the weights from ${from} to ${from + time - 1} sum to ${sum}; expected 1, the attention of one query, or 0 where it sees no key.`);
  }
  return { layers, heads, time };
}

/**
 * The mean of a number over the queries of each head.
 * @param valueOf the number of one query, or null to leave the query out
 * @returns [layer][head]; 0 for a head of which all queries are left out
 */
export function meanOverQueries(owner: string, patterns: AttentionPatterns, leastTime: number, valueOf: (row: PatternRow) => number | null): number[][] {
  const { layers, heads, time } = checkPatterns(owner, patterns, leastTime);
  const meanOfHead = (head: number): number => {
    let sum = 0;
    let count = 0;
    for (let query = 0; query < time; query++) {
      const from = (head * time + query) * time;
      const value = valueOf({ query, time, weightOf: (key) => patterns.weights[from + key]! });
      if (value === null) continue;
      sum += value;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  };
  return Array.from({ length: layers }, (_, layer) => Array.from({ length: heads }, (_, head) => meanOfHead(layer * heads + head)));
}
