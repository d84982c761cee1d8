// Checks the options of convolutions and of pooling, for the operations and for the layers that are made with them.
import { checkOptions, type OptionNames } from '@kk/options';
import { expectSizes } from '../../core/expect.js';
import type { Conv2dOptions } from '../conv2d.js';
import type { PoolingOptions } from '../pooling.js';

/** Throws a RangeError unless the numbers are right for some image; `kernel` is the height or the width of the kernel. */
export function checkConvolution(operation: string, kernel: number, { stride = 1, dilation = 1, padding = 0 }: Conv2dOptions): void {
  expectSizes(operation, { stride, dilation });
  const reach = dilation * (kernel - 1);
  if (padding !== 'same' && (!Number.isInteger(padding) || padding < 0 || padding > reach)) {
    throw new RangeError(`${operation}: padding is ${padding}; expected 'same' or a whole number from 0 to ${reach}: beyond that the kernel sees nothing but zeros.`);
  }
}

const poolingOptions: OptionNames<PoolingOptions> = { window: 'required', stride: 'optional', padding: 'optional' };

/** Throws a TypeError or a RangeError unless the options are right for some image. */
export function checkPooling(operation: string, options: PoolingOptions): void {
  checkOptions(operation, options, poolingOptions);
  const { window, stride = window, padding = 0 } = options;
  expectSizes(operation, { window, stride });
  if (!Number.isInteger(padding) || padding < 0 || 2 * padding > window) {
    throw new RangeError(`${operation}: padding is ${padding}; expected a whole number from 0 to ${Math.floor(window / 2)}, half the window.`);
  }
}
