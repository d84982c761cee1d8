// Clipping of gradients by their global norm (Pascanu, Mikolov, Bengio 2013), without a trip to the host.
import type { Tensor } from '../core/tensor.js';

/** The sum of the squares of all gradients: a single number on the device. Parameters without a gradient count as 0. */
export function sumOfSquaredGradients(parameters: readonly Tensor[]): Tensor {
  const engine = parameters[0]!.engine;
  const total = engine.zeros([]);
  for (const { gradient } of parameters) if (gradient) engine.run('addSumOfSquares', [gradient, total], [gradient.size]);
  return total;
}

/**
 * The number that all gradients must be multiplied with so that their global norm is at most `maximumNorm`:
 * min(1, maximumNorm / (norm + 1e-6)), as in PyTorch. Pass it to `optimizer.step({ gradientFactor })`.
 */
export function clipFactor(parameters: readonly Tensor[], maximumNorm: number): Tensor {
  if (!(maximumNorm > 0)) throw new RangeError(`clipFactor: the maximum norm ${maximumNorm} must be above 0; leave clipping out instead.`);
  const total = sumOfSquaredGradients(parameters);
  const factor = total.engine.allocate([]);
  total.engine.run('clipFactor', [total, factor], [maximumNorm]);
  return factor;
}
