// Runs kernels that take and give the same shape, and broadcasts their inputs.
import type { KernelName } from '../../backends/kernels.js';
import { broadcastShapes, sameShape } from '../../core/shape.js';
import type { Tensor } from '../../core/tensor.js';
import { expectFloat } from './check.js';
import { expand } from '../shape.js';

/** Runs a kernel with one input and one output of the same shape. */
export function mapOne(kernel: KernelName, x: Tensor): Tensor {
  expectFloat(kernel, x);
  const y = x.engine.allocate(x.shape, x.dtype);
  x.engine.run(kernel, [x, y], [x.size]);
  return y;
}

/** Runs a kernel with two inputs of the same shape. */
export function mapTwo(kernel: KernelName, a: Tensor, b: Tensor): Tensor {
  const y = a.engine.allocate(a.shape, a.dtype);
  a.engine.run(kernel, [a, b, y], [a.size]);
  return y;
}

/** Expands both to their common shape; the gradient of `expand` sums back. */
export function align(operation: string, a: Tensor, b: Tensor): [Tensor, Tensor] {
  expectFloat(operation, a, b);
  if (sameShape(a.shape, b.shape)) return [a, b];
  const shape = broadcastShapes(a.shape, b.shape, operation);
  return [expand(a, shape), expand(b, shape)];
}

/** A number as a tensor on the engine of `like`, to be broadcast; tensors pass through. */
export const asTensor = (value: Tensor | number, like: Tensor): Tensor => (typeof value === 'number' ? like.engine.full([], value) : value);

/** A gradient that is computed only where it is needed. */
export const when = (needed: Tensor, gradient: () => Tensor): Tensor | null => (needed.requiresGradient ? gradient() : null);
