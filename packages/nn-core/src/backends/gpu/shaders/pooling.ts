// Shaders of pooling, with images (batch, height, width, channels) seen as (batch * height, width, channels). A window begins at
// (row * stride - padding, column * stride - padding); what lies outside the image is passed over.
import { quotient, rest, whole } from './helpers.js';
import type { Cube, Float, Int, Invocation } from './language.js';

/** i, or 0 if it is negative. In an index, gpu.js writes Math.max with a whole number and a float, which GLSL does not know. */
function positive(i: Float): Float {
  if (i < 0) return 0;
  return i;
}

/** y (batch * outHeight, outWidth, channels) = the maximum of each window of x (batch * height, width, channels) */
export function maxPool2d(this: Invocation, x: Cube, height: Int, width: Int, outHeight: Int, window: Int, stride: Int, padding: Int): Float {
  const image = quotient(this.thread.z, outHeight);
  const top = rest(this.thread.z, image, outHeight) * stride - padding;
  const left = this.thread.y * stride - padding;
  let best = x[image * height + positive(top)][positive(left)][this.thread.x];
  for (let i = 0; i < window; i++) {
    for (let j = 0; j < window; j++) {
      if (top + i >= 0 && top + i < height && left + j >= 0 && left + j < width) best = Math.max(best, x[image * height + top + i][left + j][this.thread.x]);
    }
  }
  return best;
}

/** index (batch * outHeight, outWidth, channels, 2), as halves: the lowest place in each window that holds the maximum */
export function maxPool2dIndex(this: Invocation, x: Cube, height: Int, width: Int, outHeight: Int, window: Int, stride: Int, padding: Int): Float {
  const image = quotient(this.thread.z, outHeight);
  const c = quotient(this.thread.x, 2);
  const top = rest(this.thread.z, image, outHeight) * stride - padding;
  const left = this.thread.y * stride - padding;
  let best = x[image * height + positive(top)][positive(left)][c];
  let position = (positive(top) - top) * window + positive(left) - left;
  for (let i = 0; i < window; i++) {
    for (let j = 0; j < window; j++) {
      if (top + i >= 0 && top + i < height && left + j >= 0 && left + j < width) {
        if (x[image * height + top + i][left + j][c] > best) {
          best = x[image * height + top + i][left + j][c];
          position = i * window + j;
        }
      }
    }
  }
  const high = Math.floor(position * 0.0000152587890625); // 2^-16
  if (rest(this.thread.x, c, 2) === 1) return high;
  return position - high * 65536;
}

/** dx (batch * height, width, channels) = the sum of dy (batch * outHeight, outWidth, channels) where index (.., channels * 2 halves) points here */
export function maxPool2dGradient(
  this: Invocation, index: Cube, dy: Cube, height: Int, outHeight: Int, outWidth: Int, window: Int, stride: Int, padding: Int,
): Float {
  const image = quotient(this.thread.z, height);
  const down = rest(this.thread.z, image, height) + padding;
  const right = this.thread.y + padding;
  let total = 0;
  for (let i = 0; i < window; i++) {
    for (let j = 0; j < window; j++) {
      if (down >= i && right >= j) {
        const row = quotient(down - i, stride);
        const column = quotient(right - j, stride);
        if (row * stride + i === down && column * stride + j === right && row < outHeight && column < outWidth) {
          const at = image * outHeight + row;
          if (whole(index[at][column][this.thread.x * 2], index[at][column][this.thread.x * 2 + 1]) === i * window + j) total += dy[at][column][this.thread.x];
        }
      }
    }
  }
  return total;
}

/** y (batch * outHeight, outWidth, channels) = the sum of each window of x (batch * height, width, channels) / window^2 */
export function averagePool2d(this: Invocation, x: Cube, height: Int, width: Int, outHeight: Int, window: Int, stride: Int, padding: Int): Float {
  const image = quotient(this.thread.z, outHeight);
  const top = rest(this.thread.z, image, outHeight) * stride - padding;
  const left = this.thread.y * stride - padding;
  let total = 0;
  for (let i = 0; i < window; i++) {
    for (let j = 0; j < window; j++) {
      if (top + i >= 0 && top + i < height && left + j >= 0 && left + j < width) total += x[image * height + top + i][left + j][this.thread.x];
    }
  }
  return total / (window * window);
}

/** dx (batch * height, width, channels) = the sum of dy (batch * outHeight, outWidth, channels) over the windows that reach here / window^2 */
export function averagePool2dGradient(this: Invocation, dy: Cube, height: Int, outHeight: Int, outWidth: Int, window: Int, stride: Int, padding: Int): Float {
  const image = quotient(this.thread.z, height);
  const down = rest(this.thread.z, image, height) + padding;
  const right = this.thread.y + padding;
  let total = 0;
  for (let i = 0; i < window; i++) {
    for (let j = 0; j < window; j++) {
      if (down >= i && right >= j) {
        const row = quotient(down - i, stride);
        const column = quotient(right - j, stride);
        if (row * stride + i === down && column * stride + j === right && row < outHeight && column < outWidth) total += dy[image * outHeight + row][column][this.thread.x];
      }
    }
  }
  return total / (window * window);
}
