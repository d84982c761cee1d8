// Computes attention of new positions to a cache, for generation; see `../kernels-attention.ts`.
import type { FloatArray } from '../arrays.js';

/** y (rows, heads * headSize); a row of cache holds keyValueHeads heads of keys, then as many of values */
export function cachedAttention(
  qkv: FloatArray, cache: FloatArray, places: Int32Array, alibiSlopes: FloatArray | null, y: FloatArray,
  rows: number, cacheRows: number, longest: number, heads: number, keyValueHeads: number, headSize: number, behind: number,
): void {
  const keyWidth = keyValueHeads * headSize;
  for (let row = 0; row < rows; row++) {
    const [first, position] = [places[2 * row], places[2 * row + 1]];
    const isInside = first >= 0 && position >= 0 && position < longest && first + position < cacheRows;
    for (let h = 0; h < heads; h++) {
      const query = row * (heads * headSize + 2 * keyWidth) + h * headSize;
      const keyHead = Math.floor((h * keyValueHeads) / heads) * headSize;
      const slope = alibiSlopes ? alibiSlopes[h] : 0;
      const from = Math.max(0, position - behind);
      const scores: number[] = [];
      for (let p = from; isInside && p <= position; p++) {
        let dot = 0;
        for (let d = 0; d < headSize; d++) dot += qkv[query + d] * cache[(first + p) * 2 * keyWidth + keyHead + d];
        scores.push(dot / Math.sqrt(headSize) - slope * (position - p));
      }
      const maximum = scores.reduce((highest, score) => Math.max(highest, score), -Infinity);
      const sum = scores.reduce((total, score) => total + Math.exp(score - maximum), 0);
      for (let d = 0; d < headSize; d++) {
        let total = isInside ? 0 : NaN;
        scores.forEach((score, i) => (total += (Math.exp(score - maximum) / sum) * cache[(first + from + i) * 2 * keyWidth + keyWidth + keyHead + d]));
        y[row * heads * headSize + h * headSize + d] = total;
      }
    }
  }
}
