// Activations: the functions that networks apply to each element between two layers.
import { record } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { mapOne, mapTwo } from './map.js';

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
