// Generation and evaluation with int8 weights: close to float32, at a loss that is reported, and nothing else changes.
import { init, QuantizedLinear, type Engine } from '@kk/nn-core';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from '@kk/sampler';
import { describe, expect, it } from 'vitest';
import { Decoder, evaluate, fromSafetensors, GPT, quantizeModel, toCheckpoint, toSafetensors, Trainer, type GPTConfig } from '../src/index.js';
import { loadModel, saveModel } from '../src/node.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 2, heads: 2, width: 20, dropout: 0 };
const counting = Int32Array.from({ length: 400 }, (_, i) => i % 7);

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm', () => init('wasm', { threads: 1 })],
  ['wasm on 2 threads', () => init('wasm', { threads: 2 })],
];

describe.each(devices)('int8 weights on %s', async (_, make) => {
  const engine = await make();
  const model = new GPT(engine, config, { seed: 1 });
  const trainer = new Trainer(model, counting, { batchSize: 4, steps: 120, warmupSteps: 5, learningRate: 1e-2, minimumLearningRate: 1e-3 });
  while (!trainer.isDone) await trainer.step();
  trainer.dispose();
  /** The same weights in a model of its own, so that both can be compared. */
  const copy = async (): Promise<GPT> => fromSafetensors(engine, config, await toSafetensors(model));
  const quantized = await quantizeModel(await copy());

  it('give logits close to those of float32, in one batch and token by token', async () => {
    const exact = new Decoder(model);
    const rounded = new Decoder(quantized);
    for (let count = 1; count <= 8; count++) {
      const context = counting.subarray(3, 3 + count);
      const [a, b] = [await exact.next(context), await rounded.next(context)];
      const range = Math.max(...a) - Math.min(...a);
      a.forEach((logit, i) => expect(Math.abs(b[i]! - logit)).toBeLessThan(0.03 * range));
      expect(b).not.toEqual(a);
    }
    const atOnce = await new Decoder(quantized).next(counting.subarray(3, 11));
    const stepwise = await rounded.next(counting.subarray(3, 11));
    atOnce.forEach((logit, i) => expect(logit).toBeCloseTo(stepwise[i]!, 2));
  });

  it('cost little loss, which evaluate reports', async () => {
    const exact = await evaluate(model, counting);
    const rounded = await evaluate(quantized, counting);
    expect(rounded.tokens).toBe(exact.tokens);
    expect(rounded.loss).not.toBe(exact.loss);
    expect(Math.abs(rounded.loss - exact.loss)).toBeLessThan(0.05 * exact.loss + 0.005);
  });

  it('write what the model learned', async () => {
    const ids = [];
    for await (const id of generate(new Decoder(quantized), [3, 4], { maxTokens: 20, temperature: 0 })) ids.push(id);
    expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => (5 + i) % 7));
  });

  it('replace four matrices of each block and the output layer', () => {
    const replaced = [...quantized.namedModules()].filter(([, layer]) => layer instanceof QuantizedLinear).map(([name]) => name);
    expect(replaced).toEqual([
      ...[0, 1].flatMap((i) => ['attention.queryKeyValue', 'attention.projection', 'feedForward.expansion', 'feedForward.projection'].map((name) => `blocks.${i}.${name}`)),
      'outputEmbedding',
    ]);
  });

  it('free the float32 matrices, and the rest with the model', async () => {
    const before = engine.memory().buffers;
    const one = await copy();
    const floats = engine.memory().buffers;
    await quantizeModel(one);
    // A matrix becomes bytes and scales; the table of the tied output layer stays for the lookup.
    expect(engine.memory().buffers).toBe(floats + 4 * config.layers + 2);
    await evaluate(one, counting);
    one.dispose();
    expect(engine.memory().buffers).toBe(before);
  });

  it('are refused for training, for saving, and from a damaged model, which stays as it was', async () => {
    const ids = engine.tensor([1, 2], [1, 2], 'int32');
    expect(() => engine.scope(() => quantized.loss(ids, ids))).toThrow(/no gradient: run it inside engine\.noGradient\(\)/);
    await expect(toSafetensors(quantized)).rejects.toThrow(/no place for blocks\.0\.attention\.queryKeyValue\.weight\.packed.*save the model before/);
    const damaged = await copy();
    damaged.tokens.weight.set(new Float32Array(damaged.tokens.weight.size).fill(NaN));
    const before = engine.memory().buffers;
    await expect(quantizeModel(damaged)).rejects.toThrow(/NaN; expected finite/);
    expect(engine.memory().buffers).toBe(before);
    damaged.tokens.weight.set(new Float32Array(damaged.tokens.weight.size));
    expect((await evaluate(damaged, counting)).tokens).toBe(399);
  });
});

it('gives the same logits for any number of threads, to the bit', async () => {
  const results = [];
  for (const threads of [1, 2]) {
    const engine = await init('wasm', { threads });
    const model = new GPT(engine, { ...config, width: 256, vocabSize: 5000 }, { seed: 3 });
    results.push(await new Decoder(await quantizeModel(model)).next([1, 2, 3]));
    engine.dispose();
  }
  expect(results[1]).toEqual(results[0]);
});

describe('what a quantized model cannot do', async () => {
  const engine = await init('cpu');
  const config: GPTConfig = { vocabSize: 5, contextLength: 4, layers: 1, heads: 1, width: 8, dropout: 0 };

  it('a trainer that was there before says so, at its next step and when it is saved', async () => {
    const model = new GPT(engine, config);
    const trainer = new Trainer(model, Int32Array.from({ length: 50 }, (_, i) => i % 5), { steps: 5 });
    await trainer.step();
    await quantizeModel(model);
    await expect(trainer.step()).rejects.toThrow(/parameters of its model were freed, as quantizeModel\(\)/);
    await expect(toCheckpoint(trainer)).rejects.toThrow(/parameters of its model were freed/);
  });

  it('a folder stays as it was when the model cannot be saved', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kk-quantized-'));
    try {
      await saveModel(folder, new GPT(engine, config));
      await expect(saveModel(folder, await quantizeModel(new GPT(engine, { ...config, layers: 3 })))).rejects.toThrow();
      expect((await loadModel(engine, folder)).config.layers).toBe(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
