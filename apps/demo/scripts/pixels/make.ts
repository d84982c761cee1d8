// Makes the model that draws digits from its recipe: the training, the files of a Hugging Face folder, and a card with what it can do.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SplitDrawings } from '@kk/corpora/digits';
import { countParameters, fromSafetensors, toHuggingFaceConfig, toSafetensors } from '@kk/gpt';
import type { Engine } from '@kk/nn-core';
import { CharacterTokenizer } from '@kk/tokenizer';
import { someOf } from '../../src/lab/pixels/examples.js';
import { SYMBOLS, VOCABULARY } from '../../src/lab/pixels/tokens.js';
import { checkpointFile } from '../models/checkpoint-file.js';
import { trainModel, type TrainingOptions } from '../models/training.js';
import { measureDrawing, type DrawingFigures, type MeasureOptions } from './measure.js';
import { drawingReadme } from './readme.js';
import type { DrawingRecipe } from './recipe.js';
import { drawingWindows } from './windows.js';

/** What card.json says of the model; all figures are those of the rounded weights. */
export interface DrawingCard extends DrawingFigures {
  parameters: number;
  bytes: number;
}

export interface MakeDrawingOptions {
  /** The folder that the files are written to. */
  folder: string;
  /** Where the training leaves its state, and goes on from after an interruption. */
  checkpoint?: string;
  saveEvery?: number;
  measure: MeasureOptions;
  onStep?: TrainingOptions['onStep'];
}

/** @param drawings  those of the package `mnist`: the first of them are learned from */
export async function makeDrawingModel(engine: Engine, recipe: DrawingRecipe, drawings: SplitDrawings, options: MakeDrawingOptions): Promise<DrawingCard> {
  const { folder, onStep, measure } = options;
  const examples = someOf(drawings.training, 0, recipe.examples);
  const kept = await checkpointFile(options.checkpoint, recipe, options.saveEvery);
  const windowsAt = (step: number) => drawingWindows(examples, recipe.windows, recipe.training.seed, step);
  const trained = await trainModel(engine, { vocabSize: VOCABULARY, ...recipe.model }, recipe.training, windowsAt, { ...kept, ...(onStep && { onStep }) });
  const weights = await toSafetensors(trained, { dtype: 'F16' });
  const { config } = trained;
  trained.dispose();

  const model = fromSafetensors(engine, config, weights); // what a visitor gets, with the weights rounded
  const figures = await measureDrawing(model, drawings, recipe.examples, measure);
  model.dispose();
  const files = {
    'config.json': `${JSON.stringify(toHuggingFaceConfig(config, { dtype: 'F16' }), null, 2)}\n`,
    'tokenizer.json': `${JSON.stringify(new CharacterTokenizer({ tokens: [...SYMBOLS], addedTokens: [] }).toJSON())}\n`,
    'model.safetensors': weights,
  };
  const bytes = Object.values(files).reduce((sum, file) => sum + Buffer.byteLength(file), 0);
  const card: DrawingCard = { parameters: countParameters(config), bytes, ...figures };
  await mkdir(folder, { recursive: true });
  const described = { 'card.json': `${JSON.stringify(card, null, 2)}\n`, 'README.md': drawingReadme(basename(folder), recipe, card) };
  for (const [name, content] of Object.entries({ ...files, ...described })) await writeFile(join(folder, name), content);
  return card;
}
