// Folders of Llama, Mistral and Qwen2: written back as they were, read in the fields of transformers 4 and 5, and refused by name where a
// field or a tensor does not fit. The weights are those of fixtures/llama.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { init, readSafetensors, toFloat32, writeSafetensors, type SafeTensor, type TensorToWrite } from '@kk/nn-core';
import { afterAll, describe, expect, it } from 'vitest';
import { fromHuggingFaceConfig, toHuggingFaceConfig, Trainer, type Llama, type LlamaConfig, type Transformer } from '../src/index.js';
import { loadModel, readModelConfig, resumeTrainer, saveCheckpoint, saveModel } from '../src/node.js';

const fixtures = fileURLToPath(new URL('./fixtures/llama', import.meta.url));
const engine = await init('cpu');
const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kk-llama-'));
  folders.push(folder);
  return folder;
}

const json = async (path: string): Promise<Record<string, unknown>> => JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
const without = (fields: Record<string, unknown>, ...names: string[]): Record<string, unknown> => Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
const tensorsIn = async (folder: string): Promise<ReadonlyMap<string, SafeTensor>> => readSafetensors(await readFile(join(folder, 'model.safetensors'))).tensors;

async function weightsOf(model: Transformer): Promise<Map<string, number[]>> {
  const all = new Map<string, number[]>();
  for (const [name, tensor] of model.namedParameters()) all.set(name, [...(await tensor.data())]);
  return all;
}

describe('a folder is written back as it was', () => {
  it.each(['llama', 'mistral-window', 'qwen2', 'llama-tied-linear-f16', 'qwen2-window-f16'])('%s', async (name) => {
    const [original, copy] = [join(fixtures, name), await newFolder()];
    const model = await loadModel(engine, original);
    await saveModel(copy, model, { dtype: name.endsWith('f16') ? 'F16' : 'F32' });
    const [before, after] = [await tensorsIn(original), await tensorsIn(copy)];
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    for (const [tensor, { dtype, shape, data }] of before) expect(after.get(tensor), tensor).toMatchObject({ dtype, shape, data });
    expect(await readModelConfig(copy)).toEqual({ ...(await readModelConfig(original)), headSize: (model as Llama).blocks[0]!.attention.headSize });
    const written = await json(join(copy, 'config.json'));
    // All that transformers 4 wrote, but for what this package does not keep.
    const fields = await json(join(original, 'config.json'));
    const dropped = ['bos_token_id', 'eos_token_id', 'pretraining_tp', ...(fields.use_sliding_window === false ? ['sliding_window', 'max_window_layers'] : [])];
    if (fields.rope_parameters === undefined) expect(written).toMatchObject(without(fields, ...dropped));
  });

  it('also after training, with a checkpoint to go on from', async () => {
    const folder = await newFolder();
    const ids = Int32Array.from({ length: 200 }, (_, i) => (i * i) % 31);
    const model = await loadModel(engine, join(fixtures, 'mistral-tied-bf16-sharded'));
    const trainer = new Trainer(model, ids, { batchSize: 2, steps: 4 });
    for (let step = 0; step < 2; step++) await trainer.step();
    await saveCheckpoint(folder, trainer);
    expect(await weightsOf(await loadModel(engine, folder))).toEqual(await weightsOf(model));
    const { trainer: resumed } = await resumeTrainer(engine, folder, ids);
    expect((await resumed.step()).loss).toBe((await trainer.step()).loss);
  });
});

const standard = await json(join(fixtures, 'llama', 'config.json'));
const mistral = await json(join(fixtures, 'mistral-window', 'config.json'));
const qwen2 = await json(join(fixtures, 'qwen2-window-f16', 'config.json'));

