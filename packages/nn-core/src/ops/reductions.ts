// Shortens an axis to one number: sum, mean, variance, extremes and where they are.
import { checkOptions, type OptionNames } from '@kk/options';
import { expectFlag } from '../core/expect.js';
import { aroundAxis, formatShape, resolveAxis, type Shape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectNumber, expectTensor } from './shared/check.js';
import { equal, where } from './comparisons.js';
import { multiply, negate, scale, sqrt, square, subtract } from './elementwise.js';
import { expand, reshape } from './shape.js';

/** The sizes around the reduced axis (all of them when `axis` is undefined) and the shape of the result. */
function plan(operation: string, x: Tensor, axis: number | undefined, keepAxis: boolean) {
  expectTensor(operation, x);
  expectFlag(operation, 'keepAxis', keepAxis);
  if (axis === undefined) return { outer: 1, length: x.size, inner: 1, shape: keepAxis ? x.shape.map(() => 1) : [], kept: x.shape.map(() => 1) };
  const at = resolveAxis(axis, x.rank, operation);
  const kept = x.shape.map((size, i) => (i === at ? 1 : size));
  return { ...aroundAxis(x.shape, at), shape: (keepAxis ? kept : x.shape.filter((_, i) => i !== at)) as Shape, kept: kept as Shape };
}

/** The sum along an axis, or of everything. `keepAxis` leaves the axis with size 1. */
export function sum(x: Tensor, axis?: number, keepAxis = false): Tensor {
  expectFloat('sum', x);
  const { outer, length, inner, shape, kept } = plan('sum', x, axis, keepAxis);
  const y = x.engine.allocate(shape, x.dtype);
  x.engine.run('sum', [x, y], [outer, length, inner]);
  return record('sum', y, [x], (dy) => {
    const column = reshape(dy, kept);
    const expanded = expand(column, x.shape);
    if (expanded !== column) column.dispose();
    return [expanded];
  });
}

/** The mean along an axis, or of everything. Throws a RangeError where there is nothing to average. */
export function mean(x: Tensor, axis?: number, keepAxis = false): Tensor {
  const { length } = plan('mean', x, axis, keepAxis);
  if (length === 0) throw new RangeError(`mean: the shape ${formatShape(x.shape)} has nothing to average.`);
  return scale(sum(x, axis, keepAxis), 1 / length);
}

/** How `variance` and `std` count. */
export interface VarianceOptions {
  /** Leaves the axis with size 1; default false. */
  readonly keepAxis?: boolean;
  /** What is subtracted from the number of elements to divide by: 1 (default) estimates the variance of a population from a sample, 0 is the variance of these numbers. */
  readonly correction?: number;
}

const varianceOptions: OptionNames<VarianceOptions> = { keepAxis: 'flag', correction: 'optional' };

/**
 * The variance along an axis, or of everything: the sum of (x - mean)^2 over the number of elements minus `correction`.
 * Throws a RangeError where that leaves nothing to divide by.
 */
export function variance(x: Tensor, axis?: number, options: VarianceOptions = {}): Tensor {
  checkOptions('variance', options, varianceOptions);
  const { keepAxis = false, correction = 1 } = options;
  const { length, kept } = plan('variance', x, axis, keepAxis);
  expectNumber('variance', 'correction', correction);
  const divisor = length - correction;
  if (!(divisor > 0)) throw new RangeError(`variance: ${length} elements with correction ${correction} leave nothing to divide by: take more elements, or correction 0.`);
  const average = reshape(mean(x, axis, keepAxis), kept);
  return scale(sum(square(subtract(x, average)), axis, keepAxis), 1 / divisor);
}

/** The standard deviation, the square root of `variance`; its gradient is 0 where all numbers are equal. */
export function std(x: Tensor, axis?: number, options: VarianceOptions = {}): Tensor {
  checkOptions('std', options, varianceOptions);
  const squared = variance(x, axis, options);
  const isZero = equal(squared, 0);
  return multiply(sqrt(where(isZero, 1, squared)), scale(isZero, -1, 1));
}

/** The greatest number along an axis, or of everything, NaN where there is one; its gradient goes to the lowest position that holds it. */
export function max(x: Tensor, axis?: number, keepAxis = false): Tensor {
  return maxWithIndex('max', x, axis, keepAxis).values;
}

/** The smallest number along an axis, or of everything, NaN where there is one; its gradient goes to the lowest position that holds it. */
export function min(x: Tensor, axis?: number, keepAxis = false): Tensor {
  return negate(maxWithIndex('min', negate(x), axis, keepAxis).values);
}

/** The position of the greatest number along an axis (or in all of them), or of NaN where there is one; the lowest one on ties, as int32. */
export function argmax(x: Tensor, axis?: number, keepAxis = false): Tensor {
  return maxWithIndex('argmax', x, axis, keepAxis).indices;
}

/** The position of the smallest number along an axis (or in all of them), or of NaN where there is one; the lowest one on ties, as int32. */
export function argmin(x: Tensor, axis?: number, keepAxis = false): Tensor {
  return maxWithIndex('argmin', negate(x), axis, keepAxis).indices;
}

function maxWithIndex(operation: string, x: Tensor, axis: number | undefined, keepAxis: boolean): { values: Tensor; indices: Tensor } {
  expectFloat(operation, x);
  const { outer, length, inner, shape } = plan(operation, x, axis, keepAxis);
  if (length === 0) throw new RangeError(`${operation}: the shape ${formatShape(x.shape)} has nothing to compare along this axis.`);
  const values = x.engine.allocate(shape, x.dtype);
  const indices = x.engine.allocate(shape, 'int32');
  indices.bounds = { minimum: 0, maximum: length - 1 };
  x.engine.run('max', [x, values, indices], [outer, length, inner]);
  record(operation, values, [x], (dy) => {
    const dx = dy.engine.allocate(x.shape, x.dtype);
    dy.engine.run('maxGradient', [indices, dy, dx], [outer, length, inner]);
    return [dx];
  });
  return { values, indices };
}
