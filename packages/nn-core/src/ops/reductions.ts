// Operations that shorten an axis to one number: sum, mean, maximum, and where the maximum is.
import { aroundAxis, formatShape, resolveAxis, type Shape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat } from './check.js';
import { scale } from './elementwise.js';
import { expand, reshape } from './shape.js';

/** The sizes around the reduced axis (all of them when `axis` is undefined) and the shape of the result. */
function plan(operation: string, x: Tensor, axis: number | undefined, keepAxis: boolean) {
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

/** The maximum along an axis; its gradient goes to the lowest position that holds it. */
export function maximum(x: Tensor, axis: number, keepAxis = false): Tensor {
  return maximumWithIndex(x, axis, keepAxis).values;
}

/** The position of the maximum along an axis, the lowest one on ties, as int32. */
export function argmax(x: Tensor, axis: number, keepAxis = false): Tensor {
  return maximumWithIndex(x, axis, keepAxis).indices;
}

function maximumWithIndex(x: Tensor, axis: number, keepAxis: boolean): { values: Tensor; indices: Tensor } {
  expectFloat('maximum', x);
  const { outer, length, inner, shape } = plan('maximum', x, axis, keepAxis);
  if (length === 0) throw new RangeError(`maximum: axis ${axis} of ${formatShape(x.shape)} is empty.`);
  const values = x.engine.allocate(shape, x.dtype);
  const indices = x.engine.allocate(shape, 'int32');
  indices.bounds = { minimum: 0, maximum: length - 1 };
  x.engine.run('maximum', [x, values, indices], [outer, length, inner]);
  record('maximum', values, [x], (dy) => {
    const dx = dy.engine.allocate(x.shape, x.dtype);
    dy.engine.run('maximumGradient', [indices, dy, dx], [outer, length, inner]);
    return [dx];
  });
  return { values, indices };
}
