// Looks rows up by id, and computes the gradient of that. The gradient would scatter (many places add to one row of the table);
// as a gather it needs to know, for each row, who looked it up: `firstUse` and `nextUse` chain the places with the same id.
import { quotient, rest, whole } from './helpers.js';
import type { Cube, Float, Halves, Int, Invocation, Matrix, Vector } from './language.js';

/** y (count, width) = table (tableRows, width) [ids (count)], or `missing` (NaN) where the id is not in [0, tableRows) */
export function embedding(this: Invocation, ids: Halves, table: Matrix, tableRows: Int, missing: Float): Float {
  const row = whole(ids[this.thread.y][0], ids[this.thread.y][1]);
  if (row < 0) return missing;
  if (row >= tableRows) return missing;
  return table[row][this.thread.x];
}

/** first (tableRows) = the first place i with ids (count) [i] = row, or -1 */
export function firstUse(this: Invocation, ids: Halves, count: Int): Float {
  for (let i = 0; i < count; i++) {
    if (whole(ids[i][0], ids[i][1]) === this.thread.x) return i;
  }
  return 0 - 1;
}

/** next (count) = the next place after i with the same id, or -1; ids (count) */
export function nextUse(this: Invocation, ids: Halves, count: Int): Float {
  const id = whole(ids[this.thread.x][0], ids[this.thread.x][1]);
  for (let step = 1; this.thread.x + step < count; step++) {
    if (whole(ids[this.thread.x + step][0], ids[this.thread.x + step][1]) === id) return this.thread.x + step;
  }
  return 0 - 1;
}

/** dTable (tableRows, width) = for each row the sum of dy (count, width) along its chain: first (tableRows), next (count) */
export function embeddingGradient(this: Invocation, first: Vector, next: Vector, dy: Matrix): Float {
  let total = 0;
  let i = first[this.thread.y];
  while (i >= 0) {
    total += dy[i][this.thread.x];
    i = next[i];
  }
  return total;
}

/** y (outer, count, inner) = x (outer, length, inner) at index (outer * count * inner) along the middle axis; `missing` (NaN) where that is not in [0, length) */
export function gather(this: Invocation, x: Cube, index: Halves, length: Int, inner: Int, count: Int, missing: Float): Float {
  const row = quotient(this.thread.x, inner);
  const i = rest(this.thread.x, row, inner);
  const outer = quotient(row, count);
  const l = whole(index[this.thread.x][0], index[this.thread.x][1]);
  if (l < 0) return missing;
  if (l >= length) return missing;
  return x[outer][l][i];
}

/** dx (outer, length, inner) = the sum of dy (outer, count, inner) over the places whose index is this one; index (outer, count, 2 * inner) as halves */
export function gatherGradient(this: Invocation, index: Cube, dy: Cube, length: Int, inner: Int, count: Int): Float {
  const row = quotient(this.thread.x, inner);
  const i = rest(this.thread.x, row, inner);
  const outer = quotient(row, length);
  const l = rest(row, outer, length);
  let total = 0;
  for (let j = 0; j < count; j++) {
    if (whole(index[outer][j][2 * i], index[outer][j][2 * i + 1]) === l) total += dy[outer][j][i];
  }
  return total;
}
