// Decides the size of the demo's model and the number of training steps that fit into the time.
import { GPT, Trainer, type GPTConfig, type TokenIds, type TrainerOptions } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { ENDLESS_STEPS } from '../bench/timing.js';

export const VOCAB_SIZE = 1500;

/**
 * Small enough for well over a thousand steps in a minute and a half on two cores, large enough to write sentences. More and smaller steps
 * gave better results than fewer and larger ones, and a larger vocabulary better ones than a smaller.
 */
export const modelSize = { layers: 3, heads: 4, width: 128, contextLength: 64, dropout: 0 };

/** How much text the stories have, and those that the model never sees. */
export const storySize = { bytes: 1_000_000, unseenBytes: 30_000 };

const BATCH_SIZE = 8;
const LEAST_STEPS = 10;
const SEED = 1;
/** The share of the time used for measuring, within limits. The first steps are slow until the engine has optimized the kernels. */
const MEASURING_SHARE = 0.05;
const LONGEST_MEASURING_SECONDS = 4;
const LEAST_MEASURED_STEPS = 4;

/** Uses a high learning rate because there is little time; the cosine schedule lowers it again. */
export function demoTrainerOptions(steps: number): Partial<TrainerOptions> {
  return {
    batchSize: BATCH_SIZE,
    steps,
    learningRate: 3e-3,
    minimumLearningRate: 2e-4,
    warmupSteps: Math.min(50, Math.ceil(steps / 10)),
    betas: [0.9, 0.99],
    weightDecay: 0.1,
    maximumGradientNorm: 1,
    seed: SEED,
  };
}

export function newModel(engine: Engine, vocabSize: number): GPT {
  const config: GPTConfig = { ...modelSize, vocabSize };
  return new GPT(engine, config, { seed: SEED });
}

/** The number of steps that this machine does in the given time, measured on a temporary model. */
export async function stepsFor(seconds: number, engine: Engine, vocabSize: number, data: TokenIds, signal: AbortSignal): Promise<number> {
  const model = newModel(engine, vocabSize);
  const trainer = new Trainer(model, data, { ...demoTrainerOptions(LEAST_STEPS), steps: ENDLESS_STEPS });
  const end = performance.now() + 1000 * Math.min(LONGEST_MEASURING_SECONDS, seconds * MEASURING_SHARE);
  const times: number[] = [];
  try {
    while (times.length < LEAST_MEASURED_STEPS || performance.now() < end) {
      signal.throwIfAborted();
      times.push((await trainer.step()).seconds);
    }
  } finally {
    trainer.dispose();
    model.dispose();
  }
  const later = times.slice(times.length / 2).sort((a, b) => a - b);
  return Math.max(LEAST_STEPS, Math.round(seconds / later[Math.floor(later.length / 2)]));
}
