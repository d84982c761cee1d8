// Chapter 4: one neuron learns to like a digit; how often it is right, and drawings to show it.
import { drawingInput, type Drawings } from '@kk/corpora/digits';
import { defineJob } from '../job.js';
import { digits } from '../signs/digits.js';
import { trainNeuron, type NeuronWeights } from '../signs/neuron.js';
import { NEURON_STEPS } from '../signs/sizes.js';

export interface NeuronInput {
  digit: number;
  seed: number;
}

export interface NeuronState extends NeuronWeights {
  step: number;
  steps: number;
  /** Held-out drawings, two of each digit. */
  signs: { is: number; pixels: Float32Array }[];
  /** Of the held-out drawings: how many show the digit, and to how many of them it says yes; and the others. */
  yes: { right: number; of: number };
  no: { right: number; of: number };
}

const SHOWN_OF_EACH = 2;

export default defineJob(async function* ({ digit, seed }: NeuronInput, tools): AsyncGenerator<NeuronState, NeuronState> {
  const { training, heldOut } = await digits(tools);
  const signs = Array.from({ length: SHOWN_OF_EACH * 10 }, (_, i) => ofDigit(heldOut, i % 10)[Math.floor(i / 10)]).map((index) => ({ is: heldOut.labels[index], pixels: drawingInput(heldOut, index) }));
  const state = { steps: NEURON_STEPS, signs };
  let last: NeuronState | undefined;
  for await (const neuron of trainNeuron(await tools.engine(), training, { digit, steps: NEURON_STEPS, seed })) {
    // Reading 1,000 drawings takes longer than a step.
    if (last && neuron.step % 10 !== 0) last = { ...last, ...neuron };
    else last = { ...state, ...neuron, ...judge(neuron, heldOut, digit) };
    yield last;
  }
  return last!;
});

const ofDigit = ({ labels }: Drawings, digit: number): number[] => [...labels.keys()].filter((i) => labels[i] === digit);

/** Says yes where the sum is above 0. */
function judge({ weight, bias }: NeuronWeights, drawings: Drawings, digit: number): Pick<NeuronState, 'yes' | 'no'> {
  const yes = { right: 0, of: 0 };
  const no = { right: 0, of: 0 };
  const pixels = new Float32Array(weight.length);
  drawings.labels.forEach((label, index) => {
    drawingInput(drawings, index, pixels);
    const sum = weight.reduce((total, value, i) => total + value * pixels[i], bias);
    const group = label === digit ? yes : no;
    group.of++;
    if (sum > 0 === (label === digit)) group.right++;
  });
  return { yes, no };
}
