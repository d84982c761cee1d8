// Multiplies matrices. gpu.js gives an invocation no shared memory and at most four outputs, so this is the dot product of a row
// and a column, as it stands in the book. What can be chosen is how neighbours read: invocations beside each other (x) should
// read numbers beside each other. `matmul` and `matmulFour` do; where b is stored transposed they do not, and the host transposes
// b first when that pays.
//
// y (batch, rows, columns) = act(op(a) op(b) + bias); bias (columns) when hasBias = 1; activation: 0 none, 1 relu, 2 gelu, 3 geluErf, 4 silu.
import { finished } from './helpers.js';
import type { Cube, Float, Four, Int, Invocation, Matrix, Vector } from './language.js';

/** a (batch, rows, inner), b (batch, inner, columns) */
export function matmul(this: Invocation, a: Cube, b: Cube, bias: Vector, inner: Int, hasBias: Int, activation: Int): Float {
  let total = 0;
  for (let k = 0; k < inner; k++) total += a[this.thread.z][this.thread.y][k] * b[this.thread.z][k][this.thread.x];
  return finished(total, bias[this.thread.x * hasBias], hasBias, activation);
}

/** a (batch, inner, rows), b (batch, inner, columns) */
export function matmulA(this: Invocation, a: Cube, b: Cube, bias: Vector, inner: Int, hasBias: Int, activation: Int): Float {
  let total = 0;
  for (let k = 0; k < inner; k++) total += a[this.thread.z][k][this.thread.y] * b[this.thread.z][k][this.thread.x];
  return finished(total, bias[this.thread.x * hasBias], hasBias, activation);
}

/** a (batch, rows, inner), b (batch, columns, inner) */
export function matmulB(this: Invocation, a: Cube, b: Cube, bias: Vector, inner: Int, hasBias: Int, activation: Int): Float {
  let total = 0;
  for (let k = 0; k < inner; k++) total += a[this.thread.z][this.thread.y][k] * b[this.thread.z][this.thread.x][k];
  return finished(total, bias[this.thread.x * hasBias], hasBias, activation);
}

/** a (batch, inner, rows), b (batch, columns, inner) */
export function matmulAB(this: Invocation, a: Cube, b: Cube, bias: Vector, inner: Int, hasBias: Int, activation: Int): Float {
  let total = 0;
  for (let k = 0; k < inner; k++) total += a[this.thread.z][k][this.thread.y] * b[this.thread.z][this.thread.x][k];
  return finished(total, bias[this.thread.x * hasBias], hasBias, activation);
}

/** `matmul` for columns that are a multiple of four: four columns at once read a number of a once instead of four times. */
export function matmulFour(this: Invocation, a: Cube, b: Cube, bias: Vector, inner: Int, hasBias: Int, activation: Int): Four {
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  for (let k = 0; k < inner; k++) {
    const left = a[this.thread.z][this.thread.y][k];
    t0 += left * b[this.thread.z][k][this.thread.x * 4];
    t1 += left * b[this.thread.z][k][this.thread.x * 4 + 1];
    t2 += left * b[this.thread.z][k][this.thread.x * 4 + 2];
    t3 += left * b[this.thread.z][k][this.thread.x * 4 + 3];
  }
  return [
    finished(t0, bias[this.thread.x * 4 * hasBias], hasBias, activation),
    finished(t1, bias[(this.thread.x * 4 + 1) * hasBias], hasBias, activation),
    finished(t2, bias[(this.thread.x * 4 + 2) * hasBias], hasBias, activation),
    finished(t3, bias[(this.thread.x * 4 + 3) * hasBias], hasBias, activation),
  ];
}

/** `matmulA` for columns that are a multiple of four. */
export function matmulFourA(this: Invocation, a: Cube, b: Cube, bias: Vector, inner: Int, hasBias: Int, activation: Int): Four {
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  let t3 = 0;
  for (let k = 0; k < inner; k++) {
    const left = a[this.thread.z][k][this.thread.y];
    t0 += left * b[this.thread.z][k][this.thread.x * 4];
    t1 += left * b[this.thread.z][k][this.thread.x * 4 + 1];
    t2 += left * b[this.thread.z][k][this.thread.x * 4 + 2];
    t3 += left * b[this.thread.z][k][this.thread.x * 4 + 3];
  }
  return [
    finished(t0, bias[this.thread.x * 4 * hasBias], hasBias, activation),
    finished(t1, bias[(this.thread.x * 4 + 1) * hasBias], hasBias, activation),
    finished(t2, bias[(this.thread.x * 4 + 2) * hasBias], hasBias, activation),
    finished(t3, bias[(this.thread.x * 4 + 3) * hasBias], hasBias, activation),
  ];
}

/**
 * A part of a product whose sum is long and whose result is small: part z takes inner positions z, z + parts, z + 2 parts ...
 * y (parts, rows, columns), to be summed over parts; a (rows, inner), or (inner, rows) when seen that way; b (inner, columns).
 */
export function matmulPart(this: Invocation, a: Matrix, b: Matrix, inner: Int, parts: Int): Float {
  let total = 0;
  for (let k = 0; this.thread.z + k * parts < inner; k++) total += a[this.thread.y][this.thread.z + k * parts] * b[this.thread.z + k * parts][this.thread.x];
  return total;
}

/** `matmulPart` with a (inner, rows). */
export function matmulPartA(this: Invocation, a: Matrix, b: Matrix, inner: Int, parts: Int): Float {
  let total = 0;
  for (let k = 0; this.thread.z + k * parts < inner; k++) total += a[this.thread.z + k * parts][this.thread.y] * b[this.thread.z + k * parts][this.thread.x];
  return total;
}

/** A byte from 0 to 255 (or already below 0) as a signed one. */
function signed(byte: Float): Float {
  if (byte >= 128) return byte - 256;
  return byte;
}

/**
 * y (rows, columns) = act(a (rows, inner) x w + bias), w[k, j] = scales[j] * byte (j, k) of packed: per block of 4 columns and
 * 16 inner positions, 4 x 16 bytes, two to a half of an int32. Seen as packed[block][column mod 4][half].
 */
export function matmulInt8(
  this: Invocation, a: Matrix, packed: Cube, scales: Vector, bias: Vector, inner: Int, groups: Int, hasBias: Int, activation: Int,
): Float {
  const block = Math.floor((this.thread.x + 0.5) * 0.25);
  const column = this.thread.x - block * 4;
  let total = 0;
  for (let group = 0; group < groups; group++) {
    for (let half = 0; half < 8; half++) {
      const bytes = packed[block * groups + group][column][half];
      const high = Math.floor(bytes * 0.00390625);
      const k = group * 16 + half * 2;
      if (k < inner) total += a[this.thread.y][k] * signed(bytes - high * 256);
      if (k + 1 < inner) total += a[this.thread.y][k + 1] * signed(high);
    }
  }
  return finished(total * scales[this.thread.x], bias[this.thread.x * hasBias], hasBias, activation);
}
