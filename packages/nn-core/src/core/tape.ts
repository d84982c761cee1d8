// Records which operation made which tensor, in order of creation, and computes all gradients by walking backwards: the tape.
//
// Only operations that lead to a parameter are on it. Each entry holds the gradient rule that stands beside the
// operation's forward call in `ops/`. Gradients of gradients are not offered: rules run without being recorded.
import { expectTensor } from './expect.js';
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
 * The tape entries that lead to the loss are used up: call it once per forward pass, on the sum of all losses.
 *
 * @param loss a tensor with one element
 * @throws RangeError when loss has more than one element; Error when it depends on no parameter, or when the way to one was
 * walked before or lies in a scope that has ended. Nothing has changed then.
 */
export function backward(loss: Tensor): void {
  expectTensor('backward', loss);
  if (loss.size !== 1) throw new RangeError(`backward() starts from one number, the loss; got shape ${formatShape(loss.shape)}: take its sum() or mean() first.`);
  if (!loss.requiresGradient) {
    throw new Error('backward() found no way from this loss to a parameter: it was computed without recording (noGradient), from constants alone, in a scope() that has ended, or backward() was already called on it.');
  }
  const { engine } = loss;
  const path = findPath(loss, 0);
  walkPath(path, loss, engine.full(loss.shape, 1), 0);
}

/**
 * Walks the tape from its end back to entry `from`, with `seed` as the gradient of `output`, and takes the entries that
 * lead there off the tape. Gradients of leaves are added to `leaf.gradient`. Frees `seed`.
 * @throws Error when `output` depends on entries before `from`
 */
export function walkBack(output: Tensor, seed: Tensor, from: number): void {
  walkPath(findPath(output, from), output, seed, from);
}

interface Path {
  /** What leads to the output, newest first. */
  readonly entries: readonly TapeEntry[];
  /** The other entries, oldest first. */
  readonly others: readonly TapeEntry[];
}

/** Finds the entries from `from` on that lead to `output`. Throws when one of them needs what is no longer there. */
function findPath(output: Tensor, from: number): Path {
  const { tape } = output.engine;
  const wanted = new Set([output]); // outputs of entries still to be found
  const entries: TapeEntry[] = [];
  const others: TapeEntry[] = [];
  for (let at = tape.length - 1; at >= from; at--) {
    const entry = tape[at]!;
    if (!wanted.delete(entry.output)) {
      others.push(entry);
      continue;
    }
    entries.push(entry);
    for (const input of entry.inputs) {
      if (input.pathEnd) throw pathHasEnded(entry, input);
      if (input.requiresGradient && !input.isLeaf) wanted.add(input);
    }
  }
  wanted.delete(output); // a leaf, or made by the function itself
  const [missing] = wanted;
  if (missing) {
    throw new Error(
      `checkpointActivations() got a function that uses a tensor of shape ${formatShape(missing.shape)} which was computed outside of it, and would lose its gradient: give it as x, or compute it inside. Only parameters may come from elsewhere.`,
    );
  }
  return { entries, others: others.reverse() };
}

function pathHasEnded({ operation }: TapeEntry, { pathEnd, shape }: Tensor): Error {
  const where = `the input of shape ${formatShape(shape)} that ${operation} was given`;
  if (pathEnd === 'scope') {
    return new Error(
      `backward() would have to go back through a scope() that has ended, to ${where}: call backward() inside that scope, or, where the tensor is meant as a constant, compute it inside noGradient() or use engine.alias() of it.`,
    );
  }
  return new Error(
    `backward() would have to go back a second time through what an earlier backward() has used up, to ${where}: add the losses and call backward() once, or compute the forward pass again for each loss. ` +
      'Where the tensor is meant as a constant, compute it inside noGradient() or use engine.alias() of it.',
  );
}

/** What the rule gives, checked. The output's own gradient may be among it: it is then shared, since it is freed here. */
function gradientsOf({ operation, inputs, rule }: TapeEntry, outputGradient: Tensor): readonly (Tensor | null)[] {
  const given = rule(outputGradient) as unknown;
  if (!Array.isArray(given) || given.length !== inputs.length) {
    const what = Array.isArray(given) ? `a list of ${given.length}` : 'no list';
    throw new Error(`The gradient rule of ${operation} gave ${what}; expected a list with one gradient for each of its ${inputs.length} inputs, in order, null where none is needed.`);
  }
  return (given as (Tensor | null)[]).map((gradient) => (gradient === outputGradient ? outputGradient.engine.alias(outputGradient) : gradient));
}

function walkPath({ entries, others }: Path, output: Tensor, seed: Tensor, from: number): void {
  const { engine } = output;
  if (output.isLeaf && output.requiresGradient) return addToLeaf(output, seed);
  const gradients = new Map<Tensor, Tensor>([[output, seed]]);
  engine.noGradient(() => {
    for (const entry of entries) {
      const outputGradient = gradients.get(entry.output);
      if (outputGradient) {
        gradients.delete(entry.output);
        const inputGradients = gradientsOf(entry, outputGradient);
        outputGradient.dispose();
        entry.inputs.forEach((input, i) => passOn(entry, input, inputGradients[i] ?? null, gradients));
      }
      entry.output.requiresGradient = false;
      entry.output.pathEnd = 'backward';
    }
  });
  engine.tape.length = from;
  for (const entry of others) engine.tape.push(entry);
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
  addToLeaf(input, gradient);
}

function addToLeaf(leaf: Tensor, gradient: Tensor): void {
  const { engine } = leaf;
  engine.capture?.noteGradientOf(leaf);
  engine.keep(gradient);
  leaf.gradient = engine.keep(leaf.gradient ? accumulateInto(leaf.gradient, gradient) : gradient);
}
