// A small base that is trained before the tests of a block, and of which each test gets models of its own.
import { GPT, Trainer, type GPTConfig } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { beforeAll } from 'vitest';

const STEPS = { steps: 60, batchSize: 8, learningRate: 2e-2, seed: 1 };

/**
 * @param tokens what it learns to continue
 * @returns makes a model with the trained weights, on the same engine or another one
 */
export function trainedBase(engine: Engine, config: GPTConfig, tokens: Int32Array, training: Partial<typeof STEPS> = {}): (on?: Engine) => GPT {
  let weights: Uint8Array;
  beforeAll(async () => {
    const base = new GPT(engine, config, { seed: 1 });
    const trainer = new Trainer(base, tokens, { ...STEPS, ...training });
    while (!trainer.isDone) await trainer.step();
    weights = await base.save();
    trainer.dispose();
  });
  return (on = engine) => {
    const model = new GPT(on, config, { blank: true });
    model.load(weights);
    return model;
  };
}
