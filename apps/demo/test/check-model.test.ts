// A model that a visitor brings: what is accepted in which form, and what is said about a folder that is damaged or incomplete.
import { countParameters, GPT, Llama, toHuggingFaceConfig, toSafetensors } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { BytePairTokenizer, vocabAndMergesFromTokenizer } from '@kk/tokenizer';
import { expect, it } from 'vitest';
import { checkModel, type CheckedModel, type ModelProblem } from '../src/lab/check-model.js';

const engine = await init('cpu');
const tokenizer = BytePairTokenizer.train(['der hund bellt. die katze schläft. '.repeat(20)], { vocabSize: 280 });
const model = new GPT(engine, { vocabSize: tokenizer.vocabSize, contextLength: 16, layers: 1, heads: 2, width: 8 }, { seed: 1 });
const weights = (await toSafetensors(model)) as Uint8Array<ArrayBuffer>;
const good: Record<string, Blob> = {
  'config.json': new Blob([JSON.stringify(toHuggingFaceConfig(model.config))]),
  'tokenizer.json': new Blob([JSON.stringify(tokenizer.toJSON())]),
  'model.safetensors': new Blob([weights]),
};

function check(changes: Record<string, Blob | undefined>): Promise<CheckedModel | { problem: ModelProblem }> {
  const files: Record<string, Blob | undefined> = { ...good, ...changes };
  return checkModel(async (name) => files[name], engine, async () => {});
}
const problemOf = async (changes: Record<string, Blob | undefined>): Promise<Partial<ModelProblem>> => ((await check(changes)) as { problem: ModelProblem }).problem;
const json = (value: unknown): Blob => new Blob([JSON.stringify(value)]);

it('accepts the three files, and tells the sizes and what the model writes', async () => {
  const checked = (await check({})) as CheckedModel;
  expect(checked.facts).toEqual({ family: 'gpt', parameters: 280 * 8 + 16 * 8 + 12 * 64 + 13 * 8 + 16, layers: 1, heads: 2, width: 8, contextLength: 16, vocabSize: 280 });
  expect(checked.files).toEqual(good);
  expect(checked.sample).toBe(((await check({})) as CheckedModel).sample);
});

it.each(['llama', 'mistral', 'qwen2'] as const)('accepts a %s, too', async (family) => {
  const other = new Llama(engine, { family, vocabSize: tokenizer.vocabSize, contextLength: 16, layers: 1, heads: 2, keyValueHeads: 1, width: 8, feedForwardWidth: 12 }, { seed: 1 });
  const files = { 'config.json': json(toHuggingFaceConfig(other.config)), 'model.safetensors': new Blob([(await toSafetensors(other)) as Uint8Array<ArrayBuffer>]) };
  const checked = (await check(files)) as CheckedModel;
  expect(checked.facts).toEqual({ family, parameters: countParameters(other.config), layers: 1, heads: 2, width: 8, contextLength: 16, vocabSize: 280 });
});

it('makes a tokenizer.json of vocab.json and merges.txt', async () => {
  const { vocab, merges } = vocabAndMergesFromTokenizer(tokenizer);
  const checked = (await check({ 'tokenizer.json': undefined, 'vocab.json': json(vocab), 'merges.txt': new Blob([merges]) })) as CheckedModel;
  expect(JSON.parse(await checked.files['tokenizer.json'].text()).model.vocab).toEqual(vocab);
  expect(await problemOf({ 'tokenizer.json': undefined, 'vocab.json': json(vocab) })).toMatchObject({ kind: 'missing', file: 'merges.txt' });
});

it('makes one file of weights in several', async () => {
  const header = JSON.parse(new TextDecoder().decode(weights.subarray(8, 8 + Number(new DataView(weights.buffer, weights.byteOffset).getBigUint64(0, true))))) as Record<string, unknown>;
  const names = Object.keys(header).filter((name) => name !== '__metadata__');
  const index = json({ weight_map: Object.fromEntries(names.map((name) => [name, 'model-00001-of-00001.safetensors'])) });
  const changes = { 'model.safetensors': undefined, 'model.safetensors.index.json': index, 'model-00001-of-00001.safetensors': good['model.safetensors'] };
  const checked = (await check(changes)) as CheckedModel;
  expect(new Uint8Array(await checked.files['model.safetensors'].arrayBuffer())).toEqual(weights);
  expect(await problemOf({ ...changes, 'model-00001-of-00001.safetensors': undefined })).toMatchObject({ kind: 'missing', file: 'model-00001-of-00001.safetensors' });
});

const config = { ...toHuggingFaceConfig(model.config) };
it.each<[string, Record<string, Blob | undefined>, Partial<ModelProblem>]>([
  ['no config.json', { 'config.json': undefined }, { kind: 'missing', file: 'config.json' }],
  ['no tokenizer', { 'tokenizer.json': undefined }, { kind: 'missing', file: 'tokenizer.json' }],
  ['no weights', { 'model.safetensors': undefined }, { kind: 'missing', file: 'model.safetensors' }],
  ['only a pickle', { 'model.safetensors': undefined, 'pytorch_model.bin': new Blob(['x']) }, { kind: 'pickle' }],
  ['a config.json that is a page', { 'config.json': new Blob(['<!doctype html>']) }, { kind: 'json', file: 'config.json' }],
  ['another kind of model', { 'config.json': json({ ...config, model_type: 'bert' }) }, { kind: 'config', file: 'config.json' }],
  ['a damaged tokenizer.json', { 'tokenizer.json': json({ model: {} }) }, { kind: 'tokenizer', file: 'tokenizer.json' }],
  ['a tokenizer of another model', { 'config.json': json({ ...config, vocab_size: 100 }) }, { kind: 'mismatch', file: 'tokenizer.json' }],
  ['weights that end early', { 'model.safetensors': new Blob([weights.subarray(0, weights.length - 4)]) }, { kind: 'weights', file: 'model.safetensors' }],
  ['weights of other sizes', { 'config.json': json({ ...config, n_layer: 2 }) }, { kind: 'weights', file: 'model.safetensors' }],
])('refuses %s', async (_, changes, problem) => {
  expect(await problemOf(changes)).toMatchObject(problem);
});

