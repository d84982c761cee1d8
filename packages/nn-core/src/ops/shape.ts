// Moves elements and computes nothing: reshape, permute, expand, slice, concatenate.
import { expectList } from '../core/expect.js';
import { aroundAxis, broadcastShapes, checkShape, formatShape, resolveAxis, sameShape, sizeOf, stridesOf, type Shape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectTensor } from './shared/check.js';

const MAXIMUM_RANK = 6;

/** The same elements under another shape; one size may be -1 and is then computed. Shares the buffer. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  expectTensor('reshape', x);
  expectList('reshape', 'shape', shape);
  const unknown = shape.indexOf(-1);
  let target = shape;
  if (unknown >= 0) {
    const known = shape.reduce((product, length, axis) => (axis === unknown ? product : product * length), 1);
    target = shape.map((length, axis) => (axis === unknown ? x.size / known : length));
  }
  if (!target.every((length) => Number.isInteger(length) && length >= 0) || sizeOf(target) !== x.size) {
    throw new RangeError(`reshape: ${formatShape(x.shape)} has ${x.size} elements and cannot become ${formatShape(shape)}.`);
  }
  return record('reshape', x.engine.alias(x, target), [x], (dy) => [dy.engine.alias(dy, x.shape)]);
}

/** Copies x through the stridedCopy kernel: `strides` says for each output axis how far to step in x. */
function stridedCopy(x: Tensor, shape: Shape, strides: readonly number[]): Tensor {
  if (shape.length > MAXIMUM_RANK) throw new RangeError(`Tensors of rank ${shape.length} cannot be permuted or expanded: at most ${MAXIMUM_RANK} axes.`);
  const y = x.engine.allocate(shape, x.dtype);
  y.takeBoundsOf(x);
  const padding = MAXIMUM_RANK - shape.length;
  x.engine.run('stridedCopy', [x, y], [...new Array<number>(padding).fill(1), ...shape, ...new Array<number>(padding).fill(0), ...strides]);
  return y;
}

/** Reorders the axes: axis i of the result is axis `axes[i]` of x. */
export function permute(x: Tensor, axes: readonly number[]): Tensor {
  expectTensor('permute', x);
  expectList('permute', 'axes', axes);
  if (axes.length !== x.rank || new Set(axes).size !== axes.length || !axes.every((axis) => Number.isInteger(axis) && axis >= 0 && axis < x.rank)) {
    throw new RangeError(`permute: axes ${formatShape(axes)} must name each of the ${x.rank} axes of ${formatShape(x.shape)} once, from 0 on.`);
  }
  const strides = stridesOf(x.shape);
  const inverse = new Array<number>(axes.length);
  axes.forEach((axis, i) => (inverse[axis] = i));
  const y = stridedCopy(x, axes.map((axis) => x.shape[axis]!), axes.map((axis) => strides[axis]!));
  return record('permute', y, [x], (dy) => [permute(dy, inverse)]);
}

/** Swaps the last two axes. */
export function transpose(x: Tensor): Tensor {
  expectTensor('transpose', x);
  if (x.rank < 2) throw new RangeError(`transpose swaps the last two axes; got shape ${formatShape(x.shape)}.`);
  const axes = x.shape.map((_, axis) => axis);
  [axes[x.rank - 1], axes[x.rank - 2]] = [x.rank - 2, x.rank - 1];
  return permute(x, axes);
}

/** Repeats x along axes of size 1 (and new leading axes) until it has `shape`. The gradient sums over the repetitions. */
export function expand(x: Tensor, shape: Shape): Tensor {
  expectTensor('expand', x);
  checkShape(shape, 'expand');
  if (sameShape(x.shape, shape)) return x;
  if (!sameShape(broadcastShapes(x.shape, shape, 'expand'), shape)) {
    throw new RangeError(`expand: ${formatShape(x.shape)} cannot be repeated to ${formatShape(shape)}: sizes must be equal or 1.`);
  }
  const own = stridesOf(x.shape);
  const lead = shape.length - x.rank;
  const y = stridedCopy(x, shape, shape.map((_, axis) => (axis < lead || x.shape[axis - lead] === 1 ? 0 : own[axis - lead]!)));
  return record('expand', y, [x], (dy) => {
    let gradient = dy.engine.alias(dy);
    for (let axis = 0; axis < shape.length; axis++) {
      if (axis < lead || (x.shape[axis - lead] === 1 && shape[axis] !== 1)) {
        const reduced = sumAlong(gradient, axis);
        gradient.dispose();
        gradient = reduced;
      }
    }
    const result = dy.engine.alias(gradient, x.shape);
    gradient.dispose();
    return [result];
  });
}

/** Sums along one axis and leaves it with size 1. */
function sumAlong(x: Tensor, axis: number): Tensor {
  const { outer, length, inner } = aroundAxis(x.shape, axis);
  const y = x.engine.allocate(x.shape.map((size, i) => (i === axis ? 1 : size)), x.dtype);
  x.engine.run('sum', [x, y], [outer, length, inner]);
  return y;
}

/** `count` positions along an axis, from `start` on. */
export function slice(x: Tensor, axis: number, start: number, count: number): Tensor {
  expectTensor('slice', x);
  const at = resolveAxis(axis, x.rank, 'slice');
  const { outer, length, inner } = aroundAxis(x.shape, at);
  if (!Number.isInteger(start) || !Number.isInteger(count) || start < 0 || count < 0 || start + count > length) {
    throw new RangeError(`slice: positions ${start} to ${start + count} do not lie in axis ${at} of ${formatShape(x.shape)}.`);
  }
  const numbers = [outer, length, inner, start, count];
  const y = x.engine.allocate(x.shape.map((size, i) => (i === at ? count : size)), x.dtype);
  y.takeBoundsOf(x);
  x.engine.run('slice', [x, y], numbers);
  return record('slice', y, [x], (dy) => {
    const dx = dy.engine.allocate(x.shape, x.dtype);
    dy.engine.run('sliceGradient', [dy, dx], numbers);
    return [dx];
  });
}

/** Tensors one after the other along an axis; all other sizes must be equal. */
export function concatenate(tensors: readonly Tensor[], axis = 0): Tensor {
  expectList('concatenate', 'tensors', tensors);
  expectTensor('concatenate', ...tensors);
  const [first, ...rest] = tensors;
  if (!first) throw new RangeError('concatenate needs at least one tensor.');
  return rest.reduce((left, right) => concatenateTwo(left, right, axis), first);
}

function concatenateTwo(a: Tensor, b: Tensor, axis: number): Tensor {
  const at = resolveAxis(axis, a.rank, 'concatenate');
  if (a.rank !== b.rank || a.dtype !== b.dtype || a.shape.some((size, i) => i !== at && size !== b.shape[i])) {
    throw new RangeError(`concatenate: ${formatShape(a.shape)} ${a.dtype} and ${formatShape(b.shape)} ${b.dtype} differ in more than axis ${at}.`);
  }
  const { outer, length: aLength, inner } = aroundAxis(a.shape, at);
  const bLength = b.shape[at]!;
  const y = a.engine.allocate(a.shape.map((size, i) => (i === at ? aLength + bLength : size)), a.dtype);
  y.takeBoundsOf(a, b);
  a.engine.run('concatenate', [a, b, y], [outer, aLength, bLength, inner]);
  return record('concatenate', y, [a, b], (dy) => [
    a.requiresGradient ? slice(dy, at, 0, aLength) : null,
    b.requiresGradient ? slice(dy, at, aLength, bLength) : null,
  ]);
}
