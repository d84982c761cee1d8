// Computes the slopes of ALiBi, attention with linear biases. There are no position vectors: each head subtracts from its scores in proportion to the distance.
import { checkWhole } from './check-whole.js';

/**
 * The slopes of the heads (Press, Smith and Lewis 2022, section 3). With n heads, a power of 2, and the head h from 1:
 *
 *     slope[h] = 2^(-8 h / n)
 *
 * Otherwise the slopes are those of the largest power of 2 below n, followed by every other one of twice that power, as in the authors' code.
 * @param heads 1 or more
 */
export function alibiSlopes(heads: number): Float64Array {
  checkWhole('alibiSlopes', 'heads', heads, 1);
  const power = 2 ** Math.floor(Math.log2(heads));
  const ofPower = (n: number): number[] => Array.from({ length: n }, (_, i) => 2 ** ((-8 * (i + 1)) / n));
  const between = ofPower(2 * power).filter((_, i) => i % 2 === 0);
  return Float64Array.from([...ofPower(power), ...between.slice(0, heads - power)]);
}

/**
 * What is added to the scores of a sequence that attends to itself: with the query's position i and the key's position j
 *
 *     bias[h, i, j] = -slope[h] * |i - j|
 *
 * The paper's attention is causal, and has no later keys. `attention` of @kk/nn-core computes the same from the slopes and stores no bias.
 * @returns (heads, length, length) row by row
 */
export function alibiBiases(length: number, heads: number): Float32Array {
  checkWhole('alibiBiases', 'length', length, 0);
  const slopes = alibiSlopes(heads);
  const biases = new Float32Array(heads * length * length);
  for (let head = 0, at = 0; head < heads; head++) {
    for (let i = 0; i < length; i++) for (let j = 0; j < length; j++, at++) if (i !== j) biases[at] = -slopes[head]! * Math.abs(i - j);
  }
  return biases;
}
