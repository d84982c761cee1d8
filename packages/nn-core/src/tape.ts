/**
 * The tape: which operation made which tensor, in order of creation; walked backwards it gives all gradients.
 *
 * Only operations that lead to a parameter are on it. Each entry holds the gradient rule that stands beside the
 * operation's forward call in `ops/`. Gradients of gradients are not offered: rules run without being recorded.
 */
import { accumulateInto } from './ops/accumulate.js';
import { formatShape, sameShape } from './shape.js';
import type { Tensor } from './tensor.js';

/**
 * Given the gradient of the loss by the output, the gradients by each input, in order; null for inputs that need none.
 * The rule must not free or overwrite `outputGradient`; it may return it, through `alias`.
 */
export type GradientRule = (outputGradient: Tensor) => readonly (Tensor | null)[];

export interface TapeEntry {
  readonly operation: string;
  readonly output: Tensor;
  readonly inputs: readonly Tensor[];
  readonly rule: GradientRule;
}

/** Puts an operation on its engine's tape when any input needs a gradient, and returns the output. */
export function record(operation: string, output: Tensor, inputs: readonly Tensor[], rule: GradientRule): Tensor {
  const engine = output.engine;
  if (engine.isRecording && inputs.some((input) => input.requiresGradient)) {
    output.requiresGradient = true;
    output.isLeaf = false;
    engine.tape.push({ operation, output, inputs, rule });
  }
  return output;
}

/**
 * Computes the gradient of `loss` by every parameter that it depends on and adds it to `parameter.gradient`.
 * The tape entries that lead to the loss are used up; call it once per forward pass.
 *
 * @param loss a tensor with one element
 * @throws RangeError when loss has more than one element; Error when it depends on no parameter
 */
export function backward(loss: Tensor): void {
  if (loss.size !== 1) throw new RangeError(`backward() starts from one number, the loss; got shape ${formatShape(loss.shape)}: take its sum() or mean() first.`);
  if (!loss.requiresGradient) {
    throw new Error('backward() found no way from this loss to a parameter: it was computed without recording (noGradient), from constants alone, in a scope() that has ended, or backward() was already called on it.');
  }
  const engine = loss.engine;
  engine.noGradient(() => {
    const gradients = new Map<Tensor, Tensor>([[loss, engine.full(loss.shape, 1)]]);
    const unused = [];
    for (let at = engine.tape.length - 1; at >= 0; at--) {
      const entry = engine.tape[at]!;
      const outputGradient = gradients.get(entry.output);
      if (!outputGradient) {
        unused.push(entry);
        continue;
      }
      gradients.delete(entry.output);
      const inputGradients = entry.rule(outputGradient);
      outputGradient.dispose();
      entry.output.requiresGradient = false; // used up: a second backward() says so
      entry.inputs.forEach((input, i) => {
        const gradient = inputGradients[i];
        if (!gradient) return;
        if (!input.requiresGradient) return gradient.dispose();
        if (!sameShape(gradient.shape, input.shape)) {
          throw new Error(`The gradient rule of ${entry.operation} gave shape ${formatShape(gradient.shape)} for an input of shape ${formatShape(input.shape)}.`);
        }
        if (input.isLeaf) {
          if (engine.isCapturing) engine.capturedParameters.add(input);
          engine.keep(gradient);
          input.gradient = input.gradient ? accumulateInto(input.gradient, gradient) : gradient;
          engine.keep(input.gradient);
        } else {
          const sum = gradients.get(input);
          gradients.set(input, sum ? accumulateInto(sum, gradient) : gradient);
        }
      });
    }
    engine.tape.length = 0;
    engine.tape.push(...unused.reverse());
  });
}
