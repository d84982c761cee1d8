// What the shipped models were pretrained with, from their recipes and cards.
import { cardOf } from '../../models.js';
import type { StoryLanguage } from '../../languages/stories.js';
import { modelOf } from './recipe.js';

/** The part of a model's recipe.json that is needed here. */
export interface PretrainingRecipe {
  model: { contextLength: number; layers: number; heads: number; width: number };
  training: { steps: number; learningRate: number; betas: [number, number]; weightDecay: number; seed: number };
  windows: { batchSize: number };
}

const recipes = import.meta.glob<PretrainingRecipe>('../../../models/stories-*/recipe.json', { import: 'default', eager: true });

export const pretrainingRecipe = (language: StoryLanguage): PretrainingRecipe => recipes[`../../../models/${modelOf(language)}/recipe.json`]!;

export interface Pretraining {
  steps: number;
  /** Of all windows together. */
  tokens: number;
  /** As many as fit into these tokens; none comes twice. */
  stories: number;
}

/** A story has as many tokens as those that the model was measured on have in the mean. */
export function pretrainingOf(language: StoryLanguage): Pretraining {
  const { model, training, windows } = pretrainingRecipe(language);
  const { validation } = cardOf(modelOf(language))!;
  const tokens = training.steps * windows.batchSize * model.contextLength;
  return { steps: training.steps, tokens, stories: Math.round(tokens / (validation.tokens / validation.stories)) };
}
