// The network that reads what the GPT draws: of chapter 4's kind, trained on drawings that the GPT has not seen, and never on what the GPT drew.
import type { Drawings } from '@kk/corpora/digits';
import type { Engine } from '@kk/nn-core';
import { HIDDEN } from '../signs/sizes.js';
import { trainNetwork, type TrainingSettings } from '../signs/train.js';
import type { Weights } from '../signs/weights.js';
import { coarse, DRAWER_EXAMPLES, someOf } from './examples.js';

const SETTINGS = { hidden: HIDDEN, steps: 3000, rate: 0.5, seed: 1 } satisfies Partial<TrainingSettings>;

export interface ReaderOptions {
  /** It learns from the drawings from this place on. By default from those that the shipped GPT has not learned from. */
  from?: number;
  steps?: number;
  /** Hears how far it is, from 0 to 1. */
  onStep?(share: number): void;
  breathe?(): Promise<void>;
}

/** @param training  all drawings that may be learned from */
export async function trainReader(engine: Engine, training: Drawings, { from = DRAWER_EXAMPLES, steps = SETTINGS.steps, onStep, breathe = async () => {} }: ReaderOptions = {}): Promise<Weights> {
  const own = await coarse(someOf(training, from), breathe);
  let weights: Weights | undefined;
  for await (const { network, step } of trainNetwork(engine, own, { ...SETTINGS, steps, examples: own.labels.length })) {
    if (step === steps) weights = await network.weights();
    onStep?.(step / steps);
    await breathe();
  }
  return weights!;
}
