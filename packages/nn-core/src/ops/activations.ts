// Applies activations, the functions of each element that networks have between two layers.
import { formatShape, sameShape } from '../core/shape.js';
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { expectFloat } from './shared/check.js';
import { mapOne, mapTwo } from './shared/map.js';
import { slice } from './shape.js';

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

/** GELU as it was defined, and PyTorch's default: x * P(X <= x) with X normal, x/2 * (1 + erf(x / sqrt(2))) (Hendrycks and Gimpel 2016). */
export function geluErf(x: Tensor): Tensor {
  return record('geluErf', mapOne('geluErf', x), [x], (dy) => [mapTwo('geluErfGradient', x, dy)]);
}

/** The sigmoid linear unit, or swish: x / (1 + exp(-x)) (Elfwing, Uchibe, Doya 2017). */
export function silu(x: Tensor): Tensor {
  return record('silu', mapOne('silu', x), [x], (dy) => [mapTwo('siluGradient', x, dy)]);
}

/**
 * The gated unit of today's feed-forward networks: silu(gate) * value (Shazeer 2020).
 * @param gate any shape; or, without `value`, (..., 2 * columns): the gate, then the value beside it
 * @param value the shape of gate
 * @throws RangeError when the shapes differ, or the last axis has no two halves
 */
export function swiglu(gate: Tensor, value?: Tensor): Tensor {
  if (!value) return swigluOfHalves(gate);
  expectFloat('swiglu', gate, value);
  if (!sameShape(gate.shape, value.shape)) {
    throw new RangeError(`swiglu: gate is ${formatShape(gate.shape)} and value is ${formatShape(value.shape)}; they must have the same shape.`);
  }
  const { engine } = gate;
  return record('swiglu', mapTwo('swiglu', gate, value), [gate, value], (dy) => {
    const dGate = engine.allocate(gate.shape, gate.dtype);
    const dValue = engine.allocate(gate.shape, gate.dtype);
    engine.run('swigluGradient', [gate, value, dy, dGate, dValue], [gate.size]);
    return [dGate, dValue];
  });
}

function swigluOfHalves(x: Tensor): Tensor {
  expectFloat('swiglu', x);
  const columns = (x.shape.at(-1) ?? 1) / 2;
  if (!Number.isInteger(columns)) throw new RangeError(`swiglu: the last axis of ${formatShape(x.shape)} cannot be halved into gate and value: give an even number of columns, or two tensors.`);
  return swiglu(slice(x, -1, 0, columns), slice(x, -1, columns, columns));
}
