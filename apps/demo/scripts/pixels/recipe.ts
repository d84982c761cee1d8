// What the recipe of the model that draws digits says: everything that it is made from. The same recipe gives the same bytes on the same machine.
import { readFile } from 'node:fs/promises';
import { CONTEXT } from '../../src/lab/pixels/tokens.js';
import { checkNumber, checkTraining, objectOf, type Recipe } from '../models/recipe.js';
import type { Variation } from './windows.js';

export interface DrawingRecipe {
  /** The first so many of the 9,000 drawings that may be learned from; the others teach the reader that judges what is drawn. */
  examples: number;
  model: { contextLength: number; layers: number; heads: number; width: number };
  training: Recipe['training'];
  windows: Variation;
}

const numbers = { model: ['contextLength', 'layers', 'heads', 'width'], windows: ['batchSize', 'anyDigit', 'degrees', 'scale', 'shift'] } as const;

/** @throws Error that names the file and the field that is wrong */
export async function readDrawingRecipe(path: string): Promise<DrawingRecipe> {
  try {
    return checkDrawingRecipe(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** @throws Error that names the field that is missing, unknown or wrong */
export function checkDrawingRecipe(json: unknown): DrawingRecipe {
  const recipe = objectOf(json, 'the recipe', ['examples', 'model', 'training', 'windows']);
  checkNumber(recipe.examples, 'examples');
  for (const part of ['model', 'windows'] as const) {
    const fields = objectOf(recipe[part], part, numbers[part]);
    for (const name of numbers[part]) checkNumber(fields[name], `${part}.${name}`);
  }
  checkTraining(recipe.training);
  const { model, windows } = json as DrawingRecipe;
  if (model.contextLength !== CONTEXT) throw new Error(`model.contextLength is ${model.contextLength}; expected ${CONTEXT}, the token of a digit and all pixels but the last.`);
  if (windows.anyDigit > 1 || windows.scale >= 1) throw new Error('windows.anyDigit is a share of the drawings, and windows.scale of their size: at most 1.');
  return json as DrawingRecipe;
}
