// Checks, compares and broadcasts shapes: lists of sizes, slowest axis first. They live on the host; an empty list is a single number.
import { expectList } from './expect.js';

export type Shape = readonly number[];

/** The number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** `(2, 3)`, for error messages. */
export const formatShape = (shape: Shape): string => `(${shape.join(', ')})`;

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((length, axis) => length === b[axis]);

/** Throws a RangeError unless every size is a whole number from 0 to 2^31 - 1 and the product is too, a TypeError when the shape is no list. */
export function checkShape(shape: Shape, what: string): void {
  expectList(what, 'shape', shape);
  if (!shape.every((length) => Number.isInteger(length) && length >= 0) || sizeOf(shape) > 0x7fffffff) {
    throw new RangeError(`${what}: the shape ${formatShape(shape)} is not possible: sizes must be whole numbers >= 0 with at most 2147483647 elements in all.`);
  }
}

/** Turns an axis that may count from the end (-1 is the last) into one that counts from the start. */
export function resolveAxis(axis: number, rank: number, what: string): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= rank) {
    throw new RangeError(`${what}: axis ${axis} does not exist in a tensor of rank ${rank}: give ${-rank} to ${rank - 1}.`);
  }
  return resolved;
}

/** Splits a shape around an axis: the product before, the axis itself, the product after. */
export function aroundAxis(shape: Shape, axis: number): { outer: number; length: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis]!, inner: sizeOf(shape.slice(axis + 1)) };
}

/** For each axis, how many elements apart its neighbours are in a dense, row-major buffer. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** The shape that both broadcast to (NumPy's rule: align at the last axis, sizes are equal or one of them is 1). */
export function broadcastShapes(a: Shape, b: Shape, what: string): number[] {
  const rank = Math.max(a.length, b.length);
  const result = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const x = a[a.length - i] ?? 1;
    const y = b[b.length - i] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new RangeError(`${what}: the shapes ${formatShape(a)} and ${formatShape(b)} do not fit: from the last axis on, sizes must be equal or 1.`);
    }
    result[rank - i] = x === 1 ? y : x;
  }
  return result;
}
