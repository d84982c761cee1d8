// The network of chapter 4 is trained in one figure and used in others: the worker keeps its weights, and trains it where there is none yet.
import type { Tools } from '../job.js';
import { digits } from './digits.js';
import { HIDDEN, STEPS } from './sizes.js';
import { trainNetwork, type TrainingSettings } from './train.js';
import type { Weights } from './weights.js';

/** What a visitor can set. */
export interface NetworkInput {
  rate: number;
  examples: number;
  seed: number;
}

/** @param most  how many drawings there are to learn from */
export const settingsOf = ({ rate, examples, seed }: NetworkInput, most: number): TrainingSettings => ({ hidden: HIDDEN, steps: STEPS, rate, seed, examples: Math.min(examples, most) });

const keyOf = ({ rate, examples, seed }: NetworkInput): string => `digit network ${rate} ${examples} ${seed}`;

export const keepNetwork = (tools: Tools, input: NetworkInput, weights: Weights): Promise<Weights> => tools.keep(keyOf(input), () => weights);

/** The trained network of these settings. Training takes a second or a few; the figure hears how far it is. */
export async function trainedNetwork(tools: Tools, input: NetworkInput): Promise<Weights> {
  const { training } = await digits(tools);
  return tools.keep(keyOf(input), async () => {
    const settings = settingsOf(input, training.labels.length);
    let weights: Weights | undefined;
    for await (const { network, step } of trainNetwork(await tools.engine(), training, settings)) {
      if (step === settings.steps) weights = await network.weights();
      if (step % 20 === 0) tools.preparing('network', step / settings.steps);
      await tools.breathe();
    }
    return weights!;
  });
}
