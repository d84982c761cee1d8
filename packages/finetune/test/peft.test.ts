// PEFT folders: those of fixtures give PyTorch's logits and come back to the bit; what is damaged or not supported is refused.
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GPT } from '@kk/gpt';
import { loadModel } from '@kk/gpt/node';
import { init, readSafetensors, writeSafetensors, type Engine } from '@kk/nn-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addLora, checkMerge, fromPeft, toPeft } from '../src/index.js';
import { loadAdapter, saveAdapter } from '../src/node.js';
import { families, fill, logitsOf } from './support/tiny-models.js';

const fixtures = fileURLToPath(new URL('fixtures/peft/', import.meta.url));
const bases = fileURLToPath(new URL('../../gpt/test/fixtures/', import.meta.url));
const seed = Number(process.env.KK_TEST_SEED ?? 1);

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await init('wasm', { threads: 1 });
  folder = await mkdtemp(join(tmpdir(), 'peft-'));
});
afterAll(async () => {
  engine.dispose();
  await rm(folder, { recursive: true });
});

interface Expected {
  base: string;
  ids: number[];
  logits: number[];
  without: number[];
}

it('a folder whose files are of two adapters is refused, wherever saving was cut short; the name of the base may change', async () => {
  const base = join(bases, (JSON.parse(await readFile(join(fixtures, 'gpt2', 'expected.json'), 'utf8')) as Expected).base);
  const [old, fresh, mixed] = ['old', 'fresh', 'mixed'].map((name) => join(folder, name)) as [string, string, string];
  for (const [path, alpha] of [[old, 4], [fresh, 8]] as const) {
    const model = await loadModel(engine, base);
    const adapter = addLora(model, { rank: 2, alpha, seed: 1 });
    fill(adapter, 1);
    await saveAdapter(path, adapter);
  }
  await cp(old, mixed, { recursive: true });
  await cp(join(fresh, 'adapter_config.json'), join(mixed, 'adapter_config.json'));
  await expect(loadAdapter(mixed, await loadModel(engine, base))).rejects.toThrow('adapter_model.safetensors was saved with other settings than adapter_config.json has, as when saving was cut short.');
  await cp(join(fresh, 'adapter_model.safetensors'), join(mixed, 'adapter_model.safetensors'));
  const config = JSON.parse(await readFile(join(mixed, 'adapter_config.json'), 'utf8')) as object;
  await writeFile(join(mixed, 'adapter_config.json'), JSON.stringify({ ...config, base_model_name_or_path: 'elsewhere' }));
  expect((await loadAdapter(mixed, await loadModel(engine, base))).settings.alpha).toBe(8);
});

describe.each(['gpt2', 'gpt2-rslora-tokens', 'llama', 'qwen2-regex'])('the folder %s', (name) => {
  it('gives what PyTorch computes, on and off and merged, and is written again key for key', async () => {
    const expected = JSON.parse(await readFile(join(fixtures, name, 'expected.json'), 'utf8')) as Expected;
    const model = await loadModel(engine, join(bases, expected.base));
    const last = (): Float32Array => {
      const logits = engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(expected.ids, [1, expected.ids.length], 'int32'))));
      const numbers = logits.dataSync() as Float32Array;
      logits.dispose();
      return numbers.slice(-model.config.vocabSize);
    };
    const near = (logits: readonly number[]): void => last().forEach((logit, i) => expect(Math.abs(logit - logits[i]!)).toBeLessThan(1e-5));
    near(expected.without);
    const adapter = await loadAdapter(join(fixtures, name), model);
    near(expected.logits);
    near((adapter.disable(), expected.without));
    adapter.enable().merge();
    near(expected.logits);
    near((adapter.unmerge(), expected.logits));

    const saved = join(folder, name);
    await saveAdapter(saved, adapter);
    const [before, after] = await Promise.all([join(fixtures, name), saved].map(async (path) => readSafetensors(await readFile(join(path, 'adapter_model.safetensors'))).tensors));
    expect(new Map([...after!].sort())).toEqual(new Map([...before!].sort()));
    const [theirs, ours] = (await Promise.all([join(fixtures, name), saved].map(async (path) => JSON.parse(await readFile(join(path, 'adapter_config.json'), 'utf8')) as Record<string, unknown>))) as [Record<string, unknown>, Record<string, unknown>];
    for (const field of ['r', 'lora_alpha', 'use_rslora', 'lora_dropout', 'fan_in_fan_out', 'bias', 'peft_type', 'task_type', 'use_dora']) expect(ours[field], field).toEqual(theirs[field]);
    expect(Object.keys(ours).filter((field) => !(field in theirs))).toEqual([]);
    expect(Object.keys(ours)).toEqual(Object.keys(ours).sort());
    expect((await readdir(saved)).sort()).toEqual(['adapter_config.json', 'adapter_model.safetensors']);
    adapter.remove();
    await loadAdapter(saved, model, { name: 'again' });
    near(expected.logits);
    model.dispose();
  });
});

