// How large the demo's model is, and how many steps fit into the time.
import { GPT, Trainer, type GPTConfig, type TokenIds, type TrainerOptions } from '@kk/gpt';
import { type Engine } from '@kk/nn-core';

export const VOCAB_SIZE = 1500;

/**
 * Small enough for far more than a thousand steps in a minute and a half on two cores, large enough to write sentences.
 * More and smaller steps turned out better than fewer and larger ones, and a larger vocabulary better than a smaller one.
 */
export const modelSize = { layers: 3, heads: 4, width: 128, contextLength: 64, dropout: 0 };

const BATCH_SIZE = 8;
const LEAST_STEPS = 10;
const SEED = 1;
/** Share of the time that goes into measuring, within limits: the first steps are slow, until the engine has optimized the kernels. */
const MEASURING_SHARE = 0.05;
const LONGEST_MEASURING_SECONDS = 4;
const LEAST_MEASURED_STEPS = 4;

/** A high learning rate, for there is little time; the cosine brings it down again. */
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

/** Steps that this machine does in so many seconds, measured on a model that is thrown away. */
export async function stepsFor(seconds: number, engine: Engine, vocabSize: number, data: TokenIds, signal: AbortSignal): Promise<number> {
  const model = newModel(engine, vocabSize);
  const trainer = new Trainer(model, data, demoTrainerOptions(LEAST_STEPS));
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
