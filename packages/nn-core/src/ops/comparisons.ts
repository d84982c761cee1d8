// Compares and chooses, element by element, with broadcasting. Comparisons give 1 where they hold and 0 where not, as
// floating-point numbers, so that they can be summed, averaged and multiplied; they have no gradient. With NaN none holds but
// `notEqual`.
import type { KernelName } from '../backends/kernels.js';
import { broadcastShapes } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectTensor } from './shared/check.js';
import { add, multiply, scale } from './elementwise.js';
import { align, asTensor, mapTwo, when } from './shared/map.js';
import { expand } from './shape.js';

function compare(kernel: KernelName, name: string, a: Tensor, b: Tensor): Tensor {
  expectTensor(name, a, b);
  return a.engine.noGradient(() => mapTwo(kernel, ...align(name, a, b)));
}

/** 1 where a = b, else 0. */
export const equal = (a: Tensor, b: Tensor | number): Tensor => compare('equal', 'equal', a, asTensor(b, a));

/** 1 where a and b differ, else 0. */
export const notEqual = (a: Tensor, b: Tensor | number): Tensor => {
  expectTensor('notEqual', a);
  return a.engine.noGradient(() => scale(equal(a, b), -1, 1));
};

/** 1 where a > b, else 0. */
export const greater = (a: Tensor, b: Tensor | number): Tensor => compare('greater', 'greater', a, asTensor(b, a));

/** 1 where a >= b, else 0. */
export const greaterOrEqual = (a: Tensor, b: Tensor | number): Tensor => compare('greaterOrEqual', 'greaterOrEqual', a, asTensor(b, a));

/** 1 where a < b, else 0. */
export const less = (a: Tensor, b: Tensor | number): Tensor => compare('greater', 'less', asTensor(b, a), a);

/** 1 where a <= b, else 0. */
export const lessOrEqual = (a: Tensor, b: Tensor | number): Tensor => compare('greaterOrEqual', 'lessOrEqual', asTensor(b, a), a);

/**
 * a where the condition is not 0, else b; all three broadcast. What is not chosen has no influence, NaN and infinity included,
 * on the result or on the gradients.
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const [chosen, other] = [asTensor(a, condition), asTensor(b, condition)];
  expectFloat('where', condition, chosen, other);
  const shape = broadcastShapes(broadcastShapes(condition.shape, chosen.shape, 'where'), other.shape, 'where');
  const [mask, x, z] = [condition.engine.noGradient(() => expand(condition, shape)), expand(chosen, shape), expand(other, shape)];
  return record('where', select(mask, x, z), [x, z], (dy) => {
    const zeros = dy.engine.zeros(shape);
    return [when(x, () => select(mask, dy, zeros)), when(z, () => select(mask, zeros, dy))];
  });
}

function select(mask: Tensor, a: Tensor, b: Tensor): Tensor {
  const y = a.engine.allocate(a.shape, a.dtype);
  a.engine.run('where', [mask, a, b, y], [a.size]);
  return y;
}

/** The greater of a and b, NaN where one of them is NaN. The gradient goes to the greater one, by halves where they are equal. */
export const maximum = (a: Tensor, b: Tensor | number): Tensor => extreme('maximum', a, b);

/** The smaller of a and b, NaN where one of them is NaN. The gradient goes to the smaller one, by halves where they are equal. */
export const minimum = (a: Tensor, b: Tensor | number): Tensor => extreme('minimum', a, b);

function extreme(kernel: 'maximum' | 'minimum', a: Tensor, b: Tensor | number): Tensor {
  const [x, z] = align(kernel, a, asTensor(b, a));
  /** 1 where the first is chosen alone, 1/2 where both are equal, 0 elsewhere. */
  const share = (first: Tensor, second: Tensor): Tensor => {
    const [above, below] = kernel === 'maximum' ? [first, second] : [second, first];
    return scale(add(mapTwo('greater', above, below), mapTwo('greaterOrEqual', above, below)), 0.5);
  };
  return record(kernel, mapTwo(kernel, x, z), [x, z], (dy) => [when(x, () => multiply(dy, share(x, z))), when(z, () => multiply(dy, share(z, x)))]);
}
