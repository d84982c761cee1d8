// More and fewer rows of token embeddings: old rows keep their bits, new ones learn, and the memory of the old tables is free.
import { backward, init, Linear, Random, type Engine, type Tensor } from '@kk/nn-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspect } from '../src/explain.js';
import { countParameters, createTransformer, Decoder, evaluate, fromCheckpoint, GPT, quantizeModel, resizeVocabulary, restoreCheckpoint, toCheckpoint, Trainer, type Transformer, type TransformerConfig } from '../src/index.js';
import { loadModel, saveModel } from '../src/node.js';

const sizes = { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 8 };
const llama = { ...sizes, feedForwardWidth: 12 };
const kinds: [string, TransformerConfig][] = [
  ['a GPT with tied tables', sizes],
  ['a GPT with two tables', { ...sizes, tiedEmbeddings: false }],
  ['a Llama with two tables', { ...llama, family: 'llama' }],
  ['a Qwen2 with tied tables', { ...llama, family: 'qwen2', keyValueHeads: 1, tiedEmbeddings: true }],
];
const devices: [string, () => Promise<Engine>][] = [['cpu', () => init('cpu')], ['wasm', () => init('wasm', { threads: 1 })]];
const text = [3, 1, 4, 1, 5, 2, 6, 0];

/** With weights as small as those of a new model all tokens would be as probable. */
async function make(engine: Engine, config: TransformerConfig): Promise<Transformer> {
  const model = createTransformer(engine, config, { seed: 1 });
  for (const parameter of model.parameters()) if (parameter.rank === 2) parameter.set((await parameter.data()).map((value) => 20 * value));
  return model;
}

/** The rows of logits, one for each id. */
async function logitsOf(model: Transformer, ids: readonly number[] = text): Promise<number[][]> {
  const { engine, config: { vocabSize } } = model;
  const logits = engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(ids, [1, ids.length], 'int32'))));
  const values = [...(await logits.data())];
  logits.dispose();
  return ids.map((_, i) => values.slice(i * vocabSize, (i + 1) * vocabSize));
}

/** The tables (vocabSize, width) by name: one where they are tied. */
const tablesOf = (model: Transformer): [string, Tensor][] => [...model.namedParameters()].filter(([name]) => /^(tokens|outputEmbedding)\./.test(name));
const othersOf = (model: Transformer): Tensor[] => [...model.namedParameters()].filter(([name]) => !/^(tokens|outputEmbedding)\./.test(name)).map(([, parameter]) => parameter);
const numbersOf = async (tables: [string, Tensor][]): Promise<number[][]> => Promise.all(tables.map(async ([, table]) => [...(await table.data())]));
const meanOf = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;