it('writes the names that PEFT gives a GPT-2', async () => {
  const model = new GPT(engine, { vocabSize: 11, contextLength: 8, layers: 2, heads: 2, width: 16 });
  const adapter = addLora(model, { rank: 2, alpha: 4, seed: 1, targets: ['blocks.*.attention.queryKeyValue', 'blocks.1.feedForward'], rankPattern: { 'blocks.1.feedForward.expansion': 3 }, trainableTokens: [9, 4] });
  const { config, tensors } = await toPeft(adapter, { baseModel: 'a/base' });
  expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
    ['base_model.model.transformer.h.0.attn.c_attn.lora_A.weight', [2, 16]],
    ['base_model.model.transformer.h.0.attn.c_attn.lora_B.weight', [48, 2]],
    ['base_model.model.transformer.h.1.attn.c_attn.lora_A.weight', [2, 16]],
    ['base_model.model.transformer.h.1.attn.c_attn.lora_B.weight', [48, 2]],
    ['base_model.model.transformer.h.1.mlp.c_fc.lora_A.weight', [3, 16]],
    ['base_model.model.transformer.h.1.mlp.c_fc.lora_B.weight', [64, 3]],
    ['base_model.model.transformer.h.1.mlp.c_proj.lora_A.weight', [2, 64]],
    ['base_model.model.transformer.h.1.mlp.c_proj.lora_B.weight', [16, 2]],
    ['base_model.model.transformer.wte.token_adapter.trainable_tokens_delta', [2, 16]],
  ]);
  expect(JSON.parse(config)).toMatchObject({
    base_model_name_or_path: 'a/base', bias: 'none', fan_in_fan_out: true, lora_alpha: 4, peft_type: 'LORA', r: 2, task_type: 'CAUSAL_LM', use_rslora: false,
    rank_pattern: { 'transformer.h.1.mlp.c_fc': 3 }, target_modules: ['attn.c_attn', 'transformer.h.1.mlp.c_fc', 'transformer.h.1.mlp.c_proj'], trainable_token_indices: { wte: [9, 4] },
  });
  model.dispose();
});

it.each(Object.entries(families))('comes back from its files to the bit, whatever its options: %s', async (_, { create }) => {
  const pattern = fc.dictionary(fc.constantFrom('blocks.0', 'blocks.*.attention', 'blocks.1.feedForward.projection'), fc.integer({ min: 1, max: 4 }), { maxKeys: 2 });
  const options = fc.record({ rank: fc.integer({ min: 1, max: 5 }), alpha: fc.integer({ min: 1, max: 9 }), rsLora: fc.boolean(), seed: fc.nat(), rankPattern: pattern, alphaPattern: pattern, trainableTokens: fc.uniqueArray(fc.integer({ min: 0, max: 10 }), { maxLength: 3 }) });
  await fc.assert(
    fc.asyncProperty(options, async (given) => {
      const model = create(engine);
      const adapter = addLora(model, given);
      fill(adapter, given.seed);
      const logits = logitsOf(model);
      const { config, tensors } = await toPeft(adapter);
      const bytes = writeSafetensors(tensors);
      const parameters = [...adapter.namedParameters()].map(([name, tensor]) => [name, tensor.dataSync()]);
      adapter.remove();
      const again = fromPeft(model, config, readSafetensors(bytes).tensors);
      expect([...again.namedParameters()].map(([name, tensor]) => [name, tensor.dataSync()])).toEqual(parameters);
      expect(logitsOf(model)).toEqual(logits);
      model.dispose();
    }),
    { numRuns: 10, seed },
  );
});

