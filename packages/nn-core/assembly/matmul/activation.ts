// Finishes a matrix product after its sums: adds the bias where no tile has added it, and applies the activation.
import { geluErfVector } from '../gelu-erf';
import { geluVector, siluVector } from '../math';
import { loadPartial, storePartial } from '../lanes';

export const NO_ACTIVATION: i32 = 0;
export const RELU: i32 = 1;
export const GELU: i32 = 2;
export const GELU_ERF: i32 = 3;

// @ts-ignore: decorator
@inline
function activated(x: v128, activation: i32): v128 {
  if (activation == NO_ACTIVATION) return x;
  if (activation == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (activation == GELU) return geluVector(x);
  if (activation == GELU_ERF) return geluErfVector(x);
  return siluVector(x);
}

/** y (count) = activation(y); the value before it goes to `preActivation` (count) unless that is 0. */
export function activateRow(y: usize, preActivation: usize, count: i32, activation: i32): void {
  const whole = count & ~3;
  const rest = count - whole;
  for (const end = y + (usize(whole) << 2); y < end; y += 16) {
    const x = v128.load(y);
    if (preActivation) {
      v128.store(preActivation, x);
      preActivation += 16;
    }
    v128.store(y, activated(x, activation));
  }
  if (rest == 0) return;
  const x = loadPartial(y, rest);
  if (preActivation) storePartial(preActivation, x, rest);
  storePartial(y, activated(x, activation), rest);
}
