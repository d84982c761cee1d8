// Raises numbers to powers, any number to any other.
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { equal, greaterOrEqual, where } from './comparisons.js';
import { log, multiply, scale, square, subtract } from './elementwise.js';
import { expectFloat } from './shared/check.js';
import { align, mapTwo, when } from './shared/map.js';

/**
 * base^exponent, element by element; shapes broadcast, the exponent may be a number. NaN where the base is negative and the
 * exponent is not whole. Gradients are those of PyTorch: 0 by a base whose exponent is 0, and by an exponent >= 0 of base 0.
 */
export function pow(base: Tensor, exponent: Tensor | number): Tensor {
  if (exponent === 2) return square(base);
  if (typeof exponent === 'number') return powNumber(base, exponent);
  const [x, n] = align('pow', base, exponent);
  const y = mapTwo('power', x, n);
  return record('pow', y, [x, n], (dy) => [
    when(x, () => multiply(dy, where(equal(n, 0), 0, multiply(n, mapTwo('power', x, subtract(n, 1)))))),
    when(n, () => multiply(dy, where(multiply(equal(x, 0), greaterOrEqual(n, 0)), 0, multiply(y, log(x))))),
  ]);
}

function powNumber(x: Tensor, exponent: number): Tensor {
  expectFloat('pow', x);
  const y = mapTwo('power', x, x.engine.full(x.shape, exponent));
  return record('pow', y, [x], (dy) => {
    if (exponent === 0) return [dy.engine.zeros(x.shape)];
    return [multiply(dy, scale(mapTwo('power', x, dy.engine.full(x.shape, exponent - 1)), exponent))];
  });
}
