// The tape: which operation made which tensor, in order of creation; walked backwards it gives all gradients.
//
// Only operations that lead to a parameter are on it. Each entry holds the gradient rule that stands beside the
// operation's forward call in `ops/`. Gradients of gradients are not offered: rules run without being recorded.
import { accumulateInto } from './accumulate.js';
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
  walkBack(loss, loss.engine.full(loss.shape, 1), 0);
}

/**
 * Walks the tape from its end back to entry `from`, with `seed` as the gradient of `output`, and takes the entries that
 * lead there off the tape. Gradients of leaves are added to `leaf.gradient`. Frees `seed`.
 */
export function walkBack(output: Tensor, seed: Tensor, from: number): void {
  const engine = output.engine;
  engine.noGradient(() => {
    const gradients = new Map<Tensor, Tensor>([[output, seed]]);
    const unused: TapeEntry[] = [];
    for (let at = engine.tape.length - 1; at >= from; at--) {
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
      entry.inputs.forEach((input, i) => passOn(entry, input, inputGradients[i] ?? null, gradients));
    }
    engine.tape.length = from;
    engine.tape.push(...unused.reverse());
  });
}

/** Adds a gradient to what its tensor has already: to the leaf itself, or to the gradients still to be walked through. */
function passOn({ operation }: TapeEntry, input: Tensor, gradient: Tensor | null, gradients: Map<Tensor, Tensor>): void {
  if (!gradient) return;
  if (!input.requiresGradient) return gradient.dispose();
  if (!sameShape(gradient.shape, input.shape)) {
    throw new Error(`The gradient rule of ${operation} gave shape ${formatShape(gradient.shape)} for an input of shape ${formatShape(input.shape)}.`);
  }
  if (!input.isLeaf) {
    const sum = gradients.get(input);
    gradients.set(input, sum ? accumulateInto(sum, gradient) : gradient);
    return;
  }
  const { engine } = input;
  if (engine.isCapturing) engine.capturedParameters.add(input);
  engine.keep(gradient);
  input.gradient = engine.keep(input.gradient ? accumulateInto(input.gradient, gradient) : gradient);
}
