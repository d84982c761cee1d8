// Makes a shipped model from its recipe: the tokenizer, the training, the three files of a Hugging Face folder, and a card with its figures.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { countParameters, fromSafetensors, toHuggingFaceConfig, toSafetensors } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { checkpointFile } from './checkpoint-file.js';
import { readmeOf } from './readme.js';
import type { Recipe } from './recipe.js';
import { sampleOf } from './samples.js';
import { storyLoss, type StoryLoss } from './story-loss.js';
import { tokenizerOf } from './tokenizer.js';
import { trainModel, type TrainingOptions } from './training.js';
import { windowsOf, type Windows } from './windows.js';

/** What card.json says of a model; the loss is that of the rounded weights. */
export interface Card {
  language: string;
  unit: 'token' | 'character';
  parameters: number;
  vocabSize: number;
  bytes: number;
  validation: StoryLoss;
}

/** Texts in the README. */
const SAMPLES = 10;

export interface MakeOptions {
  /** The folder that the files are written to. */
  folder: string;
  /** Where the training leaves its state, and goes on from after an interruption. */
  checkpoint?: string;
  saveEvery?: number;
  /** How many stories the model is measured on. */
  validationStories: number;
  onStep?: TrainingOptions['onStep'];
}

export async function makeModel(engine: Engine, recipe: Recipe, options: MakeOptions): Promise<Card> {
  const { folder, checkpoint, saveEvery, validationStories, onStep } = options;
  const tokenizer = tokenizerOf(recipe);
  const kept = await checkpointFile(checkpoint, recipe, saveEvery);
  const windowsAt = (step: number): Windows => windowsOf(recipe, tokenizer, step);
  const trained = await trainModel(engine, { vocabSize: tokenizer.vocabSize, ...recipe.model }, recipe.training, windowsAt, { ...kept, ...(onStep && { onStep }) });
  const weights = await toSafetensors(trained, { dtype: 'F16' });
  const { config } = trained;
  trained.dispose();

  const model = fromSafetensors(engine, config, weights); // what a visitor gets, with the weights rounded
  const validation = await storyLoss(model, tokenizer, recipe.language, { count: validationStories });
  const samples: string[] = [];
  for (let seed = 1; seed <= SAMPLES; seed++) samples.push(await sampleOf(model, tokenizer, seed));
  model.dispose();
  const files = {
    'config.json': `${JSON.stringify(toHuggingFaceConfig(config, { dtype: 'F16' }), null, 2)}\n`,
    'tokenizer.json': `${JSON.stringify(tokenizer.toJSON())}\n`,
    'model.safetensors': weights,
  };
  const bytes = Object.values(files).reduce((sum, file) => sum + Buffer.byteLength(file), 0);
  const unit = recipe.tokenizer.kind === 'characters' ? 'character' : 'token';
  const card: Card = { language: recipe.language, unit, parameters: countParameters(config), vocabSize: config.vocabSize, bytes, validation };
  await mkdir(folder, { recursive: true });
  const described = { 'card.json': `${JSON.stringify(card, null, 2)}\n`, 'README.md': readmeOf(basename(folder), recipe, card, samples) };
  for (const [name, content] of Object.entries({ ...files, ...described })) await writeFile(join(folder, name), content);
  return card;
}
