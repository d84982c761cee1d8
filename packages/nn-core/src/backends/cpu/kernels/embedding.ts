// Looks rows up in a table by integer ids, and adds rows up by id for the gradient.
import type { FloatArray } from '../arrays.js';

/** y (count, width) = table (tableRows, width) [ids (count)]; NaN where the id is not in [0, tableRows) */
export function embedding(ids: Int32Array, table: FloatArray, y: FloatArray, count: number, width: number, tableRows: number): void {
  for (let i = 0; i < count; i++) {
    const inside = ids[i] >= 0 && ids[i] < tableRows;
    for (let w = 0; w < width; w++) y[i * width + w] = inside ? table[ids[i] * width + w] : NaN;
  }
}

/** dTable (tableRows, width) = for each row the sum of dy (count, width) over the places i with ids (count) [i] = row, in order of i */
export function embeddingGradient(ids: Int32Array, dy: FloatArray, dTable: FloatArray, count: number, width: number, tableRows: number): void {
  const total = new Float64Array(tableRows * width);
  for (let i = 0; i < count; i++) {
    if (ids[i] < 0 || ids[i] >= tableRows) continue;
    for (let w = 0; w < width; w++) total[ids[i] * width + w] += dy[i * width + w];
  }
  for (let i = 0; i < total.length; i++) dTable[i] = total[i];
}
