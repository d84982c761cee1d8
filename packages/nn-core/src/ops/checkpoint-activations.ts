// Gives memory for time by activation checkpointing: the inner results of a part of the network are freed after the forward pass
// and computed again when the gradient needs them (Chen, Xu, Zhang, Guestrin 2016, "Training Deep Nets with Sublinear Memory
// Cost").
import { record, walkBack } from '../core/tape.js';
import type { Tensor } from '../core/tensor.js';
import { describe } from '@kk/options';
import { expectTensor } from './shared/check.js';

/**
 * fn(x), of which only the output is kept. The numbers and gradients are those of fn(x) itself, dropout included.
 * @param fn computes one tensor from x and parameters; it must be pure, since it runs twice
 * @param parameters what fn depends on besides x
 */
export function checkpointActivations(fn: (x: Tensor) => Tensor, x: Tensor, parameters: readonly Tensor[] = []): Tensor {
  if (typeof fn !== 'function') throw new TypeError(`checkpointActivations got ${describe(fn)} as its function; expected one from a tensor to a tensor, as the first argument.`);
  expectTensor('checkpointActivations', x, ...parameters);
  const { engine } = x;
  if (!engine.isRecording) return fn(x);
  const { dropoutState } = engine;
  const position = dropoutState.position;
  const y = engine.noGradient(() => engine.scope(() => fn(x)));
  return record('checkpointActivations', y, [x, ...parameters], (dy) => [
    engine.scope(() => {
      const input = engine.alias(x);
      input.requiresGradient = x.requiresGradient;
      const from = engine.tape.length;
      const again = engine.withRecording(true, () => dropoutState.atPosition(position, () => fn(input)));
      walkBack(again, engine.alias(dy), from); // gradients of parameters go where they belong
      const gradient = input.gradient;
      input.gradient = null;
      return gradient;
    }),
    ...parameters.map(() => null),
  ]);
}
