// Convolves images, with an optional bias and activation in the same kernel.
//
// Images are (batch, height, width, channels), the channels of a pixel side by side, and weights (kernelHeight, kernelWidth,
// channels, outChannels): TensorFlow's NHWC and HWIO. So the result of the matrix product that a convolution is (patches by
// weight) is the next image with nothing to be moved, and patches are made of long runs of memory.
import { checkOptions, type OptionNames } from '@kk/options';
import { places } from '../backends/kernels-images.js';
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { permute } from './shape.js';
import { expectFloat } from './shared/check.js';
import { activationCode, needsPreActivation, throughActivation, type Activation } from './shared/fused-activation.js';
import { checkConvolution } from './shared/images.js';

export interface Conv2dOptions {
  /** (outChannels), added at every position. */
  bias?: Tensor;
  activation?: Activation;
  /** Pixels from one position of the kernel to the next, 1 or more; default 1. */
  stride?: number;
  /**
   * Zeros on each of the four sides, 0 (the default) to dilation * (kernel's size - 1). `same`: as many as make the result
   * ceil(size / stride) high and wide; where they are odd, one more below and on the right.
   */
  padding?: number | 'same';
  /** Pixels from one number of the kernel to the next, 1 or more; default 1. */
  dilation?: number;
}

const conv2dOptions: OptionNames<Conv2dOptions> = { bias: 'optional', activation: 'optional', stride: 'optional', padding: 'optional', dilation: 'optional' };

/** One axis of the image. */
interface Axis {
  readonly size: number;
  /** From the first to the last pixel under the kernel. */
  readonly reach: number;
  /** Zeros before the first pixel. */
  readonly before: number;
  /** With the zeros. */
  readonly padded: number;
  /** Positions of the kernel. */
  readonly out: number;
}

/** The most numbers that parts of a sum over all positions may take, so that a large weight is not held dozens of times. */
const MOST_PART_NUMBERS = 2 ** 20;

/**
 * y[n, i, j, o] = act(bias[o] + sum over the kernel's places (k, l) and channels c of x[n, i * stride + k * dilation, j * stride +
 * l * dilation, c] * weight[k, l, c, o]), x having zeros around it. As in all of deep learning the kernel is not mirrored.
 * @param x (batch, height, width, channels)
 * @param weight (kernelHeight, kernelWidth, channels, outChannels)
 * @returns (batch, outHeight, outWidth, outChannels), outHeight = floor((height + padding - dilation * (kernelHeight - 1) - 1) / stride) + 1
 * @throws RangeError when shapes or options do not fit, or the kernel is larger than the image with its padding
 */
export function conv2d(x: Tensor, weight: Tensor, options: Conv2dOptions = {}): Tensor {
  checkOptions('conv2d', options, conv2dOptions);
  const { bias, activation = 'none', stride = 1, dilation = 1, padding = 0 } = options;
  expectFloat('conv2d', x, weight, ...(bias ? [bias] : []));
  if (x.rank !== 4 || weight.rank !== 4 || x.shape[3] !== weight.shape[2]) {
    throw new RangeError(`conv2d: x is ${formatShape(x.shape)} and weight is ${formatShape(weight.shape)}; expected (batch, height, width, channels) and (kernelHeight, kernelWidth, channels, outChannels), the same channels in both.`);
  }
  for (const kernel of weight.shape.slice(0, 2)) checkConvolution('conv2d', kernel, options);
  const [batch, height, width] = x.shape as [number, number, number, number];
  const [kernelHeight, kernelWidth, , outChannels] = weight.shape as [number, number, number, number];
  if (bias && !sameShape(bias.shape, [outChannels])) throw new RangeError(`conv2d: bias has shape ${formatShape(bias.shape)}; expected (${outChannels}), one number an output channel.`);
  const rows = planAxis(height, kernelHeight, stride, dilation, padding);
  const columns = planAxis(width, kernelWidth, stride, dilation, padding);

  const { engine } = x;
  const inputs = bias ? [x, weight, bias] : [x, weight];
  const isRecorded = engine.isRecording && inputs.some((input) => input.requiresGradient);
  const padded = pad(x, rows.padded, columns.padded, rows.before, columns.before);
  const y = engine.allocate([batch, rows.out, columns.out, outChannels], x.dtype);
  const preActivation = isRecorded && needsPreActivation(activation) ? engine.allocate(y.shape, y.dtype) : null;
  const kernel = [kernelHeight, kernelWidth];
  engine.run('conv2d', [padded, weight, bias ?? null, y, preActivation], [...padded.shape, ...kernel, outChannels, stride, dilation, 0, activationCode('conv2d', activation)]);
  if (padded !== x && !isRecorded) padded.dispose();

  return record('conv2d', y, inputs, (dy) => {
    const g = throughActivation(activation, preActivation ?? y, dy);
    const dx = x.requiresGradient ? inputGradient(g, x, weight, rows, columns, stride, dilation) : null;
    const dWeight = weight.requiresGradient ? weightGradient(g, padded, weight, stride, dilation) : null;
    const dBias = bias?.requiresGradient ? engine.allocate(bias.shape, bias.dtype) : null;
    if (dBias) engine.run('sum', [g, dBias], [1, batch * rows.out * columns.out, outChannels]);
    if (g !== dy) g.dispose();
    return bias ? [dx, dWeight, dBias] : [dx, dWeight];
  });
}

