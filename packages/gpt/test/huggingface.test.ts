// Folders as others write them: sizes under other names, sharded weights, tied and untied output layers, both forms of GELU, unequal
// dropouts. All load, compute what PyTorch computes (fixtures/huggingface.torch.py) and are written back as they were.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { backward, init, readSafetensors, writeSafetensors, type TensorToWrite } from '@kk/nn-core';
import { afterAll, describe, expect, it } from 'vitest';
import { countParameters, fromHuggingFaceConfig, GPT, huggingFaceNames, readShards, toHuggingFaceConfig, type GPTConfig, type Transformer } from '../src/index.js';
import { loadModel, saveModel } from '../src/node.js';

interface Fixture {
  ids: number[];
  scale: number;
  epsilon: number;
  cases: { activation: string; tied: boolean; logits: number[] }[];
}

const fixture = JSON.parse(await readFile(fileURLToPath(new URL('fixtures/huggingface.torch.json', import.meta.url)), 'utf8')) as Fixture;
const [vocab, context, layers, width] = [7, 6, 2, 8];
const engine = await init('cpu', { precision: 'float64' });

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

/** The config of the fixture, tied and with GPT-2's own GELU, as Hugging Face writes it. */
const standard = {
  model_type: 'gpt2', vocab_size: vocab, n_positions: context, n_embd: width, n_layer: layers, n_head: 2,
  activation_function: 'gelu_new', layer_norm_epsilon: fixture.epsilon, resid_pdrop: 0, embd_pdrop: 0, attn_pdrop: 0, tie_word_embeddings: true,
};

/** All weights of the fixture by the formula in its script, `lm_head.weight` included. */
function weights(): Map<string, TensorToWrite> {
  const names = [...huggingFaceNames(new GPT(engine, { ...fromHuggingFaceConfig(standard), tiedEmbeddings: false }, { blank: true }))].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(names.map(([name, { shape, size }], k) => {
    const isScale = name.includes('.ln_') && name.endsWith('weight');
    return [name, { dtype: 'F32', shape, data: Float32Array.from({ length: size }, (_, i) => fixture.scale * Math.sin(0.7 * i + 1.3 * k + 0.1) + Number(isScale)) }];
  }));
}

function without(tensors: Map<string, TensorToWrite>, ...names: string[]): Map<string, TensorToWrite> {
  return new Map([...tensors].filter(([name]) => !names.includes(name)));
}

const tied = (): Map<string, TensorToWrite> => without(weights(), 'lm_head.weight');

/** The weights with one wrong number in one of them. */
function ruined(tensors: Map<string, TensorToWrite>, name: string, value: number): Map<string, TensorToWrite> {
  const tensor = tensors.get(name)!;
  const data = Float32Array.from(tensor.data as Float32Array);
  data[data.length - 1] = value;
  return new Map([...tensors, [name, { ...tensor, data } as TensorToWrite]]);
}

async function folderOf(config: object, files: Record<string, Uint8Array | string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kk-huggingface-'));
  folders.push(folder);
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  for (const [name, contents] of Object.entries(files)) await writeFile(join(folder, name), contents);
  return folder;
}

const oneFile = (config: object, tensors: Map<string, TensorToWrite>): Promise<string> => folderOf(config, { 'model.safetensors': writeSafetensors(tensors) });

/** Three shards, and the index that names them. */
function shards(tensors: Map<string, TensorToWrite>): Record<string, Uint8Array | string> {
  const files: Record<string, Uint8Array | string> = {};
  const weightMap: Record<string, string> = {};
  for (let shard = 0; shard < 3; shard++) {
    const name = `model-0000${shard + 1}-of-00003.safetensors`;
    const part = new Map([...tensors].filter((_, i) => i % 3 === shard));
    for (const tensor of part.keys()) weightMap[tensor] = name;
    files[name] = writeSafetensors(part, { format: 'pt' });
  }
  files['model.safetensors.index.json'] = JSON.stringify({ metadata: { total_size: 1 }, weight_map: weightMap });
  return files;
}

function logitsOf(model: Transformer): number[] {
  const { ids } = fixture;
  return [...engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(ids, [1, ids.length], 'int32')))).dataSync()];
}

