// Chapter 4: the gradient of one weight. A neuron that has learned only a little judges six drawings; one of its weights can be moved.
import { drawingInput } from '@kk/corpora/digits';
import { add, backward, binaryCrossEntropy, multiply } from '@kk/nn-core';
import { defineJob } from '../job.js';
import { digits } from '../signs/digits.js';
import { trainNeuron, type NeuronWeights } from '../signs/neuron.js';
import { WEIGHT_RANGE } from '../signs/sizes.js';

export interface WeightInput {
  digit: number;
  seed: number;
  /** The value of the weight. */
  weight: number;
}

export interface Case {
  is: number;
  pixels: Float32Array;
  /** The ink of the weight's pixel, from 0 to 1. */
  ink: number;
  /** The sum of all other pixels with their weights, and the bias. */
  rest: number;
  /** What the neuron says: from 0 (no) to 1 (yes). */
  says: number;
  /** What it should say: 1 or 0. */
  should: number;
}

export interface WeightState {
  /** Which pixel's weight it is. */
  pixel: number;
  cases: Case[];
  loss: number;
  /** As nn-core's tape computes it. */
  gradient: number;
  /** The loss for other values of the weight. */
  curve: { weight: number; loss: number }[];
}

const CASES = 3;
const STEPS = 12;
const POINTS = 65;
const sigmoid = (sum: number): number => 1 / (1 + Math.exp(-sum));

export default defineJob(async function* ({ digit, seed, weight }: WeightInput, tools): AsyncGenerator<WeightState, WeightState> {
  const { training } = await digits(tools);
  const engine = await tools.engine();
  const neuron = await tools.keep(`young neuron ${digit} ${seed}`, async () => {
    let last: NeuronWeights | undefined;
    for await (const state of trainNeuron(engine, training, { digit, steps: STEPS, seed })) last = state;
    return last!;
  });
  const indices = [...training.labels.keys()];
  const chosen = [true, false].flatMap((isDigit) => indices.filter((i) => (training.labels[i] === digit) === isDigit).slice(0, CASES));
  const drawings = chosen.map((index) => ({ is: training.labels[index], pixels: drawingInput(training, index) }));
  // The pixel that most drawings of both kinds have ink at: they pull its weight in both directions.
  const inkAt = (pixel: number, part: typeof drawings): number => part.reduce((sum, { pixels }) => sum + pixels[pixel], 0);
  const balance = (pixel: number): number => Math.min(inkAt(pixel, drawings.slice(0, CASES)), inkAt(pixel, drawings.slice(CASES)));
  const pixel = neuron.weight.reduce((best, _, i) => (balance(i) > balance(best) ? i : best), 0);
  const should = drawings.map(({ is }) => Number(is === digit));
  const ink = drawings.map(({ pixels }) => pixels[pixel]);
  const rest = drawings.map(({ pixels }) => neuron.weight.reduce((sum, value, i) => (i === pixel ? sum : sum + value * pixels[i]), neuron.bias));

  const parameter = engine.parameter(engine.tensor([weight], [1]));
  const value = engine.scope(() => {
    const sums = add(multiply(parameter, engine.tensor(ink, [ink.length])), engine.tensor(rest, [rest.length]));
    const loss = binaryCrossEntropy(sums, engine.tensor(should, [should.length]));
    backward(loss);
    return loss;
  });
  const state: WeightState = {
    pixel,
    cases: drawings.map((drawing, i) => ({ ...drawing, ink: ink[i], rest: rest[i], should: should[i], says: sigmoid(rest[i] + weight * ink[i]) })),
    loss: await value.item(),
    gradient: await parameter.gradient!.item(),
    curve: Array.from({ length: POINTS }, (_, i) => {
      const at = WEIGHT_RANGE * ((2 * i) / (POINTS - 1) - 1);
      const losses = rest.map((sum, k) => -Math.log(should[k] === 1 ? sigmoid(sum + at * ink[k]) : sigmoid(-sum - at * ink[k])));
      return { weight: at, loss: losses.reduce((total, loss) => total + loss, 0) / losses.length };
    }),
  };
  parameter.gradient!.dispose();
  parameter.dispose();
  value.dispose();
  yield state;
  return state;
});
