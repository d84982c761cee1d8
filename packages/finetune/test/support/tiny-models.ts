// Tiny models of both families, tied and untied, and what tests do with them.
import { GPT, Llama, type Transformer } from '@kk/gpt';
import { Random, type Engine } from '@kk/nn-core';
import type { Adapter } from '../../src/index.js';

export interface Family {
  create: (engine: Engine) => Transformer;
}

const gpt = { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16 };
const llama = { vocabSize: 11, contextLength: 8, layers: 2, heads: 4, keyValueHeads: 2, width: 16, feedForwardWidth: 24 };

export const families: Readonly<Record<string, Family>> = {
  'a GPT with a tied output layer': { create: (engine) => new GPT(engine, gpt, { seed: 1 }) },
  'a GPT with an output layer of its own': { create: (engine) => new GPT(engine, { ...gpt, tiedEmbeddings: false }, { seed: 1 }) },
  'a Llama': { create: (engine) => new Llama(engine, { family: 'llama', ...llama }, { seed: 1 }) },
  'a Qwen2 with a tied output layer': { create: (engine) => new Llama(engine, { family: 'qwen2', ...llama, tiedEmbeddings: true }, { seed: 1 }) },
};

export const text = Int32Array.from({ length: 300 }, (_, i) => (i * i + 3 * i) % 11);
export const trainingOptions = { batchSize: 3, steps: 20, warmupSteps: 2, learningRate: 3e-2, seed: 3 };

/** The logits of all positions of a fixed text. */
export function logitsOf(model: Transformer): Float32Array {
  const { engine } = model;
  const logits = engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(text.slice(0, 16), [2, 8], 'int32'))));
  const numbers = logits.dataSync() as Float32Array;
  logits.dispose();
  return numbers;
}

/** Fills all parameters of an adapter, so that it changes what the model computes. */
export function fill(adapter: Adapter, seed: number): void {
  const random = new Random(seed);
  for (const parameter of adapter.parameters()) parameter.set(Float64Array.from({ length: parameter.size }, () => 0.3 * random.normal()));
}
