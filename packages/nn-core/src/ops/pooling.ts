// Pools images (batch, height, width, channels): one number for each window of each channel.
import type { KernelName } from '../backends/kernels.js';
import { places } from '../backends/kernels-images.js';
import { formatShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat } from './shared/check.js';
import { checkPooling } from './shared/images.js';

export interface PoolingOptions {
  /** Height and width of a window. */
  window: number;
  /** Pixels from one window to the next; default: the window's size, so that they lie side by side. */
  stride?: number;
  /** Pixels that the first window begins before the image, at most half a window; default 0. */
  padding?: number;
}

/** The sizes of the result, and the numbers that the four kernels take. */
function plan(operation: string, x: Tensor, options: PoolingOptions): { shape: number[]; numbers: number[] } {
  expectFloat(operation, x);
  checkPooling(operation, options);
  const { window, stride = window, padding = 0 } = options;
  if (x.rank !== 4) throw new RangeError(`${operation}: x is ${formatShape(x.shape)}; expected (batch, height, width, channels).`);
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [outHeight, outWidth] = [height, width].map((size) => places(size + 2 * padding, window, stride)) as [number, number];
  if (outHeight === 0 || outWidth === 0) throw new RangeError(`${operation}: a window of ${window} does not fit on an image of ${height} x ${width} pixels with padding ${padding}.`);
  return { shape: [batch, outHeight, outWidth, channels], numbers: [batch, height, width, channels, window, stride, padding] };
}

/**
 * The maximum of each window of each channel, NaN where there is one; its gradient goes to the first place of the window that holds it. Padding never wins.
 * @param x (batch, height, width, channels)
 * @returns (batch, outHeight, outWidth, channels), outHeight = floor((height + 2 * padding - window) / stride) + 1
 * @throws RangeError when the window does not fit
 */
export function maxPool2d(x: Tensor, options: PoolingOptions): Tensor {
  const { shape, numbers } = plan('maxPool2d', x, options);
  const y = x.engine.allocate(shape, x.dtype);
  const index = x.engine.allocate(shape, 'int32');
  x.engine.run('maxPool2d', [x, y, index], numbers);
  return record('maxPool2d', y, [x], (dy) => [gradient('maxPool2dGradient', x, [index, dy], numbers)]);
}

/**
 * The average of each window of each channel. Padding counts as zeros, as in PyTorch.
 * @param x (batch, height, width, channels)
 * @returns (batch, outHeight, outWidth, channels), sizes as those of `maxPool2d`
 * @throws RangeError when the window does not fit
 */
export function averagePool2d(x: Tensor, options: PoolingOptions): Tensor {
  const { shape, numbers } = plan('averagePool2d', x, options);
  const y = x.engine.allocate(shape, x.dtype);
  x.engine.run('averagePool2d', [x, y], numbers);
  return record('averagePool2d', y, [x], (dy) => [gradient('averagePool2dGradient', x, [dy], numbers)]);
}

function gradient(kernel: KernelName, x: Tensor, inputs: readonly Tensor[], numbers: readonly number[]): Tensor {
  const dx = x.engine.allocate(x.shape, x.dtype);
  x.engine.run(kernel, [...inputs, dx], numbers);
  return dx;
}
