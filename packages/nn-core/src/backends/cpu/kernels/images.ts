// Convolves images by plain loops, and pads them with zeros before. Images are (batch, height, width, channels), weights
// (kernelHeight, kernelWidth, channels, outChannels). Sums are doubles.
import { places } from '../../kernels-images.js';
import type { FloatArray } from '../arrays.js';
import { ACTIVATIONS } from './matmul.js';

/**
 * y (batch, outHeight, outWidth, channels)[n, top + i * spacing, left + j * spacing] = x (batch, height, width, channels)[n, i, j],
 * as far as that place is inside; 0 elsewhere
 */
export function pad2d(
  x: FloatArray, y: FloatArray,
  batch: number, height: number, width: number, channels: number, outHeight: number, outWidth: number, top: number, left: number, spacing: number,
): void {
  let at = 0;
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++) {
        const i = (row - top) / spacing;
        const j = (column - left) / spacing;
        const isInside = Number.isInteger(i) && Number.isInteger(j) && i >= 0 && i < height && j >= 0 && j < width;
        for (let c = 0; c < channels; c++) y[at++] = isInside ? x[((n * height + i) * width + j) * channels + c] : 0;
      }
}

/**
 * y (batch, outHeight, outWidth, outChannels) = act(bias + sum over the kernel's places and channels of x * weight).
 *
 * @param x (batch, height, width, channels)
 * @param weight (kernelHeight, kernelWidth, channels, outChannels)
 * @param bias (outChannels), or null
 * @param preActivation the shape of y: the value before the activation is written here; null for no need
 * @param stride places from one position of the kernel to the next
 * @param dilation places from one number of the kernel to the next
 * @param mirrored 1: the kernel is laid on the image upside down and back to front
 */
export function conv2d(
  x: FloatArray, weight: FloatArray, bias: FloatArray | null, y: FloatArray, preActivation: FloatArray | null,
  batch: number, height: number, width: number, channels: number, kernelHeight: number, kernelWidth: number, outChannels: number,
  stride: number, dilation: number, mirrored: number, activation: number,
): void {
  const act = ACTIVATIONS[activation];
  const outHeight = places(height, kernelHeight, stride, dilation);
  const outWidth = places(width, kernelWidth, stride, dilation);
  let at = 0;
  for (let n = 0; n < batch; n++)
    for (let row = 0; row < outHeight; row++)
      for (let column = 0; column < outWidth; column++)
        for (let o = 0; o < outChannels; o++) {
          let total = bias ? bias[o] : 0;
          for (let ky = 0; ky < kernelHeight; ky++)
            for (let kx = 0; kx < kernelWidth; kx++) {
              const i = row * stride + (mirrored ? kernelHeight - 1 - ky : ky) * dilation;
              const j = column * stride + (mirrored ? kernelWidth - 1 - kx : kx) * dilation;
              const from = ((n * height + i) * width + j) * channels;
              const to = (ky * kernelWidth + kx) * channels;
              for (let c = 0; c < channels; c++) total += x[from + c] * weight[(to + c) * outChannels + o];
            }
          if (preActivation) preActivation[at] = total;
          y[at++] = act(total);
        }
}

/**
 * dWeight (sums, kernelHeight, kernelWidth, channels, outChannels): part s is the gradient that images s, s + sums, s + 2 sums, ..
 * give; x (batch, height, width, channels), dy (batch, outHeight, outWidth, outChannels)
 */
export function conv2dWeightGradient(
  x: FloatArray, dy: FloatArray, dWeight: FloatArray,
  batch: number, height: number, width: number, channels: number, kernelHeight: number, kernelWidth: number, outChannels: number,
  stride: number, dilation: number, sums: number,
): void {
  const outHeight = places(height, kernelHeight, stride, dilation);
  const outWidth = places(width, kernelWidth, stride, dilation);
  let at = 0;
  for (let s = 0; s < sums; s++)
    for (let ky = 0; ky < kernelHeight; ky++)
      for (let kx = 0; kx < kernelWidth; kx++)
        for (let c = 0; c < channels; c++)
          for (let o = 0; o < outChannels; o++) {
            let total = 0;
            for (let n = s; n < batch; n += sums)
              for (let row = 0; row < outHeight; row++)
                for (let column = 0; column < outWidth; column++) {
                  const from = ((n * height + row * stride + ky * dilation) * width + column * stride + kx * dilation) * channels + c;
                  total += x[from] * dy[((n * outHeight + row) * outWidth + column) * outChannels + o];
                }
            dWeight[at++] = total;
          }
}