describe.each(devices)('a resized vocabulary on %s', (_, engineOf) => {
  describe.each(kinds)('of %s', async (__, config) => {
    const engine = await engineOf();
    const tableCount = tablesOf(createTransformer(engine, config)).length;

    it.each([10, 4, 2, 1])('keeps rows, logits and all other weights, from 7 to %i tokens', async (vocabSize) => {
      const model = await make(engine, config);
      const given = model.config;
      const others = othersOf(model);
      const kept = Math.min(7, vocabSize);
      const ids = text.map((id) => id % kept);
      const [rows, logits] = [await numbersOf(tablesOf(model)), await logitsOf(model, ids)];
      expect(await resizeVocabulary(model, vocabSize)).toBe(model);
      expect((await numbersOf(tablesOf(model))).map((table) => table.slice(0, kept * 8))).toEqual(rows.map((table) => table.slice(0, kept * 8)));
      const [now, before] = [await logitsOf(model, ids), logits].map((all) => all.flatMap((row) => row.slice(0, kept))) as [number[], number[]];
      if (vocabSize > 1) expect(now).toEqual(before);
      else now.forEach((logit, i) => expect(Math.abs(logit - before[i]!)).toBeLessThan(1e-5)); // wasm sums a single column in another order
      expect(othersOf(model).length).toBe(others.length);
      othersOf(model).forEach((parameter, i) => expect(parameter).toBe(others[i]));
      expect(tablesOf(model).map(([, { shape }]) => shape)).toEqual(Array.from({ length: tableCount }, () => [vocabSize, 8]));
      expect(model.config).toEqual({ ...config, vocabSize });
      expect(given.vocabSize).toBe(7); // the caller's object
      expect(model.parameterCount()).toBe(countParameters(model.config));
    });

    it('gives new tokens the mean of the old logits, so that none is more probable than 1 / vocabSize', async () => {
      const model = await resizeVocabulary(await make(engine, config), 10, { noise: 0 });
      for (const row of await logitsOf(model)) {
        const mean = meanOf(row.slice(0, 7));
        const total = row.reduce((sum, logit) => sum + Math.exp(logit), 0);
        for (const logit of row.slice(7)) {
          expect(Math.abs(logit - mean)).toBeLessThan(1e-5);
          expect(Math.exp(logit) / total).toBeLessThan(1 / 10);
        }
      }
    });

    it('draws the noise from the seed, as large as it is told', async () => {
      const rowsWith = async (options: object): Promise<number[][]> => {
        const tables = await numbersOf(tablesOf(await resizeVocabulary(await make(engine, config), 407, options)));
        return tables.map((table) => table.slice(7 * 8));
      };
      const [mean, fine, again, other] = [await rowsWith({ noise: 0 }), await rowsWith({}), await rowsWith({ noise: 0.01, seed: 0 }), await rowsWith({ seed: 1 })];
      expect(again).toEqual(fine);
      expect(other).not.toEqual(fine);
      const old = await numbersOf(tablesOf(await make(engine, config)));
      fine.forEach((rows, table) => {
        const column = (numbers: readonly number[], at: number): number[] => numbers.filter((_value, i) => i % 8 === at);
        const deviation = (numbers: readonly number[], middle: number): number => Math.sqrt(meanOf(numbers.map((value) => (value - middle) ** 2)));
        for (let at = 0; at < 8; at++) {
          const before = column(old[table]!, at);
          expect(mean[table]![at]).toBeCloseTo(meanOf(before), 6);
          const share = deviation(column(rows, at), meanOf(before)) / deviation(before, meanOf(before));
          expect(share).toBeGreaterThan(0.0085); // of 400 normal numbers, four standard errors
          expect(share).toBeLessThan(0.0115);
        }
      });
    });

    it('lets gradients reach the new rows, and training go on with the new tokens', async () => {
      const model = await resizeVocabulary(await make(engine, config), 9);
      const [ids, targets] = [engine.tensor([1, 7, 8, 2], [1, 4], 'int32'), engine.tensor([7, 8, 2, 3], [1, 4], 'int32')];
      engine.scope(() => backward(model.loss(ids, targets)));
      for (const [, table] of tablesOf(model)) {
        const gradient = await table.gradient!.data();
        for (const row of [7, 8]) expect(gradient.slice(row * 8, (row + 1) * 8).every((value) => value !== 0)).toBe(true);
      }
      for (const parameter of model.parameters()) {
        parameter.gradient?.dispose();
        parameter.gradient = null;
      }
      const counting = Int32Array.from({ length: 200 }, (_value, i) => i % 9);
      const before = (await evaluate(model, counting)).loss;
      const trainer = new Trainer(model, counting, { batchSize: 4, steps: 60, learningRate: 2e-2 });
      while (!trainer.isDone) await trainer.step();
      trainer.dispose();
      const after = (await evaluate(model, counting)).loss;
      expect(after).toBeLessThan(before / 4);
      const logits = await new Decoder(model).next([4, 5, 6]);
      expect(logits.indexOf(Math.max(...logits))).toBe(7);
    });

    it('takes as much memory as a model that was made with this size', async () => {
      const empty = engine.memory();
      const large = createTransformer(engine, { ...config, vocabSize: 30 });
      const wanted = engine.memory().buffers;
      large.dispose();
      const model = createTransformer(engine, config);
      const old = tablesOf(model).map(([, table]) => table);
      await resizeVocabulary(model, 30);
      expect(old.every(({ isDisposed }) => isDisposed)).toBe(true);
      expect(engine.memory().buffers).toBe(wanted);
      model.dispose();
      expect(engine.memory().buffers).toBe(empty.buffers);
    });

    it('is the same after saving and loading', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'kk-resized-'));
      try {
        const model = await resizeVocabulary(await make(engine, config), 10);
        await saveModel(folder, model);
        const loaded = await loadModel(engine, folder);
        expect(loaded.config.vocabSize).toBe(10);
        expect(await logitsOf(loaded)).toEqual(await logitsOf(model));
        // And what was loaded can be resized.
        await saveModel(folder, await resizeVocabulary(loaded, 12));
        expect((await logitsOf(await loadModel(engine, folder)))[0]!.slice(0, 10)).toEqual((await logitsOf(model))[0]);
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  });
});

it.each([1, 2])('keeps the bits of logits where several tiles of the kernel and %i threads share a table', async (threads) => {
  const engine = await init('wasm', { threads });
  const model = await make(engine, { ...sizes, vocabSize: 1021, width: 96 });
  const ids = Array.from({ length: 8 }, (_, i) => (i * 131) % 1021);
  const before = await logitsOf(model, ids);
  for (const vocabSize of [1024, 1087]) expect((await logitsOf(await resizeVocabulary(model, vocabSize), ids)).map((row) => row.slice(0, 1021))).toEqual(before);
  engine.dispose();
});