describe('config.json', () => {
  it('has the same meaning in the fields of transformers 4 and 5', () => {
    const llama3 = { factor: 8, low_freq_factor: 1, high_freq_factor: 4, original_max_position_embeddings: 32 };
    const four = fromHuggingFaceConfig({ ...standard, rope_theta: 500, rope_scaling: { rope_type: 'llama3', ...llama3 } });
    const five = fromHuggingFaceConfig({ ...without(standard, 'rope_theta', 'rope_scaling', 'torch_dtype'), dtype: 'float32', rope_parameters: { rope_type: 'llama3', rope_theta: 500, ...llama3 } });
    expect(five).toEqual(four);
    expect(four).toMatchObject({ rotaryBase: 500, rotaryScaling: { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 32 } });
    const old = fromHuggingFaceConfig({ ...standard, rope_scaling: { type: 'linear', factor: 3 } });
    expect(old).toMatchObject({ rotaryScaling: { kind: 'linear', factor: 3 } });
    expect(fromHuggingFaceConfig({ ...qwen2, layer_types: ['full_attention', 'sliding_attention', 'sliding_attention'] })).toEqual(fromHuggingFaceConfig({ ...qwen2, max_window_layers: 1 }));
  });

  it('without a field takes what transformers takes', () => {
    expect(fromHuggingFaceConfig(without(standard, 'rope_theta', 'rope_scaling', 'rms_norm_eps', 'num_key_value_heads', 'max_position_embeddings', 'tie_word_embeddings', 'attention_bias', 'mlp_bias', 'head_dim'))).toEqual({
      family: 'llama', vocabSize: 31, contextLength: 2048, layers: 2, heads: 4, keyValueHeads: 4, width: 16, feedForwardWidth: 24, rotaryBase: 10_000, normEpsilon: 1e-6, tiedEmbeddings: false, attentionBias: false, feedForwardBias: false,
    });
    const many = { num_attention_heads: 64, head_dim: 2 };
    expect(fromHuggingFaceConfig(without({ ...mistral, ...many }, 'num_key_value_heads', 'sliding_window', 'max_position_embeddings'))).toMatchObject({ keyValueHeads: 8, window: 4096, contextLength: 131_072 });
    expect(fromHuggingFaceConfig(without({ ...qwen2, ...many }, 'num_key_value_heads', 'sliding_window', 'max_window_layers', 'max_position_embeddings'))).toMatchObject({ keyValueHeads: 32, window: 4096, layersWithoutWindow: 3, contextLength: 32_768 });
    expect(fromHuggingFaceConfig({ ...mistral, sliding_window: null, num_key_value_heads: null })).toMatchObject({ keyValueHeads: 4 });
    expect(fromHuggingFaceConfig({ ...mistral, sliding_window: null })).not.toHaveProperty('window');
    expect(fromHuggingFaceConfig({ ...qwen2, use_sliding_window: false })).not.toHaveProperty('window');
  });

  it('is written so that it is read as the same', () => {
    const configs: LlamaConfig[] = [
      { family: 'llama', vocabSize: 9, contextLength: 16, layers: 2, heads: 4, keyValueHeads: 2, headSize: 6, width: 8, feedForwardWidth: 12, rotaryBase: 77, rotaryScaling: { kind: 'linear', factor: 3 }, normEpsilon: 1e-4, tiedEmbeddings: true, attentionBias: true, feedForwardBias: true },
      { family: 'mistral', vocabSize: 9, contextLength: 16, layers: 2, heads: 4, keyValueHeads: 1, headSize: 2, width: 8, feedForwardWidth: 12, rotaryBase: 10_000, normEpsilon: 1e-5, tiedEmbeddings: false, window: 3 },
      { family: 'qwen2', vocabSize: 9, contextLength: 16, layers: 4, heads: 4, keyValueHeads: 4, headSize: 2, width: 8, feedForwardWidth: 12, rotaryBase: 10_000, normEpsilon: 1e-6, tiedEmbeddings: false, window: 3, layersWithoutWindow: 2, rotaryScaling: { kind: 'llama3', factor: 8, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContextLength: 8 } },
    ];
    for (const config of configs) expect(fromHuggingFaceConfig(JSON.parse(JSON.stringify(toHuggingFaceConfig(config))))).toEqual(config);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another model', { model_type: 'gemma2' }, 'model_type is "gemma2"; only these models can be read: gpt2, llama, mistral, qwen2'],
    ['a classifier', { architectures: ['LlamaForSequenceClassification'] }, 'architectures is ["LlamaForSequenceClassification"]; for a llama only ["LlamaForCausalLM"] can be read'],
    ['a field that nobody knows', { logit_softcapping: 30 }, 'the field logit_softcapping (30) of a llama is not known here and might change what the model computes'],
    ['rounded weights', { quantization_config: { bits: 4 } }, 'the field quantization_config'],
    ['a window, which a llama does not have', { sliding_window: 4 }, 'the field sliding_window (4) of a llama'],
    ['another activation', { hidden_act: 'gelu' }, 'hidden_act is "gelu"; for a llama only "silu" is supported'],
    ['dropout', { attention_dropout: 0.1 }, 'attention_dropout is 0.1; for a llama only 0 is supported'],
    ['a part that turns', { partial_rotary_factor: 0.5 }, 'partial_rotary_factor is 0.5'],
    ['neighbours that turn', { rope_interleaved: true }, 'rope_interleaved is true'],
    ['another scaling', { rope_scaling: { rope_type: 'yarn', factor: 4 } }, 'the rope_type in rope_scaling is "yarn"; supported are default, linear and llama3'],
    ['a scaling with more fields', { rope_scaling: { rope_type: 'linear', factor: 4, beta_fast: 32 } }, 'rope_scaling has the field beta_fast, which the rope_type linear does not have here'],
    ['a scaling without its factor', { rope_scaling: { rope_type: 'linear' } }, 'factor in rope_scaling must be a number above 0; got nothing'],
    ['a scaling of no width', { rope_scaling: { rope_type: 'llama3', factor: 8, low_freq_factor: 4, high_freq_factor: 4 } }, 'low_freq_factor in rope_scaling is 4 and high_freq_factor is 4'],
    ['a scaling that is a list', { rope_scaling: [1] }, 'rope_scaling must be an object or null; got [1]'],
    ['two scalings', { rope_scaling: { type: 'linear', factor: 2 }, rope_parameters: { rope_type: 'default' } }, 'rope_scaling and rope_parameters are both given'],
    ['a base of text', { rope_theta: '10000' }, 'rope_theta must be a number above 0; got "10000"'],
    ['a size of text', { hidden_size: '16' }, 'hidden_size must be a number; got "16"'],
    ['half a layer', { num_hidden_layers: 1.5 }, 'layers is 1.5; expected a whole number'],
    ['a context that fills the memory', { max_position_embeddings: 1e12 }, 'contextLength is 1000000000000; expected at most 1048576'],
    ['tying that is no flag', { tie_word_embeddings: 'no' }, 'tie_word_embeddings must be true or false; got "no"'],
  ])('is refused for %s', (_, change, message) => {
    expect(() => fromHuggingFaceConfig({ ...standard, ...change })).toThrow(message);
  });

  it('is refused for windows in layers between those without one, and for windows of nothing', () => {
    expect(() => fromHuggingFaceConfig({ ...qwen2, layer_types: ['sliding_attention', 'full_attention', 'sliding_attention'] })).toThrow('expected "full_attention" for the first of the 3 layers and "sliding_attention" for all others');
    expect(() => fromHuggingFaceConfig({ ...qwen2, use_sliding_window: false, layer_types: ['full_attention', 'full_attention', 'sliding_attention'] })).toThrow('of which there are none without a window');
    expect(() => fromHuggingFaceConfig({ ...mistral, sliding_window: 0 })).toThrow('sliding_window is 0; expected a whole number of at least 1, or null for no window');
    expect(() => fromHuggingFaceConfig({ ...mistral, attention_bias: true })).toThrow('attention_bias is true; for a mistral only false is supported');
  });
});

