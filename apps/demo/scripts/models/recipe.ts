// What a recipe says: everything that a shipped model is made from. The same recipe gives the same bytes on the same machine.
import { readFile } from 'node:fs/promises';
import { languages, type Language } from '@kk/corpora';

export interface Recipe {
  language: Language;
  /** Learned from the first stories of a seed; `characters` have one token a character and no vocabSize. */
  tokenizer: { kind: 'bytePairs'; vocabSize: number; stories: number; seed: number } | { kind: 'characters'; stories: number; seed: number };
  model: { contextLength: number; layers: number; heads: number; width: number };
  training: {
    steps: number;
    /** The step from which the rate falls; until then it stays the same. */
    decayFrom: number;
    learningRate: number;
    /** The rate of the last step. */
    minimumLearningRate: number;
    warmupSteps: number;
    betas: [number, number];
    weightDecay: number;
    seed: number;
    /** A warm restart (Loshchilov and Hutter 2016): from the last step on, the rate falls once more, from this one, until this step. */
    again?: { steps: number; learningRate: number };
  };
  windows: {
    /** Windows a step, each of contextLength tokens and of stories that no other window has. */
    batchSize: number;
    /** Shares of windows that begin at a story's first word without a separator, and at any word; the others begin at a separator. */
    atStory: number;
    atWord: number;
  };
}

/** Seeds of stories: training takes those from its seed * 2^24 on, at most 2^24; the tokenizer its own; measuring those from 2^31 on. */
export const storySeeds = { perRun: 2 ** 24, validation: 2 ** 31 } as const;

const numbers = {
  model: ['contextLength', 'layers', 'heads', 'width'],
  training: ['steps', 'decayFrom', 'learningRate', 'minimumLearningRate', 'warmupSteps', 'weightDecay', 'seed'],
  windows: ['batchSize', 'atStory', 'atWord'],
} as const;

/** @throws Error that names the file and the field that is wrong */
export async function readRecipe(path: string): Promise<Recipe> {
  try {
    return checkRecipe(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** @throws Error that names the field that is missing, unknown or wrong */
export function checkRecipe(json: unknown): Recipe {
  const recipe = objectOf(json, 'the recipe', ['language', 'tokenizer', 'model', 'training', 'windows']);
  if (!(languages as readonly unknown[]).includes(recipe.language)) throw new Error(`language is ${JSON.stringify(recipe.language)}; expected one of ${languages.join(', ')}.`);
  for (const part of ['model', 'windows'] as const) {
    const fields = objectOf(recipe[part], part, numbers[part]);
    for (const name of numbers[part]) checkNumber(fields[name], `${part}.${name}`);
  }
  checkTraining(recipe.training);
  const { kind } = recipe.tokenizer as { kind?: unknown };
  if (kind !== 'bytePairs' && kind !== 'characters') throw new Error(`tokenizer.kind is ${JSON.stringify(kind)}; expected bytePairs or characters.`);
  const sizes = kind === 'bytePairs' ? ['vocabSize', 'stories', 'seed'] : ['stories', 'seed'];
  const tokenizer = objectOf(recipe.tokenizer, 'tokenizer', ['kind', ...sizes]);
  for (const name of sizes) checkNumber(tokenizer[name], `tokenizer.${name}`);
  const { steps, seed } = recipe.training as Recipe['training'];
  const { batchSize, atStory, atWord } = recipe.windows as Recipe['windows'];
  if (steps * batchSize > storySeeds.perRun || seed < 1 || seed > 127) throw new Error(`training would need stories of more than ${storySeeds.perRun} seeds, or its seed is not from 1 to 127.`);
  if (atStory + atWord > 1) throw new Error('windows.atStory and windows.atWord are shares of the windows: together at most 1.');
  return json as Recipe;
}

/** @throws Error that names the field of a training that is missing, unknown or wrong */
export function checkTraining(json: unknown): void {
  const fields = objectOf(json, 'training', [...numbers.training, 'betas', 'again']);
  for (const name of numbers.training) checkNumber(fields[name], `training.${name}`);
  const { betas, steps, decayFrom, warmupSteps, again } = json as Recipe['training'];
  if (!Array.isArray(betas) || betas.length !== 2) throw new Error('training.betas are the two decay rates of AdamW.');
  if (decayFrom > steps || warmupSteps > decayFrom) throw new Error('training: warmupSteps is at most decayFrom, and decayFrom at most steps.');
  if (again === undefined) return;
  for (const name of ['steps', 'learningRate'] as const) checkNumber(objectOf(again, 'training.again', ['steps', 'learningRate'])[name], `training.again.${name}`);
  if (again.steps <= steps) throw new Error('training.again.steps is the last step of the second fall: more than training.steps.');
}

/** @throws Error if it is none, or has a field that is not among the names */
export function objectOf(value: unknown, what: string, names: readonly string[]): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} should be an object.`);
  const unknown = Object.keys(value).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`${what} has the field "${unknown}"; it has ${names.join(', ')}.`);
  return value as Record<string, unknown>;
}

/** @throws Error unless it is a number of at least 0 */
export function checkNumber(value: unknown, what: string): void {
  if (typeof value !== 'number' || !(value >= 0 && value < Infinity)) throw new Error(`${what} is ${JSON.stringify(value)}; expected a number of at least 0.`);
}
