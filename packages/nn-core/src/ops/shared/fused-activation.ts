// Knows the activations that a product applies to its result in the same kernel: their names, codes and gradients.
import type { KernelName } from '../../backends/kernels.js';
import type { Tensor } from '../../core/tensor.js';

/** `gelu` is the tanh form (GPT-2's), `geluErf` the one with erf (PyTorch's default). */
export type Activation = 'none' | 'relu' | 'gelu' | 'geluErf' | 'silu';

const codes: Record<Activation, number> = { none: 0, relu: 1, gelu: 2, geluErf: 3, silu: 4 };

/**
 * The number by which kernels know an activation.
 * @throws RangeError for any other name
 */
export function activationCode(operation: string, activation: Activation): number {
  if (!Object.hasOwn(codes, activation)) throw new RangeError(`${operation}: there is no activation '${String(activation)}' that it can apply: choose among ${Object.keys(codes).join(', ')}.`);
  return codes[activation];
}

const gradientKernel: Record<Exclude<Activation, 'none'>, KernelName> = {
  relu: 'reluGradient', gelu: 'geluGradient', geluErf: 'geluErfGradient', silu: 'siluGradient',
};

/** Whether the gradient needs the value before the activation: relu's is told by the sign of its result. */
export const needsPreActivation = (activation: Activation): boolean => activation !== 'none' && activation !== 'relu';

/**
 * The gradient by the value before the activation; dy itself where there is none.
 * @param saved the value before the activation, or after it where `needsPreActivation` is false
 */
export function throughActivation(activation: Activation, saved: Tensor, dy: Tensor): Tensor {
  if (activation === 'none') return dy;
  const dx = dy.engine.allocate(dy.shape, dy.dtype);
  dy.engine.run(gradientKernel[activation], [saved, dy, dx], [dy.size]);
  return dx;
}