describe('what belongs to the old tables', async () => {
  const engine = await init('wasm', { threads: 1 });
  const data = Int32Array.from({ length: 100 }, (_, i) => i % 7);
  const options = { batchSize: 2, steps: 3 };
  const freed = /parameters of its model were freed, as quantizeModel\(\), resizeVocabulary\(\)/;

  it.each([[[]], [['tokens']]])('a trainer that was made before refuses to go on and to save, with %j frozen', async (frozen) => {
    const model = new GPT(engine, sizes);
    for (const name of frozen) model.freeze(name);
    const trainer = new Trainer(model, data, options);
    await trainer.step();
    await resizeVocabulary(model, 8);
    await expect(trainer.step()).rejects.toThrow(freed);
    await expect(toCheckpoint(trainer)).rejects.toThrow(freed);
    expect(model.tokens.weight.requiresGradient).toBe(frozen.length === 0);
    trainer.dispose();
    const next = new Trainer(model, data, options);
    expect((await next.step()).step).toBe(1);
  });

  it('a checkpoint loads with its own size; the model can then be resized, and trained by a new trainer', async () => {
    const started = new Trainer(new GPT(engine, sizes), data, options);
    await started.step();
    const bytes = await toCheckpoint(started);
    const { trainer } = fromCheckpoint(engine, bytes, data);
    trainer.dispose();
    const next = new Trainer(await resizeVocabulary(trainer.model, 8), data, options);
    expect(() => restoreCheckpoint(next, bytes)).toThrow('The config vocab_size was 7 when the checkpoint was written, and is 8 now');
    await next.step();
    const again = fromCheckpoint(engine, await toCheckpoint(next), data);
    expect(again.trainer.model.config.vocabSize).toBe(8);
  });

  it('a decoder says so; an inspection can still be read', async () => {
    const model = new GPT(engine, sizes);
    const [decoder, inspection] = [new Decoder(model), inspect(model, text)];
    await decoder.next(text);
    const before = await inspection.predictions();
    await resizeVocabulary(model, 9);
    await expect(decoder.next(text)).rejects.toThrow('Decoder: the vocabulary of the model was resized from 7 to 9 since the decoder was made: make a new one.');
    expect(await inspection.predictions()).toEqual(before);
    expect(await new Decoder(model).next(text)).toHaveLength(9);
  });
});

describe('refused, and the model left as it was', async () => {
  const engine = await init('wasm', { threads: 1 });
  const resize = resizeVocabulary as (...given: unknown[]) => Promise<Transformer>;

  it.each([
    [[0], 'resizeVocabulary: vocabSize is 0; expected a whole number of at least 1'],
    [[7.5], 'vocabSize is 7.5; expected'],
    [[NaN], 'vocabSize is NaN; expected'],
    [['10'], 'vocabSize is "10"; expected'],
    [[undefined], 'vocabSize is undefined; expected'],
    [[10, { noise: -1 }], 'noise is -1; expected a number of at least 0'],
    [[10, { noise: '0' }], 'noise is "0"; expected'],
    [[10, { noise: Infinity }], 'noise is Infinity; expected'],
    [[10, { seed: -1 }], /seed.* -1/],
    [[10, { noize: 1 }], "unknown option 'noize', did you mean 'noise'?"],
    [[10, 0.5], 'got 0.5 as its options'],
    [[2 ** 50], /./],
  ])('%j', async (given, message) => {
    const model = new GPT(engine, sizes);
    const [parameters, buffers] = [model.parameters(), engine.memory().buffers];
    await expect(resize(model, ...given)).rejects.toThrow(message);
    expect(model.parameters()).toEqual(parameters);
    expect(model.parameters().every(({ isDisposed }) => !isDisposed)).toBe(true);
    expect(model.config).toBe(sizes);
    expect(engine.memory().buffers).toBe(buffers);
  });

  it.each([undefined, null, 'gpt', {}, []])('%j instead of a model', async (model) => {
    await expect(resize(model, 10)).rejects.toThrow(/expected a GPT or a Llama/);
  });

  it.each(kinds)('int8 weights in %s', async (_, config) => {
    const model = await quantizeModel(createTransformer(engine, config));
    await expect(resizeVocabulary(model, 10)).rejects.toThrow('the model has int8 weights, which can get no rows: resize it first, then call quantizeModel().');
    expect((await quantizeModel(await resizeVocabulary(createTransformer(engine, config), 10))).config.vocabSize).toBe(10);
  });

  it('layers of other kinds, and numbers that are not finite', async () => {
    const model = new GPT(engine, sizes);
    model.outputEmbedding = new Linear(engine, { inputs: 8, outputs: 7 }, new Random(0));
    await expect(resizeVocabulary(model, 10)).rejects.toThrow('another layer was put in the place of outputEmbedding; expected the class OutputEmbedding');
    const ruined = new GPT(engine, sizes);
    ruined.tokens.weight.set(new Float32Array(56).fill(NaN));
    await expect(resizeVocabulary(ruined, 10)).rejects.toThrow('numbers that are not finite');
    expect(ruined.tokens.weight.shape).toEqual([7, 8]);
  });

  it('changes nothing when the size is the same', async () => {
    const model = new GPT(engine, sizes);
    const { weight } = model.tokens;
    await resizeVocabulary(model, 7);
    expect(model.tokens.weight).toBe(weight);
    expect(model.config).toBe(sizes);
  });
});
