// Chapter 4: inside the trained network. What each hidden neuron says about a drawing, and what breaks when neurons are removed or weights flipped.
import { drawingInput, type Drawings } from '@kk/corpora/digits';
import { Random } from '@kk/nn-core';
import { defineJob } from '../job.js';
import { digits } from '../signs/digits.js';
import { forward } from '../signs/forward.js';
import { trainedNetwork, type NetworkInput } from '../signs/kept-network.js';
import { countRight, readAll } from '../signs/measure.js';
import { readSign } from '../signs/read-sign.js';
import type { Weights } from '../signs/weights.js';

export interface InsideInput {
  network: NetworkInput;
  /** A drawing of the visitor, 784 numbers from 0 to 1; else the first held-out drawing of `digit`. */
  pixels?: Float32Array;
  digit: number;
  /** Neurons that are removed. */
  removed: readonly number[];
  /** How many more are removed, by chance. */
  lost: number;
  /** Weights that are flipped: from which neuron, to which digit. */
  flipped: readonly { neuron: number; digit: number }[];
}

export interface InsideState {
  pixels: Float32Array;
  /** The first held-out drawing of each digit. */
  signs: Float32Array[];
  /** The untouched network. */
  weights: Weights;
  /** What each hidden neuron says in it. */
  hidden: Float32Array;
  /** The probabilities of the untouched network, and of the changed one. */
  before: Float32Array;
  after: Float32Array;
  /** Neurons from the one that this drawing's answer owes most to. */
  order: number[];
  /** All that are removed. */
  removed: number[];
  /** How many of the held-out drawings are read rightly, before and after. */
  heldOut: number;
  rightBefore: number;
  rightAfter: number;
}

export default defineJob(async function* (input: InsideInput, tools): AsyncGenerator<InsideState, InsideState> {
  const { heldOut } = await digits(tools);
  const engine = await tools.engine();
  const weights = await trainedNetwork(tools, input.network);
  const right = async (of: Weights): Promise<number> => countRight(await readAll(tools, engine, (x) => forward(engine, of, x).logits, heldOut), heldOut);
  const rightBefore = await tools.keep(`right ${JSON.stringify(input.network)}`, () => right(weights));
  const signs = Array.from({ length: 10 }, (_, digit) => firstOf(heldOut, digit));
  const pixels = input.pixels ?? signs[input.digit];
  const removed = [...new Set([...input.removed, ...new Random(input.network.seed).permutation(weights.hidden).subarray(0, input.lost)])];
  const changed = change(weights, removed, input.flipped);
  const before = await readSign(engine, weights, pixels);
  const after = await readSign(engine, changed, pixels);
  const best = before.probabilities.reduce((top, value, sign, all) => (value > all[top] ? sign : top), 0);
  const share = (neuron: number): number => before.hidden[neuron] * weights.outputWeight[neuron * weights.signs + best];
  const state: InsideState = {
    pixels,
    signs,
    weights,
    hidden: before.hidden,
    before: before.probabilities,
    after: after.probabilities,
    order: [...before.hidden.keys()].sort((a, b) => share(b) - share(a) || a - b),
    removed,
    heldOut: heldOut.labels.length,
    rightBefore,
    rightAfter: await right(changed),
  };
  yield state;
  return state;
});

const firstOf = (drawings: Drawings, digit: number): Float32Array => drawingInput(drawings, drawings.labels.indexOf(digit));

/** A copy in which nobody hears the removed neurons, and the flipped weights have the other sign. */
export function change(weights: Weights, removed: readonly number[], flipped: InsideInput['flipped']): Weights {
  const outputWeight = weights.outputWeight.slice();
  for (const { neuron, digit } of flipped) outputWeight[neuron * weights.signs + digit] *= -1;
  for (const neuron of removed) outputWeight.fill(0, neuron * weights.signs, (neuron + 1) * weights.signs);
  return { ...weights, outputWeight };
}
