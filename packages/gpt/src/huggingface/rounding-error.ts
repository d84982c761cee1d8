// Measures what half precision changes in a model's weights, before they are written.
import { readSafetensors, toFloat32, writeSafetensors } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { checkDType, type WeightsDType } from './dtype.js';
import { huggingFaceNames } from './names.js';

export interface RoundingError {
  /** The greatest change of a weight. */
  readonly largest: number;
  /** The tensor that it is in, by its name in the file. */
  readonly tensor: string;
  /** The root mean square of all changes, in parts of that of the weights. */
  readonly relative: number;
}

/**
 * How far the weights of a file in this precision would be from those in memory.
 * @throws RangeError that names the tensor when a weight is too large for the precision
 */
export async function roundingError(model: Transformer, dtype: WeightsDType): Promise<RoundingError> {
  checkDType('roundingError', dtype);
  let [largest, tensor, changes, weights] = [0, '', 0, 0];
  for (const [name, parameter] of huggingFaceNames(model)) {
    const exact = Float32Array.from(await parameter.data());
    const file = writeSafetensors({ [name]: { dtype, shape: [exact.length], data: exact } });
    toFloat32(readSafetensors(file).tensors.get(name)!).forEach((rounded, i) => {
      const change = Math.abs(rounded - exact[i]!);
      if (change > largest) [largest, tensor] = [change, name];
      changes += change ** 2;
      weights += exact[i]! ** 2;
    });
  }
  return { largest, tensor, relative: weights === 0 ? 0 : Math.sqrt(changes / weights) };
}
