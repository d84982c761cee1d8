// Operations on each element: arithmetic with broadcasting, and the activations.
// Each function holds its forward call and its gradient rule, side by side.
import type { KernelName } from '../backends/kernels.js';
import { broadcastShapes, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat } from './check.js';
import { expand } from './shape.js';

/** Runs a kernel with one input and one output of the same shape. */
function mapOne(kernel: KernelName, x: Tensor): Tensor {
  expectFloat(kernel, x);
  const y = x.engine.allocate(x.shape, x.dtype);
  x.engine.run(kernel, [x, y], [x.size]);
  return y;
}

/** Runs a kernel with two inputs of the same shape. */
function mapTwo(kernel: KernelName, a: Tensor, b: Tensor): Tensor {
  const y = a.engine.allocate(a.shape, a.dtype);
  a.engine.run(kernel, [a, b, y], [a.size]);
  return y;
}

/** Expands both to their common shape; the gradient of `expand` sums back. */
function align(operation: string, a: Tensor, b: Tensor): [Tensor, Tensor] {
  expectFloat(operation, a, b);
  if (sameShape(a.shape, b.shape)) return [a, b];
  const shape = broadcastShapes(a.shape, b.shape, operation);
  return [expand(a, shape), expand(b, shape)];
}

const when = (needed: Tensor, gradient: () => Tensor): Tensor | null => (needed.requiresGradient ? gradient() : null);

/** x * factor + offset, with numbers. */
export function scale(x: Tensor, factor: number, offset = 0): Tensor {
  expectFloat('scale', x);
  const y = x.engine.allocate(x.shape, x.dtype);
  x.engine.run('scale', [x, y], [x.size, factor, offset]);
  return record('scale', y, [x], (dy) => [scale(dy, factor)]);
}

/** a + b; shapes broadcast as in NumPy, b may be a number. */
export function add(a: Tensor, b: Tensor | number): Tensor {
  if (typeof b === 'number') return scale(a, 1, b);
  const [x, z] = align('add', a, b);
  return record('add', mapTwo('add', x, z), [x, z], (dy) => [when(x, () => dy.engine.alias(dy)), when(z, () => dy.engine.alias(dy))]);
}

/** a - b; shapes broadcast, b may be a number. */
export function subtract(a: Tensor, b: Tensor | number): Tensor {
  if (typeof b === 'number') return scale(a, 1, -b);
  const [x, z] = align('subtract', a, b);
  return record('subtract', mapTwo('subtract', x, z), [x, z], (dy) => [when(x, () => dy.engine.alias(dy)), when(z, () => scale(dy, -1))]);
}

/** a * b, element by element; shapes broadcast, b may be a number. */
export function multiply(a: Tensor, b: Tensor | number): Tensor {
  if (typeof b === 'number') return scale(a, b);
  const [x, z] = align('multiply', a, b);
  return record('multiply', mapTwo('multiply', x, z), [x, z], (dy) => [when(x, () => mapTwo('multiply', dy, z)), when(z, () => mapTwo('multiply', dy, x))]);
}

/** a / b, element by element; shapes broadcast, b may be a number. */
export function divide(a: Tensor, b: Tensor | number): Tensor {
  if (typeof b === 'number') return scale(a, 1 / b);
  const [x, z] = align('divide', a, b);
  const y = mapTwo('divide', x, z);
  return record('divide', y, [x, z], (dy) => [
    when(x, () => mapTwo('divide', dy, z)),
    when(z, () => scale(mapTwo('divide', mapTwo('multiply', dy, y), z), -1)), // d(x/z)/dz = -(x/z)/z
  ]);
}

export const negate = (x: Tensor): Tensor => scale(x, -1);

export const square = (x: Tensor): Tensor => multiply(x, x);

export function exp(x: Tensor): Tensor {
  const y = mapOne('exp', x);
  return record('exp', y, [x], (dy) => [mapTwo('multiply', dy, y)]);
}

/** The natural logarithm; -Infinity at 0, NaN below. */
export function log(x: Tensor): Tensor {
  return record('log', mapOne('log', x), [x], (dy) => [mapTwo('divide', dy, x)]);
}

export function sqrt(x: Tensor): Tensor {
  const y = mapOne('sqrt', x);
  return record('sqrt', y, [x], (dy) => [scale(mapTwo('divide', dy, y), 0.5)]);
}

export function tanh(x: Tensor): Tensor {
  const y = mapOne('tanh', x);
  return record('tanh', y, [x], (dy) => [mapTwo('tanhGradient', y, dy)]);
}

/** 1 / (1 + exp(-x)) */
export function sigmoid(x: Tensor): Tensor {
  const y = mapOne('sigmoid', x);
  return record('sigmoid', y, [x], (dy) => [mapTwo('sigmoidGradient', y, dy)]);
}

/** max(0, x); the gradient at 0 is 0. */
export function relu(x: Tensor): Tensor {
  return record('relu', mapOne('relu', x), [x], (dy) => [mapTwo('reluGradient', x, dy)]);
}

/** GPT-2's GELU, the tanh form: x/2 * (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) (Hendrycks and Gimpel 2016). */
export function gelu(x: Tensor): Tensor {
  return record('gelu', mapOne('gelu', x), [x], (dy) => [mapTwo('geluGradient', x, dy)]);
}
