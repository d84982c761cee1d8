// Lists the kernels of convolution and pooling: rows of the contract in `kernels.ts`, which says how they are to be read.
//
// An image is (batch, height, width, channels), the channels of a pixel side by side. The weight of a convolution is (kernelHeight,
// kernelWidth, channels, outChannels): seen as a matrix (kernelHeight * kernelWidth * channels, outChannels), its product with
// the patches of x, one a row, is y with nothing to be moved. outHeight and outWidth are `places` of height and width. Padding is
// a kernel of its own, `pad2d`, so that convolution never meets an edge.
import type { KernelSignature } from './kernels.js';

/** The activations that convolutions and matrix products apply: 0 none, 1 relu, 2 gelu, 3 geluErf, 4 silu. */
export const isActivation = (code: number): true | string => code <= 4 || 'activation must be a whole number from 0 to 4';

/**
 * How many positions a window of `window` numbers, `dilation` apart, has on an axis of `size`, each `stride` behind the last.
 * 0 where the window does not fit.
 */
export function places(size: number, window: number, stride: number, dilation = 1): number {
  const reach = dilation * (window - 1);
  return window > 0 && stride > 0 && size > reach ? Math.floor((size - reach - 1) / stride) + 1 : 0;
}

/** The elements of an image that pooling reads, and of the one that it writes. */
function pooledLengths(batch: number, height: number, width: number, channels: number, window: number, stride: number, padding: number): { x: number; y: number } {
  const y = batch * places(height + 2 * padding, window, stride) * places(width + 2 * padding, window, stride) * channels;
  return { x: batch * height * width * channels, y };
}

const poolingNumbers = ['batch', 'height', 'width', 'channels', 'window', 'stride', 'padding'] as const;
const noEmptyWindow = (_batch: number, _height: number, _width: number, _channels: number, window: number, _stride: number, padding: number): true | string =>
  2 * padding <= window || 'padding must not exceed half the window';

export const imageKernels = {
  /** y (batch, outHeight, outWidth, channels)[n, top + i * spacing, left + j * spacing] = x[n, i, j] as far as that place is inside, else 0 */
  pad2d: {
    inputs: ['x'], outputs: ['y'], numbers: ['batch', 'height', 'width', 'channels', 'outHeight', 'outWidth', 'top', 'left', 'spacing'],
    lengths: (batch, height, width, channels, outHeight, outWidth) => [batch * height * width * channels, batch * outHeight * outWidth * channels],
    requires: (...n) => n[8]! >= 1 || n.every((number) => number === 0) || 'spacing must be 1 or more',
  },
  /**
   * y[n, row, column, o] = act(bias[o] + sum over i, j, c of x[n, row * stride + i * dilation, column * stride + j * dilation, c] *
   * weight[i, j, c, o]). mirrored = 1: kernelHeight - 1 - i and kernelWidth - 1 - j in x in place of i and j, which is how the
   * gradient by x goes back: from dy, spread by the stride, with weight's last two axes swapped. activation and
   * `preActivation` as in matmul.
   */
  conv2d: {
    inputs: ['x', 'weight', 'bias?'],
    outputs: ['y', 'preActivation?'],
    numbers: ['batch', 'height', 'width', 'channels', 'kernelHeight', 'kernelWidth', 'outChannels', 'stride', 'dilation', 'mirrored', 'activation'],
    lengths: (batch, height, width, channels, kernelHeight, kernelWidth, outChannels, stride, dilation) => {
      const y = batch * places(height, kernelHeight, stride, dilation) * places(width, kernelWidth, stride, dilation) * outChannels;
      return [batch * height * width * channels, kernelHeight * kernelWidth * channels * outChannels, outChannels, y, y];
    },
    requires: (...n) => isActivation(n[10]!),
  },
  /**
   * dWeight (sums, kernelHeight, kernelWidth, channels, outChannels), whose sum over the first axis is the gradient by weight:
   * part s is what images s, s + sums, s + 2 sums, .. give. That is how threads and a GPU share a sum over all positions.
   */
  conv2dWeightGradient: {
    inputs: ['x', 'dy'],
    outputs: ['dWeight'],
    numbers: ['batch', 'height', 'width', 'channels', 'kernelHeight', 'kernelWidth', 'outChannels', 'stride', 'dilation', 'sums'],
    lengths: (batch, height, width, channels, kernelHeight, kernelWidth, outChannels, stride, dilation, sums) => [
      batch * height * width * channels,
      batch * places(height, kernelHeight, stride, dilation) * places(width, kernelWidth, stride, dilation) * outChannels,
      sums * kernelHeight * kernelWidth * channels * outChannels,
    ],
  },
  /**
   * y (batch, outHeight, outWidth, channels) = the maximum of each window (window, window) of x, windows being `stride` apart and
   * the first one beginning `padding` before x; index: the lowest place in the window (window * row + column) that holds it.
   * NaN in a window is its maximum, on gpu undefined.
   */
  maxPool2d: {
    inputs: ['x'], outputs: ['y', 'index: int32'], numbers: poolingNumbers,
    lengths: (...n) => {
      const { x, y } = pooledLengths(...(n as Parameters<typeof pooledLengths>));
      return [x, y, y];
    },
    requires: noEmptyWindow,
  },
  /** dx = the sum of dy over the windows whose maximum stood there */
  maxPool2dGradient: {
    inputs: ['index: int32', 'dy'], outputs: ['dx'], numbers: poolingNumbers,
    lengths: (...n) => {
      const { x, y } = pooledLengths(...(n as Parameters<typeof pooledLengths>));
      return [y, y, x];
    },
    requires: noEmptyWindow,
  },
  /** y = the sum of each window of x / window^2, the padding being zeros */
  averagePool2d: {
    inputs: ['x'], outputs: ['y'], numbers: poolingNumbers,
    lengths: (...n) => {
      const { x, y } = pooledLengths(...(n as Parameters<typeof pooledLengths>));
      return [x, y];
    },
    requires: noEmptyWindow,
  },
  /** dx = the sum of dy over the windows that reach there / window^2 */
  averagePool2dGradient: {
    inputs: ['dy'], outputs: ['dx'], numbers: poolingNumbers,
    lengths: (...n) => {
      const { x, y } = pooledLengths(...(n as Parameters<typeof pooledLengths>));
      return [y, x];
    },
    requires: noEmptyWindow,
  },
} as const satisfies Record<string, KernelSignature>;
