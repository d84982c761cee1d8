// Chapter 4: a small network learns the visitor's own signs. Of each sign, one drawing in five is held out to test it.
import type { Drawings } from '@kk/corpora/digits';
import { defineJob } from '../job.js';
import { countRight, readAll } from '../signs/measure.js';
import { OWN_HIDDEN, OWN_RATE, OWN_STEPS, PIXELS } from '../signs/sizes.js';
import { trainNetwork } from '../signs/train.js';
import type { Weights } from '../signs/weights.js';

export interface OwnSignsInput {
  /** The drawings of each sign, each 784 numbers from 0 to 1. */
  signs: readonly (readonly Float32Array[])[];
  seed: number;
}

export interface OwnSignsState {
  step: number;
  steps: number;
  loss: number;
  /** How many drawings it learns from, and how many of them it reads rightly. */
  training: { right: number; of: number };
  heldOut: { right: number; of: number };
  /** The trained network, at the end. */
  weights?: Weights;
}

const HELD_OUT = 5;

export default defineJob(async function* ({ signs, seed }: OwnSignsInput, tools): AsyncGenerator<OwnSignsState, OwnSignsState> {
  const engine = await tools.engine();
  // The last of each five.
  const isHeldOut = (i: number): boolean => i % HELD_OUT === HELD_OUT - 1;
  const training = asDrawings(signs.map((drawings) => drawings.filter((_, i) => !isHeldOut(i))));
  const heldOut = asDrawings(signs.map((drawings) => drawings.filter((_, i) => isHeldOut(i))));
  const settings = { hidden: OWN_HIDDEN, rate: OWN_RATE, steps: OWN_STEPS, seed, examples: training.labels.length };
  let state: OwnSignsState = { step: 0, steps: OWN_STEPS, loss: NaN, training: { right: 0, of: training.labels.length }, heldOut: { right: 0, of: heldOut.labels.length } };
  for await (const { network, step, loss } of trainNetwork(engine, training, settings)) {
    state = { ...state, step, loss };
    if (step % 20 === 0) {
      const right = async (drawings: Drawings): Promise<number> => countRight(await readAll(tools, engine, (x) => network.forward(x), drawings), drawings);
      state.training = { ...state.training, right: await right(training) };
      state.heldOut = { ...state.heldOut, right: await right(heldOut) };
    }
    if (step === OWN_STEPS) state.weights = await network.weights();
    yield state;
  }
  return state;
});

function asDrawings(signs: readonly (readonly Float32Array[])[]): Drawings {
  const all = signs.flatMap((drawings, label) => drawings.map((pixels) => ({ label, pixels })));
  const pixels = new Uint8Array(all.length * PIXELS);
  all.forEach((drawing, i) => pixels.set(drawing.pixels.map((ink) => Math.round(255 * ink)), i * PIXELS));
  return { pixels, labels: Uint8Array.from(all, ({ label }) => label), signs: signs.map((_, i) => `${i}`) };
}
