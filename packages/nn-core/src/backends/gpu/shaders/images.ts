// Convolves images, with (batch, height, width, channels) seen as (batch * height, width, channels). Padding is a shader of its
// own, so that the others read without a question.
import { finished, quotient, rest } from './helpers.js';
import type { Cube, Float, Int, Invocation, Vector } from './language.js';

/** y (batch * outHeight, outWidth, channels) = x (batch * height, width, channels) from (top, left) on, `spacing` apart; 0 elsewhere */
export function pad2d(this: Invocation, x: Cube, height: Int, width: Int, outHeight: Int, top: Int, left: Int, spacing: Int): Float {
  const image = quotient(this.thread.z, outHeight);
  const down = rest(this.thread.z, image, outHeight) - top;
  const right = this.thread.y - left;
  if (down < 0) return 0;
  if (right < 0) return 0;
  const i = quotient(down, spacing);
  const j = quotient(right, spacing);
  if (i >= height) return 0;
  if (j >= width) return 0;
  if (i * spacing < down) return 0;
  if (j * spacing < right) return 0;
  return x[image * height + i][j][this.thread.x];
}

/**
 * y (batch * outHeight, outWidth, outChannels); weight (kernelHeight * kernelWidth, channels, outChannels), bias (outChannels)
 * when hasBias = 1. The kernel's first number lies at (firstY, firstX) of a patch, the next ones `step` further, which is
 * negative in a mirrored kernel.
 */
export function conv2d(
  this: Invocation, x: Cube, weight: Cube, bias: Vector, height: Int, outHeight: Int, channels: Int, kernelHeight: Int, kernelWidth: Int,
  stride: Int, firstY: Int, firstX: Int, step: Int, hasBias: Int, activation: Int,
): Float {
  const image = quotient(this.thread.z, outHeight);
  const top = image * height + rest(this.thread.z, image, outHeight) * stride + firstY;
  const left = this.thread.y * stride + firstX;
  let total = 0;
  for (let ky = 0; ky < kernelHeight; ky++) {
    for (let kx = 0; kx < kernelWidth; kx++) {
      for (let c = 0; c < channels; c++) total += x[top + ky * step][left + kx * step][c] * weight[ky * kernelWidth + kx][c][this.thread.x];
    }
  }
  return finished(total, bias[this.thread.x * hasBias], hasBias, activation);
}

/** dWeight (sums, kernelHeight * kernelWidth * channels, outChannels): part z takes images z, z + sums, ..; dy (batch * outHeight, outWidth, outChannels) */
export function conv2dWeightGradient(
  this: Invocation, x: Cube, dy: Cube, batch: Int, height: Int, channels: Int, kernelWidth: Int, outHeight: Int, outWidth: Int,
  stride: Int, dilation: Int, sums: Int,
): Float {
  const place = quotient(this.thread.y, channels);
  const c = rest(this.thread.y, place, channels);
  const ky = quotient(place, kernelWidth);
  const top = ky * dilation;
  const left = rest(place, ky, kernelWidth) * dilation;
  let total = 0;
  for (let n = 0; this.thread.z + n * sums < batch; n++) {
    for (let i = 0; i < outHeight; i++) {
      for (let j = 0; j < outWidth; j++) {
        total += x[(this.thread.z + n * sums) * height + i * stride + top][j * stride + left][c] * dy[(this.thread.z + n * sums) * outHeight + i][j][this.thread.x];
      }
    }
  }
  return total;
}
