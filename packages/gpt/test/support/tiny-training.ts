// Ten steps of a GPT that is small enough for a processor that plays a GPU, for every place where they are compared.
import type { Engine } from '@kk/nn-core';
import { GPT, Trainer, type GPTConfig, type TrainerMode } from '../../src/index.js';

export const config: GPTConfig = { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0.1 };
export const options = { batchSize: 3, accumulationSteps: 2, steps: 10, warmupSteps: 2, learningRate: 1e-2, minimumLearningRate: 1e-3, seed: 3 };
export const text = Int32Array.from({ length: 300 }, (_, i) => (i * i + 3 * i) % 11);

/** Trains a new model; what the loss was at each step, in nats per token. */
export async function train(engine: Engine, mode: TrainerMode = {}, steps = options.steps): Promise<{ model: GPT; losses: number[] }> {
  const model = new GPT(engine, config, { seed: 1 });
  const trainer = new Trainer(model, text, { ...options, steps }, mode);
  const losses: number[] = [];
  while (!trainer.isDone) losses.push((await trainer.step()).loss);
  return { model, losses };
}
