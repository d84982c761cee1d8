// Ten steps of a model that is small enough for a processor that plays a GPU, for every place where they are compared.
import type { Engine } from '@kk/nn-core';
import { createTransformer, Trainer, type GPTConfig, type LlamaConfig, type TrainerMode, type Transformer, type TransformerConfig } from '../../src/index.js';

export const config: GPTConfig = { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0.1 };
export const llamaConfig: LlamaConfig = { family: 'qwen2', vocabSize: 11, contextLength: 8, layers: 2, heads: 4, keyValueHeads: 2, width: 16, feedForwardWidth: 24, window: 5, layersWithoutWindow: 1 };
export const options = { batchSize: 3, accumulationSteps: 2, steps: 10, warmupSteps: 2, learningRate: 1e-2, minimumLearningRate: 1e-3, seed: 3 };
export const text = Int32Array.from({ length: 300 }, (_, i) => (i * i + 3 * i) % 11);

/** Trains a new model; what the loss was at each step, in nats per token. */
export async function train(engine: Engine, mode: TrainerMode = {}, steps = options.steps, sizes: TransformerConfig = config): Promise<{ model: Transformer; losses: number[] }> {
  const model: Transformer = createTransformer(engine, sizes, { seed: 1 });
  const trainer = new Trainer(model, text, { ...options, steps }, mode);
  const losses: number[] = [];
  while (!trainer.isDone) losses.push((await trainer.step()).loss);
  return { model, losses };
}
