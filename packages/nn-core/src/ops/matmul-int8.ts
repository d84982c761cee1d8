// Multiplies with int8 weights, for generation and evaluation: no gradient.
import { refuse } from '../core/expect.js';
import { checkOptions, type OptionNames } from '@kk/options';
import type { QuantizedMatrix } from '../quantization/quantized-matrix.js';
import { formatShape, sameShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat, expectTensor } from './shared/check.js';
import { activationCode } from './shared/fused-activation.js';
import type { MatmulOptions } from './matmul.js';

/** What `matmulInt8` takes; weights that are stored the other way round are turned when they are quantized. */
type MatmulInt8Options = Pick<MatmulOptions, 'bias' | 'activation'>;

const matmulInt8Options: OptionNames<MatmulInt8Options> = { bias: 'optional', activation: 'optional' };

/**
 * act(a w + bias), w being the numbers that the bytes of `weight` stand for. On wasm, each 2,048 numbers of a row of a are rounded
 * to multiples of their greatest magnitude / 32,767, far finer than the weights are; sums of products are then exact integers.
 * @param a (..., rows, inner)
 * @returns (..., rows, columns)
 * @throws RangeError when shapes do not fit; Error when a gradient is expected, for there is none
 */
export function matmulInt8(a: Tensor, weight: QuantizedMatrix, options: MatmulInt8Options = {}): Tensor {
  checkOptions('matmulInt8', options, matmulInt8Options);
  const { bias, activation = 'none' } = options;
  expectFloat('matmulInt8', a);
  if (bias) expectTensor('matmulInt8', bias);
  if ((weight as Partial<QuantizedMatrix> | null | undefined)?.packed === undefined) refuse('matmulInt8', 'weight', weight, 'a QuantizedMatrix');
  const { inner, columns } = weight;
  if (a.rank < 2 || a.shape.at(-1) !== inner) {
    throw new RangeError(`matmulInt8: a is ${formatShape(a.shape)} and the weights are (${inner}, ${columns}): expected a with at least two axes, the last of ${inner}.`);
  }
  if (bias && !sameShape(bias.shape, [columns])) {
    throw new RangeError(`matmulInt8: bias has shape ${formatShape(bias.shape)}; expected (${columns}), one number a column.`);
  }
  const { engine } = a;
  if (engine.isRecording && (a.requiresGradient || bias?.requiresGradient)) {
    throw new Error('matmulInt8 has no gradient: run it inside engine.noGradient(), or train with the float32 weights.');
  }
  const lead = a.shape.slice(0, -1);
  const rows = lead.reduce((product, size) => product * size, 1);
  const y = engine.allocate([...lead, columns], a.dtype);
  engine.run('matmulInt8', [a, weight.packed, weight.scales, bias ?? null, y], [rows, columns, inner, activationCode('matmulInt8', activation)]);
  return y;
}
