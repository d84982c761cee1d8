// Copies and fills runs of 32-bit elements: a call of the engine's `memory.copy` costs more than a short run itself.
import { loadPartial, storePartial } from './lanes';

/** Elements from which the engine's own copy is faster. */
const LONG_RUN: i32 = 256;

/** Copies `count` elements that do not overlap. */
// @ts-ignore: decorator
@inline
export function copyRun(target: usize, source: usize, count: i32): void {
  if (count >= LONG_RUN) {
    memory.copy(target, source, usize(count) << 2);
    return;
  }
  let i = 0;
  for (const full = count & ~3; i < full; i += 4) v128.store(target + (usize(i) << 2), v128.load(source + (usize(i) << 2)));
  if (i < count) storePartial(target + (usize(i) << 2), loadPartial(source + (usize(i) << 2), count - i), count - i);
}

/** Writes `count` elements of the same 32 bits. */
// @ts-ignore: decorator
@inline
export function fillRun(target: usize, bits: i32, count: i32): void {
  const vector = i32x4.splat(bits);
  let i = 0;
  for (const full = count & ~3; i < full; i += 4) v128.store(target + (usize(i) << 2), vector);
  if (i < count) storePartial(target + (usize(i) << 2), vector, count - i);
}

/** Writes `count` zeros. */
// @ts-ignore: decorator
@inline
export function zeroRun(target: usize, count: i32): void {
  if (count >= LONG_RUN) memory.fill(target, 0, usize(count) << 2);
  else fillRun(target, 0, count);
}