function expectLogits(model: Transformer, activation: string, isTied: boolean): void {
  const expected = fixture.cases.find((one) => one.activation === activation && one.tied === isTied)!.logits;
  const actual = logitsOf(model);
  expect(actual).toHaveLength(expected.length);
  expected.forEach((logit, i) => expect(Math.abs(actual[i]! - logit), `logit ${i}`).toBeLessThan(1e-7));
}

/** Loads the folder, writes the model into another, loads that: the logits of both must be PyTorch's. Returns the second folder. */
async function expectFolder(folder: string, activation = 'gelu_new', isTied = true): Promise<string> {
  const model = await loadModel(engine, folder);
  expectLogits(model, activation, isTied);
  const copy = await folderOf({}, {});
  await saveModel(copy, model);
  expectLogits(await loadModel(engine, copy), activation, isTied);
  return copy;
}

const readConfig = async (folder: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Record<string, unknown>;
const namesIn = async (folder: string): Promise<string[]> => [...readSafetensors(await readFile(join(folder, 'model.safetensors'))).tensors.keys()];

describe('a Hugging Face folder loads and is written back', () => {
  it.each([['gelu_new', true], ['gelu_new', false], ['gelu', true], ['gelu', false]])('with %s, tied: %s', async (activation, isTied) => {
    const copy = await expectFolder(await oneFile({ ...standard, activation_function: activation, tie_word_embeddings: isTied }, isTied ? tied() : weights()), activation, isTied);
    expect(await readConfig(copy)).toMatchObject({ activation_function: activation, tie_word_embeddings: isTied });
    expect((await namesIn(copy)).includes('lm_head.weight')).toBe(!isTied);
  });

  it('with lm_head.weight alone: the other name of a tied table was left out', async () => {
    const tensors = weights();
    tensors.set('lm_head.weight', tensors.get('transformer.wte.weight')!);
    await expectFolder(await oneFile(standard, without(tensors, 'transformer.wte.weight')));
    await expectFolder(await oneFile(standard, tensors)); // both names, the same numbers
  });

  it('with names that lack the prefix', async () => {
    await expectFolder(await oneFile(standard, new Map([...tied()].map(([name, tensor]) => [name.replace('transformer.', ''), tensor]))));
  });

  it('in shards', async () => {
    await expectFolder(await folderOf(standard, shards(tied())));
    await expectFolder(await folderOf({ ...standard, tie_word_embeddings: false }, shards(weights())), 'gelu_new', false);
  });

  it('with sizes under their general names, and with n_ctx alone', async () => {
    const { n_positions, n_embd, n_layer, n_head, ...rest } = standard;
    await expectFolder(await oneFile({ ...rest, hidden_size: n_embd, num_hidden_layers: n_layer, num_attention_heads: n_head, max_position_embeddings: n_positions }, tied()));
    await expectFolder(await oneFile({ ...rest, n_embd, n_layer, n_head, n_ctx: n_positions }, tied()));
    expect(fromHuggingFaceConfig({ ...standard, hidden_size: n_embd, n_ctx: 1024 })).toEqual(fromHuggingFaceConfig(standard)); // n_positions is the size of the table
    expect(() => fromHuggingFaceConfig({ ...standard, hidden_size: 16 })).toThrow(/n_embd is 8 and hidden_size is 16/);
    expect(() => fromHuggingFaceConfig(rest)).toThrow(/n_embd must be a number; got nothing/);
  });

  it('with one tensor under two names, if both hold the same', async () => {
    await expectFolder(await oneFile(standard, new Map([...tied(), ['wte.weight', tied().get('transformer.wte.weight')!]])));
  });

  it('with attention reordered for half precision, which is another order of the same computation', async () => {
    await expectFolder(await oneFile({ ...standard, reorder_and_upcast_attn: true }, tied()));
  });

  it('with a dropout for each place', async () => {
    const dropouts = { resid_pdrop: 0.1, embd_pdrop: 0.2, attn_pdrop: 0.3 };
    const folder = await oneFile({ ...standard, ...dropouts }, tied());
    expect(await readConfig(await expectFolder(folder))).toMatchObject(dropouts);
    const model = (await loadModel(engine, folder)) as GPT;
    expect(model.dropout.probability).toBe(0.2);
    expect(model.blocks[0]!.dropout.probability).toBe(0.1);
    expect(fromHuggingFaceConfig(toHuggingFaceConfig(model.config))).toEqual(model.config);
    expect(fromHuggingFaceConfig({ ...standard, resid_pdrop: 0.1, embd_pdrop: 0.1, attn_pdrop: 0.1 })).toEqual({ ...fromHuggingFaceConfig(standard), dropout: 0.1 });
    expect(() => fromHuggingFaceConfig({ ...standard, attn_pdrop: 1 })).toThrow(/attentionDropout is 1/);
  });
});

describe('each dropout acts in its place', () => {
  const config: GPTConfig = { vocabSize: 5, contextLength: 4, layers: 1, heads: 1, width: 8, dropout: 0 };
  const train = (change: Partial<GPTConfig>): number[] => {
    const model = new GPT(engine, { ...config, ...change }, { seed: 1 }).setTraining(true);
    engine.dropoutState.begin(1, 0);
    return [...engine.scope(() => engine.noGradient(() => model.forward(engine.tensor([1, 2, 3], [1, 3], 'int32')))).dataSync()];
  };

  it('and only there', () => {
    const [none, embedding, attention, residual] = [train({}), train({ embeddingDropout: 0.5 }), train({ attentionDropout: 0.5 }), train({ residualDropout: 0.5 })];
    const all = [none, embedding, attention, residual].map((logits) => logits.join());
    expect(new Set(all).size).toBe(4);
    expect(train({ dropout: 0.5, attentionDropout: 0, residualDropout: 0 })).toEqual(embedding);
    expect(train({ dropout: 0.5, embeddingDropout: 0, residualDropout: 0 })).toEqual(attention);
    expect(train({ dropout: 0.5, embeddingDropout: 0, attentionDropout: 0 })).toEqual(residual);
  });
});

describe('an untied output layer', () => {
  it('is a table of its own, which learns by itself and is counted', () => {
    const config: GPTConfig = { vocabSize: 5, contextLength: 4, layers: 1, heads: 1, width: 8, dropout: 0, tiedEmbeddings: false };
    const model = new GPT(engine, config, { seed: 1 });
    expect(model.parameterCount()).toBe(countParameters(config));
    expect(model.parameterCount()).toBe(new GPT(engine, { ...config, tiedEmbeddings: true }).parameterCount() + 5 * 8);
    engine.scope(() => backward(model.loss(engine.tensor([1, 2], [1, 2], 'int32'), engine.tensor([2, 3], [1, 2], 'int32'))));
    const rows = (name: string): boolean[] => {
      const gradient = model.namedParameters().get(name)!.gradient!.dataSync();
      return Array.from({ length: 5 }, (_, row) => gradient.slice(8 * row, 8 * row + 8).some((value) => value !== 0));
    };
    expect(rows('tokens.weight')).toEqual([false, true, true, false, false]); // only what was looked up
    expect(rows('outputEmbedding.weight')).toEqual([true, true, true, true, true]);
  });
});

describe('what does not belong together is refused by name', () => {
  const untied = { ...standard, tie_word_embeddings: false };
  it.each<[string, object, () => Map<string, TensorToWrite>, RegExp]>([
    ['a larger vocabulary', { ...standard, vocab_size: 8 }, tied, /wte\.weight has shape \(7, 8\); config\.json asks for \(8, 8\)/],
    ['a smaller vocabulary', { ...standard, vocab_size: 6 }, tied, /wte\.weight has shape \(7, 8\); config\.json asks for \(6, 8\)/],
    ['another vocabulary under the other name', { ...standard, vocab_size: 8 }, () => without(new Map([...weights()]), 'transformer.wte.weight'), /has shape \(7, 8\); config\.json asks for \(8, 8\)/],
    ['a tied output layer that differs', standard, weights, /lm_head\.weight differs .* should say "tie_word_embeddings": false/],
    ['an untied one that is missing', untied, tied, /lack the tensor lm_head\.weight.* tie_word_embeddings is false/],
    ['untied, without token embeddings', untied, () => without(weights(), 'transformer.wte.weight'), /lack the tensor transformer\.wte\.weight/],
    ['neither of the tied names', standard, () => without(tied(), 'transformer.wte.weight'), /lack the tensor transformer\.wte\.weight/],
    ['one tensor under two names that differ', standard, () => new Map([...tied(), ['wte.weight', without(weights(), 'transformer.wte.weight').get('lm_head.weight')!]]), /hold transformer\.wte\.weight twice, with and without "transformer\."/],
    ['weights that are not numbers', standard, () => ruined(tied(), 'transformer.h.1.mlp.c_fc.bias', NaN), /model\.safetensors: transformer\.h\.1\.mlp\.c_fc\.bias holds numbers that are not finite/],
    ['weights that are infinite', standard, () => ruined(tied(), 'transformer.wpe.weight', -Infinity), /transformer\.wpe\.weight holds numbers that are not finite/],
    ['an order of computation that is no answer', { ...standard, reorder_and_upcast_attn: 'yes' }, tied, /config\.json: reorder_and_upcast_attn is "yes"/],
    ['an unknown activation', { ...standard, activation_function: 'relu' }, tied, /activation_function is "relu"; only GELU is supported/],
  ])('%s', async (_, config, tensors, message) => {
    await expect(loadModel(engine, await oneFile(config, tensors()))).rejects.toThrow(message);
  });

  it('shards that are missing, incomplete or outside the folder', async () => {
    const files = shards(tied());
    const first = 'model-00001-of-00003.safetensors';
    const others = Object.fromEntries(Object.entries(files).filter(([name]) => name !== first));
    await expect(loadModel(engine, await folderOf(standard, others))).rejects.toThrow(/index\.json: Cannot read .*model-00001-of-00003\.safetensors: there is no such file or folder/);
    await expect(loadModel(engine, await folderOf(standard, { ...files, [first]: files['model-00002-of-00003.safetensors']! }))).rejects.toThrow(/is in model-00001-of-00003\.safetensors, which does not hold it/);
    const read = (): Promise<Uint8Array> => Promise.reject(new Error('must not be read'));
    for (const file of ['../secret.safetensors', '/etc/a.safetensors', 'a\\b.safetensors', 'a\0b.safetensors', 'a\nb.safetensors', 'passwd', 3]) {
      await expect(readShards({ weight_map: { x: file } }, read)).rejects.toThrow(/expected the name of a \.safetensors file in the same folder/);
    }
    // No error names model.safetensors, which is not there.
    await expect(loadModel(engine, await folderOf(standard, shards(without(tied(), 'transformer.ln_f.bias'))))).rejects.toThrow(/index\.json: The config describes a model of \d+ numbers, but the weights hold only \d+: they do not belong together\.$/);
    for (const index of [null, [], { weight_map: [] }, { weight_map: 'x' }]) await expect(readShards(index, read)).rejects.toThrow(/must hold an object called weight_map/);
  });

  it('a config, naming its file once', async () => {
    const folder = await oneFile({ ...standard, vocab_size: 'many' }, tied());
    await expect(loadModel(engine, folder)).rejects.toThrow(`${join(folder, 'config.json')}: vocab_size must be a number; got "many".`);
  });

  it.each(['pytorch_model.bin', 'pytorch_model.bin.index.json'])('a folder with only %s, saying how to convert it', async (name) => {
    const folder = await folderOf(standard, { [name]: 'x' });
    await expect(loadModel(engine, folder)).rejects.toThrow(`holds its weights only as ${name}, a Python pickle`);
    await expect(loadModel(engine, folder)).rejects.toThrow(/expected model\.safetensors\. Convert it in Python: .*safe_serialization=True/);
  });
});

describe('a model whose weights are not finite', () => {
  it('is not saved over a good one', async () => {
    const folder = await oneFile(standard, tied());
    const model = await loadModel(engine, folder);
    for (const parameter of model.parameters()) parameter.set(new Float32Array(parameter.size).fill(NaN));
    const before = await Promise.all(['config.json', 'model.safetensors'].map((name) => readFile(join(folder, name))));
    await expect(saveModel(folder, model, { tokenizer: {} })).rejects.toThrow(/is not saved: transformer\.\S+ holds numbers that are not finite/);
    expect(await Promise.all(['config.json', 'model.safetensors'].map((name) => readFile(join(folder, name))))).toEqual(before);
    expect(await readdir(folder)).toHaveLength(2);
  });
});
