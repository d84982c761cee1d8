// Trains the model of a recipe, from a checkpoint where there is one.
import { GPT, restoreCheckpoint, TaskTrainer, toCheckpoint, train } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import type { Recipe } from './recipe.js';
import { windowsOf } from './windows.js';

export interface TrainingOptions {
  /** The bytes of a checkpoint of the same recipe to go on from. */
  from?: Uint8Array;
  saveEvery?: number;
  save?(checkpoint: Uint8Array): Promise<void>;
  onStep?(report: { step: number; loss: number; seconds: number }, model: GPT): void | Promise<void>;
}

export async function trainModel(engine: Engine, recipe: Recipe, tokenizer: Tokenizer, options: TrainingOptions = {}): Promise<GPT> {
  const { from, saveEvery, save, onStep } = options;
  const model = new GPT(engine, { vocabSize: tokenizer.vocabSize, ...recipe.model }, { seed: recipe.training.seed });
  const trainer = new TaskTrainer(
    model,
    {
      batch(step) {
        const { inputs, targets, shape } = windowsOf(recipe, tokenizer, step);
        return { inputs: { values: inputs, shape }, targets: { values: targets, shape } };
      },
      loss: ({ inputs, targets }) => model.loss(inputs, targets),
    },
    recipe.training,
  );
  if (from) restoreCheckpoint(trainer, from);
  for await (const event of train(trainer, saveEvery === undefined ? {} : { saveEvery })) {
    if (event.type === 'save') await save?.(await toCheckpoint(trainer));
    else if (event.type === 'step') await onStep?.(event.report, model);
  }
  trainer.dispose();
  return model;
}
