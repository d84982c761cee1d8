// Clips gradients by their global norm (Pascanu, Mikolov, Bengio 2013), and guards against steps that would ruin the weights, both without a trip to the host.
import { checkOptions, type OptionNames } from '@kk/options';
import type { Tensor } from '../core/tensor.js';
import { expectNumber } from '../ops/shared/check.js';
import { expectParameterList } from './parameter-list.js';

export interface ClipOptions {
  /** What `sumOfSquaredGradients` gave, where it is needed besides; otherwise it is computed. */
  readonly sumOfSquares?: Tensor;
  /** The step's loss, a single number: the step changes nothing when it is not finite or above `maximumLoss`. */
  readonly loss?: Tensor;
  /** Above 0, default Infinity. */
  readonly maximumLoss?: number;
}

const clipOptions: OptionNames<ClipOptions> = { sumOfSquares: 'optional', loss: 'optional', maximumLoss: 'optional' };

// The largest float32: kernels on a GPU know no infinity.
const LARGEST = (2 - 2 ** -23) * 2 ** 127;

/**
 * The sum of the squares of all gradients: a single number on the device. Parameters without a gradient count as 0. In
 * float32 it is infinite when the norm exceeds 1.8e19.
 * @throws TypeError when they are no list of tensors, RangeError when it is empty
 */
export function sumOfSquaredGradients(parameters: readonly Tensor[]): Tensor {
  return sumOfSquares('sumOfSquaredGradients', parameters);
}

function sumOfSquares(operation: string, parameters: readonly Tensor[]): Tensor {
  expectParameterList(operation, parameters);
  if (parameters.length === 0) throw new RangeError(`${operation} got an empty list; expected at least one parameter: give module.parameters().`);
  const engine = parameters[0]!.engine;
  const total = engine.zeros([]);
  for (const { gradient } of parameters) if (gradient) engine.run('addSumOfSquares', [gradient, total], [gradient.size]);
  return total;
}

/**
 * The number that all gradients must be multiplied with so that their global norm is at most `maximumNorm`:
 * min(1, maximumNorm / (norm + 1e-6)), as in PyTorch; -1 when the norm or the loss is not finite, or the loss is above its
 * maximum. Pass it to `optimizer.step({ gradientFactor })`, which changes nothing for -1: one bad batch leaves weights and
 * moments as they were.
 * @param maximumNorm above 0; Infinity for the guard alone
 * @throws RangeError when a maximum is not above 0 or there are no parameters, TypeError when they are no list or an option is unknown
 */
export function clipFactor(parameters: readonly Tensor[], maximumNorm: number, options: ClipOptions = {}): Tensor {
  checkOptions('clipFactor', options, clipOptions);
  const { loss = null, maximumLoss = Infinity } = options;
  for (const [name, most] of Object.entries({ maximumNorm, maximumLoss })) {
    expectNumber('clipFactor', name, most);
    if (!(most > 0)) throw new RangeError(`clipFactor: ${name} is ${most}; expected a number above 0, or Infinity for any.`);
  }
  if (loss && loss.size !== 1) throw new RangeError(`clipFactor: the loss must be a single number; got shape (${loss.shape.join(', ')}).`);
  const squares = options.sumOfSquares ?? sumOfSquares('clipFactor', parameters);
  const { engine } = squares;
  const factor = engine.allocate([]);
  engine.run('clipFactor', [squares, loss, factor], [Math.min(maximumNorm, LARGEST), Math.min(maximumLoss, LARGEST)]);
  return factor;
}
