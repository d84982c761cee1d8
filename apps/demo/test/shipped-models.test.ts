// The shipped models that write: their files are whole and small, they load, and their loss over fresh stories is what their cards say.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countParameters, type GPT } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init, readSafetensors, type Engine } from '@kk/nn-core';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecipe } from '../scripts/models/recipe.js';
import { storyLoss } from '../scripts/models/story-loss.js';
import { cardOf, shippedModels, type ShippedModel } from '../src/models.js';

const folder = fileURLToPath(new URL('../models/', import.meta.url));
const names = Object.keys(shippedModels) as ShippedModel[];
let engine: Engine;
beforeAll(async () => {
  engine = await init('wasm', { threads: 1 });
});
afterAll(() => engine.dispose());

/** Tested in drawn-digits.test.ts and answering-models.test.ts. */
const others = ['digits', 'answers-de', 'answers-en'];

it('are the folders', async () => {
  const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  expect(folders.sort()).toEqual([...names, ...others].sort());
});

describe.each(names)('%s', (name) => {
  const card = cardOf(name)!;
  let model: GPT;
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    model = (await loadModel(engine, join(folder, name))) as GPT;
    tokenizer = await loadTokenizer(join(folder, name, 'tokenizer.json'));
  });

  it('is what its card says', async () => {
    expect({ language: card.language, unit: card.unit }).toEqual(shippedModels[name]);
    expect([card.parameters, card.vocabSize]).toEqual([countParameters(model.config), tokenizer.vocabSize]);
    const files = ['config.json', 'tokenizer.json', 'model.safetensors'].map(async (file) => (await stat(join(folder, name, file))).size);
    expect((await Promise.all(files)).reduce((sum, size) => sum + size)).toBe(card.bytes);
  });

  it('has a valid recipe', async () => {
    const recipe = await readRecipe(join(folder, name, 'recipe.json'));
    expect({ language: recipe.language, ...recipe.model }).toMatchObject({ language: card.language, width: model.config.width, layers: model.config.layers });
  });

  it('is at most 5 MB, in half precision', async () => {
    expect(card.bytes).toBeLessThanOrEqual(5_000_000);
    const { tensors } = readSafetensors(await readFile(join(folder, name, 'model.safetensors')));
    expect(new Set([...tensors.values()].map(({ dtype }) => dtype))).toEqual(new Set(['F16']));
  });

  it('has the loss of its card over stories that it was not measured on before', async () => {
    const { loss, surprise } = await storyLoss(model, tokenizer, card.language, { count: 12, first: 1000 });
    expect(loss).toBeGreaterThan(surprise);
    // Twelve stories differ from each other: by their surprise, which is known, and by how well the model reads them.
    expect(Math.abs(loss - surprise - (card.validation.loss - card.validation.surprise))).toBeLessThan(0.1);
  });
});
