// Runs one operation forward and backward on one engine, with inputs that depend on the case alone.
import { backward, multiply, Random, sum, type Engine, type Tensor, type TypedArray } from '../../src/index.js';
import type { OpCase } from './op-cases.js';

export interface CaseResult {
  output: TypedArray;
  gradients: TypedArray[];
}

/** The case's inputs, the same on every engine. */
export function caseInputs({ name, shapes, range = [-2, 2] }: OpCase): Float64Array[] {
  const random = new Random([...name].reduce((seed, letter) => (seed * 31 + letter.codePointAt(0)!) % 1e9, 7));
  return shapes.map((shape) => Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround(range[0] + (range[1] - range[0]) * random.uniform())));
}

/** A number that depends on every element of the output with another weight, so that each gradient matters. */
export function weightedSum(engine: Engine, output: Tensor): Tensor {
  const weights = Float64Array.from({ length: output.size }, (_, i) => Math.fround(Math.sin(i * 1.7 + 0.3) + 0.1));
  return sum(multiply(output, engine.tensor(weights, output.shape)));
}

export async function runCase(engine: Engine, opCase: OpCase, values = caseInputs(opCase)): Promise<CaseResult> {
  engine.dropoutState.begin(5, 3);
  const inputs = opCase.shapes.map((shape, i) => engine.parameter(engine.tensor(values[i]!, shape)));
  const output = engine.scope(() => {
    const result = opCase.run(inputs, engine);
    backward(weightedSum(engine, result));
    return result;
  });
  const gradients = await Promise.all(inputs.map((input) => input.gradient!.data()));
  const result = { output: await output.data(), gradients };
  for (const input of inputs) {
    input.gradient!.dispose();
    input.dispose();
  }
  output.dispose();
  return result;
}

/** The weighted sum alone. */
export function lossOf(engine: Engine, opCase: OpCase, values: Float64Array[]): number {
  engine.dropoutState.begin(5, 3);
  const loss = engine.scope(() => engine.noGradient(() => weightedSum(engine, opCase.run(opCase.shapes.map((shape, i) => engine.tensor(values[i]!, shape)), engine))));
  const value = loss.dataSync()[0]!;
  loss.dispose();
  return value;
}
