// Multiplies matrices, with an optional bias and activation in the same kernel.
import { checkOptions, type OptionNames } from '@kk/options';
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectTensor } from './shared/check.js';
import { needsPreActivation, throughActivation, type Activation } from './shared/fused-activation.js';
import { planProduct, product } from './shared/product.js';

export interface MatmulOptions {
  /** (columns), added to every row. */
  bias?: Tensor;
  activation?: Activation;
  /** The last two axes of a (or b) are stored the other way round. */
  transposeA?: boolean;
  transposeB?: boolean;
}

const matmulOptions: OptionNames<MatmulOptions> = { bias: 'optional', activation: 'optional', transposeA: 'flag', transposeB: 'flag' };

/**
 * act(a b + bias). Shapes: a (..., rows, inner) and b (inner, columns) give (..., rows, columns); or both have the same
 * leading axes, and matrices are multiplied pair by pair. With `transposeA` and `transposeB`, the stored axes are swapped.
 * @throws RangeError when shapes do not fit
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  checkOptions('matmul', options, matmulOptions);
  const { bias, activation = 'none', transposeA = false, transposeB = false } = options;
  expectFloat('matmul', a, b);
  if (bias) expectTensor('matmul', bias);
  const p = planProduct(a, b, transposeA, transposeB);
  if (bias && !sameShape(bias.shape, [p.columns])) {
    throw new RangeError(`matmul: bias has shape ${formatShape(bias.shape)}; expected (${p.columns}), one number a column.`);
  }
  const shape = [...a.shape.slice(0, -2), transposeA ? a.shape.at(-1)! : a.shape.at(-2)!, p.columns];
  const engine = a.engine;
  const inputs = bias ? [a, b, bias] : [a, b];
  const willNeedIt = needsPreActivation(activation) && engine.isRecording && inputs.some((input) => input.requiresGradient);
  const preActivation = willNeedIt ? engine.allocate(shape, a.dtype) : null;
  const y = product(a, b, shape, p, bias, activation, preActivation);

  return record('matmul', y, inputs, (dy) => {
    const g = throughActivation(activation, preActivation ?? y, dy);
    const { batch, rows, columns, inner } = p;
    const gradients: (Tensor | null)[] = [null, null];
    if (a.requiresGradient) {
      gradients[0] = transposeA
        ? product(b, g, a.shape, { batch, rows: inner, columns: rows, inner: columns, transposeA: transposeB, transposeB: true })
        : product(g, b, a.shape, { batch, rows, columns: inner, inner: columns, transposeA: false, transposeB: !transposeB });
    }
    if (b.requiresGradient) {
      gradients[1] = transposeB
        ? product(g, a, b.shape, { batch, rows: columns, columns: inner, inner: rows, transposeA: true, transposeB: transposeA })
        : product(a, g, b.shape, { batch, rows: inner, columns, inner: rows, transposeA: !transposeA, transposeB: false });
    }
    if (bias) {
      const dBias = bias.requiresGradient ? engine.allocate(bias.shape, bias.dtype) : null;
      if (dBias) engine.run('sum', [g, dBias], [1, batch * rows, columns]);
      gradients.push(dBias);
    }
    if (g !== dy) g.dispose();
    return gradients;
  });
}
