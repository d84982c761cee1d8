// The recipes of the shipped models, and what makes a model of one: twice the same bytes, also after an interruption.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init } from '@kk/nn-core';
import { storySeparator } from '@kk/corpora';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeModel, type MakeOptions } from '../scripts/models/make.js';
import { checkRecipe, type Recipe } from '../scripts/models/recipe.js';
import { tokenizerOf } from '../scripts/models/tokenizer.js';
import { windowsOf } from '../scripts/models/windows.js';

const tiny: Recipe = {
  language: 'de',
  tokenizer: { kind: 'bytePairs', vocabSize: 300, stories: 20, seed: 1 },
  model: { contextLength: 32, layers: 1, heads: 2, width: 16 },
  training: { steps: 12, decayFrom: 6, learningRate: 0.01, minimumLearningRate: 0.001, warmupSteps: 2, betas: [0.9, 0.99], weightDecay: 0.1, seed: 1, again: { steps: 16, learningRate: 0.005 } },
  windows: { batchSize: 2, atStory: 0.3, atWord: 0.3 },
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kk-recipe-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The hash of each file that the tiny recipe makes. */
async function made(name: string, recipe: Recipe, options: Pick<MakeOptions, 'checkpoint' | 'onStep'> = {}): Promise<Record<string, string>> {
  const engine = await init('wasm', { threads: 1 });
  const out = join(folder, name, 'tiny');
  try {
    await makeModel(engine, recipe, { ...options, ...(options.checkpoint && { checkpoint: join(folder, options.checkpoint) }), folder: out, validationStories: 2, saveEvery: 4 });
  } finally {
    engine.dispose();
  }
  const hashes = (await readdir(out)).map(async (file) => [file, createHash('sha256').update(await readFile(join(out, file))).digest('hex')] as const);
  return Object.fromEntries(await Promise.all(hashes));
}

describe('a recipe', () => {
  it('gives the same bytes twice', async () => {
    const files = await made('first', tiny);
    expect(Object.keys(files).sort()).toEqual(['README.md', 'card.json', 'config.json', 'model.safetensors', 'tokenizer.json']);
    expect(await made('second', tiny)).toEqual(files);
  });

  it.each([3, 5, 6, 10, 14])('gives the same bytes after an interruption at step %i', async (last) => {
    const interrupt = ({ step }: { step: number }): void => {
      if (step === last) throw new Error('interrupted');
    };
    await expect(made(`interrupted-${last}`, tiny, { checkpoint: `at-${last}`, onStep: interrupt })).rejects.toThrow('interrupted');
    const begun: number[] = [];
    expect(await made(`resumed-${last}`, tiny, { checkpoint: `at-${last}`, onStep: ({ step }) => void begun.push(step) })).toEqual(await made('whole', tiny));
    expect(begun[0]).toBe(last - (last % 4 || 4) + 1);
  });

  it('gives other bytes with another seed', async () => {
    const other = await made('other', { ...tiny, training: { ...tiny.training, seed: 2 } });
    expect(other['model.safetensors']).not.toBe((await made('whole', tiny))['model.safetensors']);
  });
});

describe('a window', () => {
  const tokenizer = tokenizerOf(tiny);
  const beginnings = (windows: Partial<Recipe['windows']>): string[] => {
    const recipe = { ...tiny, windows: { batchSize: 20, atStory: 0, atWord: 0, ...windows } };
    const { inputs } = windowsOf(recipe, tokenizer, 0);
    return Array.from({ length: 20 }, (_, row) => tokenizer.decode([...inputs.subarray(row * 32, (row + 1) * 32)]));
  };

  it('begins where the recipe says, at a story of its own', () => {
    const [atSeparator, atStory, atWord] = [beginnings({}), beginnings({ atStory: 1 }), beginnings({ atWord: 1 })];
    expect(new Set(atSeparator).size).toBe(20);
    expect(atSeparator.every((text) => text.startsWith(storySeparator))).toBe(true);
    expect(atStory.every((text) => /^\p{Lu}/u.test(text))).toBe(true);
    expect(atWord.filter((text) => /^\p{Ll}/u.test(text)).length).toBeGreaterThan(5);
    expect(atWord.every((text) => /^\S/.test(text))).toBe(true);
  });

  it('has the next token as its target, and depends on the step', () => {
    const { inputs, targets } = windowsOf(tiny, tokenizer, 3);
    expect(targets.subarray(0, 31)).toEqual(inputs.subarray(1, 32));
    expect(windowsOf(tiny, tokenizer, 3).inputs).toEqual(inputs);
    expect(windowsOf(tiny, tokenizer, 4).inputs).not.toEqual(inputs);
  });
});

describe('checking a recipe', () => {
  it.each([
    [{ ...tiny, language: 'fr' }, 'language is "fr"; expected one of de, en.'],
    [{ ...tiny, extra: 1 }, 'the recipe has the field "extra"; it has language, tokenizer, model, training, windows.'],
    [{ ...tiny, model: { ...tiny.model, width: '16' } }, 'model.width is "16"; expected a number of at least 0.'],
    [{ ...tiny, tokenizer: { kind: 'words' } }, 'tokenizer.kind is "words"; expected bytePairs or characters.'],
    [{ ...tiny, training: { ...tiny.training, decayFrom: 13 } }, 'training: warmupSteps is at most decayFrom, and decayFrom at most steps.'],
    [{ ...tiny, training: { ...tiny.training, again: { steps: 12, learningRate: 0.005 } } }, 'training.again.steps is the last step of the second fall'],
  ])('a wrong one is refused by its field', (recipe, message) => {
    expect(() => checkRecipe(recipe)).toThrow(message);
  });
});
