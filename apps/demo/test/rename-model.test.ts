// A kept model gets another name: it is there once, and stays the chosen one.
import { expect, it } from 'vitest';
import { chooseModel, chosenModel, keepModel, ownModels, renameModel, type OwnModel } from '../src/storage/own-models.js';

const model = (name: string): OwnModel => ({ name, facts: { family: 'gpt', parameters: 1, layers: 1, heads: 1, width: 1, contextLength: 1, vocabSize: 1 }, made: name, files: { 'config.json': new Blob(['{}']), 'tokenizer.json': new Blob([]), 'model.safetensors': new Blob([]) } });

it('is there under its new name alone', async () => {
  for (const name of ['a', 'b']) await keepModel(model(name));
  await chooseModel('own:a');
  expect(await renameModel('a', 'c')).toBe(false); // nothing outlasts this page, which has no store
  expect((await ownModels()).map(({ name, made }) => [name, made])).toEqual([['b', 'b'], ['c', 'a']]);
  expect(await chosenModel()).toBe('own:c');
  await renameModel('b', 'd');
  expect(await chosenModel()).toBe('own:c');
  expect(await renameModel('a', 'e')).toBeUndefined();
  expect((await ownModels()).map(({ name }) => name)).toEqual(['c', 'd']);
});