describe('what is damaged, or not supported', () => {
  const change = async (files: { config?: (fields: Record<string, unknown>) => void; text?: string; tensors?: (tensors: Map<string, { dtype: 'F32'; shape: number[]; data: Uint8Array }>) => void; bytes?: Uint8Array }): Promise<string> => {
    const path = await mkdtemp(join(folder, 'changed-'));
    await cp(join(fixtures, 'gpt2-rslora-tokens'), path, { recursive: true });
    if (files.config) {
      const fields = JSON.parse(await readFile(join(path, 'adapter_config.json'), 'utf8')) as Record<string, unknown>;
      files.config(fields);
      await writeFile(join(path, 'adapter_config.json'), JSON.stringify(fields));
    }
    if (files.text !== undefined) await writeFile(join(path, 'adapter_config.json'), files.text);
    if (files.tensors) {
      const tensors = new Map([...readSafetensors(await readFile(join(path, 'adapter_model.safetensors'))).tensors].map(([name, { shape, data }]) => [name, { dtype: 'F32' as const, shape: [...shape], data: data.slice() }]));
      files.tensors(tensors);
      await writeFile(join(path, 'adapter_model.safetensors'), writeSafetensors(tensors));
    }
    if (files.bytes) await writeFile(join(path, 'adapter_model.safetensors'), files.bytes);
    return path;
  };
  const refuses = async (files: Parameters<typeof change>[0], message: RegExp): Promise<void> => {
    const model = await loadModel(engine, join(bases, 'tiny-gpt2'));
    const before = [...model.namedTensors().keys()];
    await expect(loadAdapter(await change(files), model)).rejects.toThrow(message);
    expect([...model.namedTensors().keys()]).toEqual(before);
    expect(model.trainableParameters()).toHaveLength(model.parameters().length);
    model.dispose();
  };
  const FIRST = 'base_model.model.transformer.h.0.attn.c_attn.lora_A.weight';

  it.each<[string, unknown, RegExp]>([
    ['peft_type', 'LOHA', /peft_type is "LOHA"; only "LORA"/],
    ['use_dora', true, /use_dora is true/],
    ['bias', 'all', /bias is "all".*only "none"/],
    ['lora_bias', true, /lora_bias is true/],
    ['modules_to_save', ['lm_head'], /modules_to_save is \["lm_head"\]/],
    ['layers_to_transform', [0], /layers_to_transform is \[0\]/],
    ['exclude_modules', ['c_fc'], /exclude_modules/],
    ['use_next_years_idea', true, /use_next_years_idea is true/],
    ['r', 2.5, /ask for \(2.5, /],
    ['r', '2', /r is "2"; expected a number/],
    ['lora_alpha', null, /lora_alpha is missing/],
    ['lora_alpha', 0, /lora_alpha is 0/],
    ['alpha_pattern', { 'h.0.attn.c_attn': 0 }, /alpha_pattern\["h.0.attn.c_attn"\] is 0/],
    ['use_rslora', 1, /use_rslora is 1; expected true or false/],
    ['lora_dropout', 2, /dropout is 2/],
    ['fan_in_fan_out', false, /belongs to another base/],
    ['target_modules', [], /target_modules is \[\]/],
    ['target_modules', ['c_attn'], /holds tensors of transformer.h.0.attn.c_proj, which target_modules/],
    ['rank_pattern', { '(a+)+': 2 }, /holds the pattern/],
    ['rank_pattern', { '[': 2 }, /no regular expression/],
    ['rank_pattern', [], /expected an object with numbers/],
    ['rank_pattern', {}, /lora_A.weight has shape \(4, /],
    ['alpha_pattern', { c_fc: '3' }, /expected an object with numbers/],
    ['trainable_token_indices', [5], /ask|hold \d+ numbers/],
    ['trainable_token_indices', [5, 5], /list of different token ids/],
    ['trainable_token_indices', [5, 9999], /holds 9999/],
    ['trainable_token_indices', { wpe: [5, 2] }, /names "wpe"/],
    ['trainable_token_indices', null, /hold \d+ numbers/],
  ])('%s: %j', (field, value, message) => refuses({ config: (fields) => (fields[field] = value) }, message));

  it.each<[string, Parameters<typeof change>[0], RegExp]>([
    ['text that is no JSON', { text: '{' }, /no JSON/],
    ['a list', { text: '[]' }, /expected an object/],
    ['bytes that are none', { bytes: new Uint8Array(5) }, /Cannot load the adapter/],
    ['a tensor that is missing', { tensors: (tensors) => tensors.delete(FIRST) }, /lacks base_model.model.transformer.h.0.attn.c_attn.lora_A.weight/],
    ['a layer that is missing', { tensors: (tensors) => [FIRST, FIRST.replace('_A', '_B')].forEach((name) => tensors.delete(name)) }, /lacks the tensors of transformer.h.0.attn.c_attn/],
    ['a layer too many', { tensors: (tensors) => tensors.set(FIRST.replace('h.0', 'h.7'), tensors.get(FIRST)!) }, /h.7.attn.c_attn.lora_A.weight", which belongs to no linear layer/],
    ['an embedding', { tensors: (tensors) => tensors.set('base_model.model.transformer.wte.lora_embedding_A', tensors.get(FIRST)!) }, /cannot be read/],
    ['another shape', { tensors: (tensors) => (tensors.get(FIRST)!.shape = [...tensors.get(FIRST)!.shape].reverse()) }, /has shape/],
    ['a number that is not finite', { tensors: (tensors) => tensors.get(FIRST)!.data.fill(0xff, 0, 4) }, /not finite/],
  ])('%s', (_, files, message) => refuses(files, message));

  it('no folder', async () => {
    const model = await loadModel(engine, join(bases, 'tiny-gpt2'));
    await expect(loadAdapter(join(folder, 'none'), model)).rejects.toThrow(/Cannot read .*none.adapter_config.json/);
    model.dispose();
  });
});

describe('the check of a merge', () => {
  it('refuses an adapter that changes nothing, or gives no numbers, and leaves the adapter as it was', async () => {
    const model = new GPT(engine, { vocabSize: 11, contextLength: 8, layers: 1, heads: 2, width: 16 });
    const adapter = addLora(model, { rank: 2, seed: 1 });
    await expect(saveAdapter(join(folder, 'untrained'), adapter)).rejects.toThrow(/changes no logit/);
    await expect(readdir(join(folder, 'untrained'))).rejects.toThrow();
    fill(adapter, 1);
    adapter.disable();
    const { difference, change } = await checkMerge(adapter);
    expect(adapter.isActive).toBe(false);
    expect(difference).toBeLessThan(1e-4);
    expect(change).toBeGreaterThan(1e-2);
    adapter.enable().merge();
    await checkMerge(adapter);
    expect(adapter.isMerged).toBe(true);
    adapter.unmerge();
    adapter.parameters()[1]!.set(new Float32Array(adapter.parameters()[1]!.size).fill(NaN));
    await expect(checkMerge(adapter)).rejects.toThrow(/not finite/);
    await expect(toPeft(adapter)).rejects.toThrow(/not finite/);
    adapter.remove();
    await expect(toPeft(adapter)).rejects.toThrow(/was removed/);
    model.dispose();
  });
});
