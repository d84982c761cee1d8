// Computes on whole rows. A chunk is eight numbers.
import { stride } from './settings';

/** target += source */
// @ts-ignore: decorator
@inline
export function addRow(target: usize, source: usize): void {
  for (let at: usize = 0, end = usize(stride) << 2; at < end; at += 32) {
    v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(source + at)));
    v128.store(target + at, f32x4.add(v128.load(target + at, 16), v128.load(source + at, 16)), 16);
  }
}

/** target = target * factor */
export function scaleRow(target: usize, factor: f32): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0, end = usize(stride) << 2; at < end; at += 16) v128.store(target + at, f32x4.mul(v128.load(target + at), factors));
}

// @ts-ignore: decorator
@inline
export function clearRow(target: usize): void {
  memory.fill(target, 0, usize(stride) << 2);
}