function planAxis(size: number, kernel: number, stride: number, dilation: number, padding: number | 'same'): Axis {
  const reach = dilation * (kernel - 1);
  const zeros = padding === 'same' ? Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach + 1 - size) : 2 * padding;
  const before = Math.floor(zeros / 2);
  const padded = size + zeros;
  const out = places(padded, kernel, stride, dilation);
  if (out === 0) throw new RangeError(`conv2d: a kernel that reaches over ${reach + 1} pixels does not fit on ${padded}: use a smaller kernel or dilation, or padding.`);
  return { size, reach, before, padded, out };
}

/** x with zeros around it and, with `spacing`, between its pixels; x itself where there is nothing to be added. Not recorded. */
function pad(x: Tensor, outHeight: number, outWidth: number, top: number, left: number, spacing = 1): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (outHeight === height && outWidth === width && spacing === 1) return x;
  const y = x.engine.allocate([batch, outHeight, outWidth, channels], x.dtype);
  x.engine.run('pad2d', [x, y], [batch, height, width, channels, outHeight, outWidth, top, left, spacing]);
  return y;
}

/**
 * A pixel gets what each position of the kernel above it passes back: a convolution of dy, spread by the stride, with the mirrored
 * kernel, in which outputs and inputs have changed places. A gather, as a GPU needs it.
 */
function inputGradient(dy: Tensor, x: Tensor, weight: Tensor, rows: Axis, columns: Axis, stride: number, dilation: number): Tensor {
  const { engine } = x;
  const [kernelHeight, kernelWidth, channels] = weight.shape as [number, number, number];
  const spread = pad(dy, rows.size + rows.reach, columns.size + columns.reach, rows.reach - rows.before, columns.reach - columns.before, stride);
  const swapped = permute(weight, [0, 1, 3, 2]);
  const dx = engine.allocate(x.shape, x.dtype);
  engine.run('conv2d', [spread, swapped, null, dx, null], [...spread.shape, kernelHeight, kernelWidth, channels, 1, dilation, 1, activationCode('conv2d', 'none')]);
  swapped.dispose();
  if (spread !== dy) spread.dispose();
  return dx;
}

/** The sum over all positions of patch by dy; in parts, so that threads and GPUs can share it. */
function weightGradient(dy: Tensor, padded: Tensor, weight: Tensor, stride: number, dilation: number): Tensor {
  const { engine } = weight;
  const [kernelHeight, kernelWidth, , outChannels] = weight.shape as [number, number, number, number];
  const sums = Math.max(1, Math.min(padded.shape[0]!, Math.floor(MOST_PART_NUMBERS / Math.max(1, weight.size))));
  const parts = engine.allocate([sums, ...weight.shape], weight.dtype);
  engine.run('conv2dWeightGradient', [padded, dy, parts], [...padded.shape, kernelHeight, kernelWidth, outChannels, stride, dilation, sums]);
  const dWeight = engine.allocate(weight.shape, weight.dtype);
  engine.run('sum', [parts, dWeight], [1, sums, weight.size]);
  parts.dispose();
  return dWeight;
}