it('a folder is loaded with a shorter context', async () => {
  const folder = join(fixtures, 'llama');
  const [whole, short] = [await loadModel(engine, folder), await loadModel(engine, folder, { contextLength: 5 })];
  expect([whole.config.contextLength, short.config.contextLength]).toEqual([64, 5]);
  const logitsOf = async (model: Transformer): Promise<number[]> => [...(await engine.scope(() => model.forward(engine.tensor([3, 1, 4, 15, 9], [1, 5], 'int32'))).data())];
  expect(await logitsOf(short)).toEqual(await logitsOf(whole));
  expect(() => short.forward(engine.tensor([3, 1, 4, 15, 9, 2], [1, 6], 'int32'))).toThrow('6 positions do not fit into the context length 5');
  expect((await loadModel(engine, folder, { contextLength: 1000 })).config.contextLength).toBe(64);
  expect((await loadModel(engine, join(fixtures, '../tiny-gpt2'), { contextLength: 5 })).config.contextLength).toBe(12); // learned positions
  await expect(loadModel(engine, folder, { contextLength: 0 })).rejects.toThrow('atMost is 0; expected a whole number of at least 1');
});

describe('weights that do not fit are refused', () => {
  const changed = async (change: (tensors: Map<string, TensorToWrite>) => void, config: object = {}): Promise<string> => {
    const folder = await newFolder();
    await cp(join(fixtures, 'llama'), folder, { recursive: true });
    const tensors = new Map([...(await tensorsIn(folder))].map(([name, tensor]): [string, TensorToWrite] => [name, { dtype: 'F32', shape: tensor.shape, data: toFloat32(tensor) }]));
    change(tensors);
    await writeFile(join(folder, 'model.safetensors'), writeSafetensors(tensors));
    await writeFile(join(folder, 'config.json'), JSON.stringify({ ...standard, ...config }));
    return folder;
  };
  const query = 'model.layers.1.self_attn.q_proj.weight';

  it.each<[string, (tensors: Map<string, TensorToWrite>) => void, object, string]>([
    ['a tensor is missing', (tensors) => tensors.delete(query), {}, 'the weights hold only'],
    ['one of another name is there instead', (tensors) => tensors.set(`${query}s`, tensors.get(query)!).delete(query), {}, `The weights lack the tensor ${query}`],
    ['there is one too many', (tensors) => tensors.set('model.layers.2.extra.weight', tensors.get(query)!), {}, 'a tensor that Llama does not have, model.layers.2.extra.weight'],
    ['a matrix lies on its side', (tensors) => tensors.set(query, { ...tensors.get(query)!, shape: [16, 24] }), {}, `${query} has shape (16, 24); config.json asks for (24, 16)`],
    ['a number is not finite', (tensors) => tensors.set(query, { dtype: 'F32', shape: [24, 16], data: new Float32Array(24 * 16).fill(Infinity) }), {}, `${query} holds numbers that are not finite`],
    ['the config asks for more', () => undefined, { intermediate_size: 2 ** 40 }, 'The config describes a model of'],
    ['the config ties two different tables', () => undefined, { tie_word_embeddings: true }, 'lm_head.weight differs from the token embeddings'],
    ['the output layer is missing', (tensors) => tensors.delete('lm_head.weight'), {}, 'The weights lack the tensor lm_head.weight, which config.json asks for, for tie_word_embeddings is false'],
  ])('when %s', async (_, change, config, message) => {
    await expect(loadModel(engine, await changed(change, config))).rejects.toThrow(message);
  });

  it('buffers of old files are passed over, and a tied table may be there twice', async () => {
    const folder = await changed((tensors) => {
      tensors.set('model.layers.0.self_attn.rotary_emb.inv_freq', { dtype: 'F32', shape: [3], data: Float32Array.of(1, 0.1, 0.01) });
      tensors.set('lm_head.weight', tensors.get('model.embed_tokens.weight')!);
    }, { tie_word_embeddings: true });
    expect((await loadModel(engine, folder)).config.tiedEmbeddings).toBe(true);
  });
});
