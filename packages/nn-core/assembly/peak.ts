// Measures what the processor can do at most: multiply-adds with all operands at hand, and reading from memory.
//
// These are no kernels of the contract, but they are called like kernels, by all threads at once. Each thread writes two
// doubles to `results` + 64 bytes x part: how much it did, and a number that depends on all of it, so that no compiler can
// leave it out.
import { scratchAddress } from './scratch';
import { firstElement, LINE } from './share';
import { largeTile, TILE_COLUMNS, TILE_ROWS } from './matmul/tile';

/** Inner index of the tile: its panels (13 KiB) and the tile itself stay in the first cache of every processor. */
const DEPTH: i32 = 256;
const A_BYTES: i32 = TILE_ROWS * DEPTH * 4;
const B_BYTES: i32 = TILE_COLUMNS * DEPTH * 4;
const ROW_BYTES: i32 = TILE_COLUMNS * 4;

// @ts-ignore: decorator
@inline
function report(results: usize, part: i32, amount: f64, proof: f64): void {
  const place = results + (usize(part) << 6);
  store<f64>(place, amount);
  store<f64>(place, proof, 8);
}

/**
 * The matrix product's own innermost loop, `repeats` times on the same two panels, by every thread for itself. Amount:
 * floating-point operations, two for each multiply-add.
 */
export function multiplyAddPeak(results: usize, repeats: i32, part: i32, parts: i32): void {
  const a = scratchAddress();
  const b = a + A_BYTES;
  const y = b + B_BYTES;
  // Small enough that no sum becomes infinite or subnormal, which would be slow on some processors.
  for (let at: usize = a; at < y; at += 16) v128.store(at, f32x4.splat(0.001));
  for (let i = 0; i < repeats; i++) largeTile(DEPTH, a, b, y, ROW_BYTES, i > 0, 0, false);
  report(results, part, f64(2 * TILE_ROWS * TILE_COLUMNS * DEPTH) * f64(repeats), load<f32>(y));
}

/**
 * Reads its share of x (size) once, whole cache lines, from four places at a time: a processor fetches ahead for each of
 * them, which is a third faster than one walk. Amount: bytes.
 */
export function readPeak(x: usize, results: usize, size: i32, part: i32, parts: i32): void {
  const first = firstElement(size, part, parts);
  const lines = max(firstElement(size, part + 1, parts) - first, 0) / LINE;
  const stride = usize(lines >> 2) << 6;
  const start = x + (usize(first) << 2);
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let at = start;
  for (const stop = start + stride; at < stop; at += 32) {
    sum0 = f32x4.add(f32x4.add(sum0, v128.load(at)), v128.load(at, 16));
    sum1 = f32x4.add(f32x4.add(sum1, v128.load(at + stride)), v128.load(at + stride, 16));
    sum2 = f32x4.add(f32x4.add(sum2, v128.load(at + 2 * stride)), v128.load(at + 2 * stride, 16));
    sum3 = f32x4.add(f32x4.add(sum3, v128.load(at + 3 * stride)), v128.load(at + 3 * stride, 16));
  }
  const end = start + (usize(lines) << 6);
  for (at = start + 4 * stride; at < end; at += 16) sum0 = f32x4.add(sum0, v128.load(at));
  const sums = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
  const sum = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  report(results, part, f64(lines) * 64, sum);
}
