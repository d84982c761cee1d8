// Pools images by plain loops: the maximum or the average of each window of an image (batch, height, width, channels), and the
// gradients. What lies in the padding is no number for the maximum and 0 for the average.
import { places } from '../../kernels-images.js';
import type { FloatArray } from '../arrays.js';
import { exceeds } from './reductions.js';

/** Calls `visit` for each window of each channel with the window's upper left corner, which may lie in the padding. */
function forEachWindow(
  batch: number, height: number, width: number, channels: number, window: number, stride: number, padding: number,
  visit: (output: number, image: number, channel: number, top: number, left: number) => void,
): void {
  const outHeight = places(height + 2 * padding, window, stride);
  const outWidth = places(width + 2 * padding, window, stride);
  let output = 0;
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let c = 0; c < channels; c++) visit(output++, n, c, row * stride - padding, column * stride - padding);
}

/** Calls `visit` for each place of a window that lies in the image: its place in the window and its place in the array. */
function forEachPlace(
  height: number, width: number, channels: number, window: number,
  image: number, channel: number, top: number, left: number, visit: (place: number, at: number) => void,
): void {
  for (let i = Math.max(top, 0); i < Math.min(top + window, height); i++)
    for (let j = Math.max(left, 0); j < Math.min(left + window, width); j++)
      visit((i - top) * window + j - left, ((image * height + i) * width + j) * channels + channel);
}

/**
 * y and index (batch, outHeight, outWidth, channels): the maximum of each window of x (batch, height, width, channels), NaN where
 * there is one, and the lowest place in the window (window * row + column) that holds it
 */
export function maxPool2d(
  x: FloatArray, y: FloatArray, index: Int32Array,
  batch: number, height: number, width: number, channels: number, window: number, stride: number, padding: number,
): void {
  forEachWindow(batch, height, width, channels, window, stride, padding, (output, image, channel, top, left) => {
    let best = -1;
    forEachPlace(height, width, channels, window, image, channel, top, left, (place, at) => {
      if (best >= 0 && !exceeds(x[at], y[output])) return;
      best = place;
      y[output] = x[at];
    });
    index[output] = best;
  });
}

/** dx (batch, height, width, channels): dy (batch, outHeight, outWidth, channels) goes to the places in index (the same shape) */
export function maxPool2dGradient(
  index: Int32Array, dy: FloatArray, dx: FloatArray,
  batch: number, height: number, width: number, channels: number, window: number, stride: number, padding: number,
): void {
  dx.fill(0, 0, batch * height * width * channels);
  forEachWindow(batch, height, width, channels, window, stride, padding, (output, image, channel, top, left) => {
    forEachPlace(height, width, channels, window, image, channel, top, left, (place, at) => {
      if (place === index[output]) dx[at] += dy[output];
    });
  });
}

/** y (batch, outHeight, outWidth, channels): the sum of each window of x (batch, height, width, channels), divided by window^2 */
export function averagePool2d(
  x: FloatArray, y: FloatArray,
  batch: number, height: number, width: number, channels: number, window: number, stride: number, padding: number,
): void {
  forEachWindow(batch, height, width, channels, window, stride, padding, (output, image, channel, top, left) => {
    let total = 0;
    forEachPlace(height, width, channels, window, image, channel, top, left, (_, at) => (total += x[at]));
    y[output] = total / (window * window);
  });
}

/** dx (batch, height, width, channels): each dy (batch, outHeight, outWidth, channels) / window^2 goes to all places of its window */
export function averagePool2dGradient(
  dy: FloatArray, dx: FloatArray,
  batch: number, height: number, width: number, channels: number, window: number, stride: number, padding: number,
): void {
  dx.fill(0, 0, batch * height * width * channels);
  forEachWindow(batch, height, width, channels, window, stride, padding, (output, image, channel, top, left) => {
    forEachPlace(height, width, channels, window, image, channel, top, left, (_, at) => (dx[at] += dy[output] / (window * window)));
  });
}
