// What the recipe of a model that answers says: everything that it is made from. The same recipe gives the same bytes on the same machine.
import { readFile } from 'node:fs/promises';
import { languages, type Language } from '@kk/corpora';
import { checkNumber, objectOf } from '../models/recipe.js';

export interface AnsweringRecipe {
  language: Language;
  seed: number;
  /** Steps of 4 rows with 160 tokens, and the characters of stories that are read. */
  base: { steps: number; characters: number };
  /** Steps of as many tokens, the highest rate, and the conversations that are written. */
  tuning: { steps: number; learningRate: number; conversations: number };
}

const numbers = { base: ['steps', 'characters'], tuning: ['steps', 'learningRate', 'conversations'] } as const;

/** @throws Error that names the file and the field that is wrong */
export async function readAnsweringRecipe(path: string): Promise<AnsweringRecipe> {
  try {
    return checkAnsweringRecipe(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** @throws Error that names the field that is missing, unknown or wrong */
export function checkAnsweringRecipe(json: unknown): AnsweringRecipe {
  const recipe = objectOf(json, 'the recipe', ['language', 'seed', 'base', 'tuning']);
  if (!(languages as readonly unknown[]).includes(recipe.language)) throw new Error(`language is ${JSON.stringify(recipe.language)}; expected one of ${languages.join(', ')}.`);
  checkNumber(recipe.seed, 'seed');
  for (const part of ['base', 'tuning'] as const) {
    const fields = objectOf(recipe[part], part, numbers[part]);
    for (const name of numbers[part]) checkNumber(fields[name], `${part}.${name}`);
  }
  return json as AnsweringRecipe;
}
