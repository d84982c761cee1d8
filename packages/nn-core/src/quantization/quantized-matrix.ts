// A matrix of int8 weights on a device: what `matmulInt8` multiplies with. It is two tensors, which a module finds and frees like
// any other; it has no gradient.
import { checkOptions } from '@kk/options';
import type { Engine } from '../core/engine.js';
import { formatShape } from '../core/shape.js';
import type { Tensor } from '../core/tensor.js';
import { Module } from '../layers/module.js';
import { quantize, quantizeOptions, type QuantizedValues, type QuantizeOptions } from './quantize.js';

export class QuantizedMatrix extends Module {
  /** Length of the axis that a product sums over. */
  readonly inner: number;
  readonly columns: number;
  /** int32, in the order of `QuantizedValues.packed`. */
  readonly packed: Tensor;
  /** (columns) */
  readonly scales: Tensor;

  /** Copies the values to the engine's device. No scope frees them: `dispose()` does. */
  constructor(engine: Engine, values: QuantizedValues) {
    super();
    this.inner = values.inner;
    this.columns = values.columns;
    this.packed = engine.keep(engine.tensor(values.packed, [values.packed.length], 'int32'));
    this.scales = engine.keep(engine.tensor(values.scales, [values.columns]));
  }

  /**
   * An int8 copy of a matrix as it is now.
   * @param weight (inner, columns), or (columns, inner) with `transposed`
   */
  static async of(weight: Tensor, options: QuantizeOptions = {}): Promise<QuantizedMatrix> {
    checkOptions('QuantizedMatrix.of', options, quantizeOptions);
    if (weight.rank !== 2) throw new RangeError(`QuantizedMatrix: expected a matrix with two axes; got shape ${formatShape(weight.shape)}.`);
    const [rows, columns] = weight.shape as [number, number];
    const values = await weight.data();
    return new QuantizedMatrix(weight.engine, options.transposed ? quantize(values, columns, rows, options) : quantize(values, rows, columns));
  }

  /** Bytes on the device. */
  get bytes(): number {
    return 4 * (this.packed.size + this.scales.size);
  }
}
