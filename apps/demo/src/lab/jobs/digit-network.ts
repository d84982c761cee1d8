// Chapter 4: a network learns to read digits. Its loss, what it reads of the drawings it learns from and of those held out, and which it misreads.
import { drawingInput } from '@kk/corpora/digits';
import { defineJob } from '../job.js';
import { digits } from '../signs/digits.js';
import { keepNetwork, settingsOf, type NetworkInput } from '../signs/kept-network.js';
import { countRight, readAll } from '../signs/measure.js';
import { trainNetwork } from '../signs/train.js';

export interface Reading {
  step: number;
  /** The share that is read rightly, of the drawings that it learns from (at most the first 1,000) and of those held out. */
  training: number;
  heldOut: number;
}

export interface Misread {
  /** The place among the held-out drawings. */
  index: number;
  pixels: Float32Array;
  is: number;
  read: number;
}

export interface LearningState {
  step: number;
  steps: number;
  /** The loss of the last step. */
  loss: number;
  /** The mean loss of each ten steps. */
  losses: { step: number; loss: number }[];
  readings: Reading[];
  misread: Misread[];
  /** How many held-out drawings there are, and how many were read rightly at the last reading. */
  heldOut: number;
  right: number;
}

/** Drawings that it learns from are read as well, but not all. */
const MOST_READ = 1000;
const MISREAD_SHOWN = 12;
const FIRST_READINGS = [0, 5, 10, 20, 35, 50, 75];
const isReadAt = (step: number, steps: number): boolean => FIRST_READINGS.includes(step) || (step > 0 && step % 50 === 0) || step === steps;

export default defineJob(async function* (input: NetworkInput, tools): AsyncGenerator<LearningState, LearningState> {
  const { training, heldOut } = await digits(tools);
  const engine = await tools.engine();
  const settings = settingsOf(input, training.labels.length);
  let state: LearningState = { step: 0, steps: settings.steps, loss: NaN, losses: [], readings: [], misread: [], heldOut: heldOut.labels.length, right: 0 };
  let sum = 0;
  let summed = 0;
  for await (const { network, step, loss } of trainNetwork(engine, training, settings)) {
    state = { ...state, step, loss };
    if (step > 0) {
      sum += loss;
      summed++;
    }
    if (summed === 10) {
      state.losses = [...state.losses, { step, loss: sum / summed }];
      sum = summed = 0;
    }
    if (isReadAt(step, settings.steps)) {
      const logits = network.forward.bind(network);
      const read = await readAll(tools, engine, logits, heldOut);
      const count = Math.min(settings.examples, MOST_READ);
      const known = countRight(await readAll(tools, engine, logits, training, count), training);
      const right = countRight(read, heldOut);
      const wrong = [...read.keys()].filter((i) => read[i] !== heldOut.labels[i]).slice(0, MISREAD_SHOWN);
      state.right = right;
      state.readings = [...state.readings, { step, training: known / count, heldOut: right / state.heldOut }];
      state.misread = wrong.map((index) => ({ index, pixels: drawingInput(heldOut, index), is: heldOut.labels[index], read: read[index] }));
    }
    if (step === settings.steps) await keepNetwork(tools, input, await network.weights());
    yield state;
  }
  return state;
});
