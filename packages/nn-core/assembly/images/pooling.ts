// Pools images (batch, height, width, channels), four channels at a time, and computes the gradients. A share is a range of rows of what is written.
import { exceeds, loadPartial, storePartial } from '../lanes';
import { firstUnit } from '../share';
import { placesOf } from './places';

/** Four lanes of one number, of which the last ones may be missing. */
// @ts-ignore: decorator
@inline
function loadLanes(address: usize, count: i32): v128 {
  return count >= 4 ? v128.load(address) : loadPartial(address, count);
}

// @ts-ignore: decorator
@inline
function storeLanes(address: usize, vector: v128, count: i32): void {
  if (count >= 4) v128.store(address, vector);
  else storePartial(address, vector, count);
}

/** The maximum of each window, NaN where there is one, and the lowest place that holds it. */
export function maxPool2d(
  x: usize, y: usize, index: usize,
  batch: i32, height: i32, width: i32, channels: i32, window: i32, stride: i32, padding: i32, part: i32, parts: i32,
): void {
  const outHeight = placesOf(height + 2 * padding, window, stride, 1);
  const outWidth = placesOf(width + 2 * padding, window, stride, 1);
  const end = firstUnit(batch * outHeight, part + 1, parts);
  for (let row = firstUnit(batch * outHeight, part, parts); row < end; row++) {
    const image = row / outHeight;
    const top = (row - image * outHeight) * stride - padding;
    const firstRow = max(top, 0);
    const lastRow = min(top + window, height);
    for (let column = 0; column < outWidth; column++) {
      const left = column * stride - padding;
      const firstColumn = max(left, 0);
      const lastColumn = min(left + window, width);
      const to = (usize(row) * usize(outWidth) + usize(column)) * usize(channels) << 2;
      for (let c = 0; c < channels; c += 4) {
        let best = f32x4.splat(f32.NEGATIVE_INFINITY);
        let places = i32x4.splat((firstRow - top) * window + firstColumn - left);
        for (let i = firstRow; i < lastRow; i++) {
          let from = x + (((usize(image * height + i)) * usize(width) + usize(firstColumn)) * usize(channels) + usize(c) << 2);
          for (let j = firstColumn; j < lastColumn; j++) {
            const value = loadLanes(from, channels - c);
            const isGreater = exceeds(value, best);
            best = v128.bitselect(value, best, isGreater);
            places = v128.bitselect(i32x4.splat((i - top) * window + j - left), places, isGreater);
            from += usize(channels) << 2;
          }
        }
        storeLanes(y + to + (usize(c) << 2), best, channels - c);
        storeLanes(index + to + (usize(c) << 2), places, channels - c);
      }
    }
  }
}

/** The sum of each window, divided by its size. */
export function averagePool2d(
  x: usize, y: usize,
  batch: i32, height: i32, width: i32, channels: i32, window: i32, stride: i32, padding: i32, part: i32, parts: i32,
): void {
  const outHeight = placesOf(height + 2 * padding, window, stride, 1);
  const outWidth = placesOf(width + 2 * padding, window, stride, 1);
  const size = f32x4.splat(f32(window * window));
  const end = firstUnit(batch * outHeight, part + 1, parts);
  for (let row = firstUnit(batch * outHeight, part, parts); row < end; row++) {
    const image = row / outHeight;
    const top = (row - image * outHeight) * stride - padding;
    for (let column = 0; column < outWidth; column++) {
      const left = column * stride - padding;
      const firstColumn = max(left, 0);
      const lastColumn = min(left + window, width);
      const to = (usize(row) * usize(outWidth) + usize(column)) * usize(channels) << 2;
      for (let c = 0; c < channels; c += 4) {
        let total = f32x4.splat(0);
        for (let i = max(top, 0); i < min(top + window, height); i++) {
          let from = x + (((usize(image * height + i)) * usize(width) + usize(firstColumn)) * usize(channels) + usize(c) << 2);
          for (let j = firstColumn; j < lastColumn; j++) {
            total = f32x4.add(total, loadLanes(from, channels - c));
            from += usize(channels) << 2;
          }
        }
        storeLanes(y + to + (usize(c) << 2), f32x4.div(total, size), channels - c);
      }
    }
  }
}

/** The first window that reaches place `at` of an axis; windows begin at -padding, -padding + stride, .. */
// @ts-ignore: decorator
@inline
function firstWindow(at: i32, window: i32, stride: i32, padding: i32): i32 {
  return max(at + padding - window + stride, 0) / stride;
}

/** The windows of a place and what comes back from them. With `index` only where that says that the maximum stood there. */
// @ts-ignore: decorator
@inline
function gather(
  index: usize, dy: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32, window: i32, stride: i32, padding: i32, part: i32, parts: i32,
): void {
  const outHeight = placesOf(height + 2 * padding, window, stride, 1);
  const outWidth = placesOf(width + 2 * padding, window, stride, 1);
  const size = f32x4.splat(f32(window * window));
  const end = firstUnit(batch * height, part + 1, parts);
  for (let row = firstUnit(batch * height, part, parts); row < end; row++) {
    const image = row / height;
    const i = row - image * height;
    const firstRow = firstWindow(i, window, stride, padding);
    const lastRow = min((i + padding) / stride, outHeight - 1);
    for (let j = 0; j < width; j++) {
      const firstColumn = firstWindow(j, window, stride, padding);
      const lastColumn = min((j + padding) / stride, outWidth - 1);
      const to = dx + ((usize(row) * usize(width) + usize(j)) * usize(channels) << 2);
      for (let c = 0; c < channels; c += 4) {
        let total = f32x4.splat(0);
        for (let r = firstRow; r <= lastRow; r++) {
          for (let q = firstColumn; q <= lastColumn; q++) {
            const from = ((usize(image * outHeight + r)) * usize(outWidth) + usize(q)) * usize(channels) + usize(c) << 2;
            let term = loadLanes(dy + from, channels - c);
            if (index) {
              const place = (i - r * stride + padding) * window + j - q * stride + padding;
              term = v128.and(term, i32x4.eq(loadLanes(index + from, channels - c), i32x4.splat(place)));
            }
            total = f32x4.add(total, term);
          }
        }
        storeLanes(to + (usize(c) << 2), index ? total : f32x4.div(total, size), channels - c);
      }
    }
  }
}

/** dx = the sum of dy over the windows whose maximum stood there */
export function maxPool2dGradient(
  index: usize, dy: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32, window: i32, stride: i32, padding: i32, part: i32, parts: i32,
): void {
  gather(index, dy, dx, batch, height, width, channels, window, stride, padding, part, parts);
}

/** dx = the sum of dy over the windows that reach there, divided by their size */
export function averagePool2dGradient(
  dy: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32, window: i32, stride: i32, padding: i32, part: i32, parts: i32,
): void {
  gather(0, dy, dx, batch, height, width, channels, window, stride, padding, part, parts);
}
