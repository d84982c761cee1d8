// Trains the model of a recipe: with the same rate until `decayFrom`, then falling to the last step. So a run can be ended at any of its
// checkpoints: the steps at the full rate do not depend on how many there will be.
import { GPT, restoreCheckpoint, TaskTrainer, toCheckpoint, train } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import type { Recipe } from './recipe.js';
import { windowsOf } from './windows.js';

export interface TrainingOptions {
  /** The bytes of a checkpoint of the same recipe to go on from. */
  from?: Uint8Array | undefined;
  saveEvery?: number;
  save?(checkpoint: Uint8Array): Promise<void>;
  onStep?(report: { step: number; loss: number }): void;
}

export async function trainModel(engine: Engine, recipe: Recipe, tokenizer: Tokenizer, options: TrainingOptions = {}): Promise<GPT> {
  const model = new GPT(engine, { vocabSize: tokenizer.vocabSize, ...recipe.model }, { seed: recipe.training.seed });
  const { decayFrom, steps, learningRate, ...same } = recipe.training;
  const task = {
    batch(step: number) {
      const { inputs, targets, shape } = windowsOf(recipe, tokenizer, step);
      return { inputs: { values: inputs, shape }, targets: { values: targets, shape } };
    },
    loss: ({ inputs, targets }: { inputs: Parameters<GPT['loss']>[0]; targets: Parameters<GPT['loss']>[1] }) => model.loss(inputs, targets),
  };
  const phase = (changes: { steps: number; minimumLearningRate: number; warmupSteps: number }): TaskTrainer<GPT> => {
    const trainer = new TaskTrainer(model, task, { ...same, learningRate, ...changes });
    if (options.from) restoreCheckpoint(trainer, options.from);
    return trainer;
  };
  const falling = phase({ steps, minimumLearningRate: same.minimumLearningRate, warmupSteps: decayFrom }); // the cosine begins where a warm-up ends
  if (falling.stepsDone < decayFrom) {
    const constant = phase({ steps: decayFrom, minimumLearningRate: learningRate, warmupSteps: same.warmupSteps });
    await run(constant, options);
    restoreCheckpoint(falling, await toCheckpoint(constant));
    constant.dispose();
  }
  await run(falling, options);
  falling.dispose();
  return model;
}

async function run(trainer: TaskTrainer<GPT>, { saveEvery, save, onStep }: TrainingOptions): Promise<void> {
  for await (const event of train(trainer, saveEvery === undefined ? {} : { saveEvery })) {
    if (event.type === 'step') onStep?.(event.report);
    else if (event.type === 'save') await save?.(await toCheckpoint(trainer));
  }
}
