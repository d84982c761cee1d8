// Computes arithmetic on each element, with broadcasting. Each function holds its forward call and its gradient rule, side by side.
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { describe } from '@kk/options';
import { expectFloat, expectNumber } from './shared/check.js';
import { align, mapOne, mapTwo, when } from './shared/map.js';

/** x * factor + offset, with numbers. */
export function scale(x: Tensor, factor: number, offset = 0): Tensor {
  expectFloat('scale', x);
  expectNumber('scale', 'factor', factor);
  expectNumber('scale', 'offset', offset);
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
  if (typeof b === 'number') {
    const inverse = 1 / b;
    if (b === 0 || Number.isFinite(Math.fround(inverse))) return scale(a, inverse);
    return divide(a, a.engine.full([], b)); // the inverse of so small a number is no float32
  }
  const [x, z] = align('divide', a, b);
  const y = mapTwo('divide', x, z);
  return record('divide', y, [x, z], (dy) => [
    when(x, () => mapTwo('divide', dy, z)),
    when(z, () => scale(mapTwo('divide', mapTwo('multiply', dy, y), z), -1)), // d(x/z)/dz = -(x/z)/z
  ]);
}

/** |x|; the gradient at 0 is 0. */
export function abs(x: Tensor): Tensor {
  return record('abs', mapOne('abs', x), [x], (dy) => [mapTwo('absGradient', x, dy)]);
}

/**
 * min(max(x, minimum), maximum), the limits being numbers; -Infinity and Infinity are none. The gradient is 0 beyond the
 * limits, and passes at them.
 */
export function clip(x: Tensor, minimum: number, maximum: number): Tensor {
  expectFloat('clip', x);
  if (typeof minimum !== 'number' || typeof maximum !== 'number' || !(minimum <= maximum)) throw new RangeError(`clip: the limits ${describe(minimum)} and ${describe(maximum)} are in the wrong order or not numbers: give the smaller one first.`);
  const y = x.engine.allocate(x.shape, x.dtype);
  const numbers = [x.size, minimum, maximum];
  x.engine.run('clip', [x, y], numbers);
  return record('clip', y, [x], (dy) => {
    const dx = dy.engine.allocate(x.shape, x.dtype);
    dy.engine.run('clipGradient', [x, dy, dx], numbers);
    return [dx];
  });
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
