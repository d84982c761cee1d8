// What a trainer, a checkpoint and a model refuse by name before anything is computed.
import { init, Linear, QuantizedLinear, replaceLayers } from '@kk/nn-core';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromCheckpoint, GPT, quantizeModel, toCheckpoint, Trainer, type GPTConfig } from '../src/index.js';
import { saveModel } from '../src/node.js';

const ids = Int32Array.from({ length: 200 }, (_, i) => (i * i) % 7);
const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 8 };

describe('refused by name', async () => {
  const engine = await init('wasm', { threads: 1 });
  const make = (): GPT => new GPT(engine, config, { seed: 1 });
  const trainerOf = (model: GPT, steps = 2): Trainer => new Trainer(model, ids, { batchSize: 2, steps });

  it('options of fromCheckpoint and quantizeModel that are unknown', async () => {
    const trainer = trainerOf(make());
    await trainer.step();
    const bytes = await toCheckpoint(trainer);
    expect(() => fromCheckpoint(engine, bytes, ids, { chagnes: { steps: 99 } } as object)).toThrow("fromCheckpoint: unknown option 'chagnes', did you mean 'changes'?");
    const model = make();
    await expect((quantizeModel as (...given: unknown[]) => Promise<GPT>)(model, { bits: 4 })).rejects.toThrow("quantizeModel: unknown option 'bits'; known: none.");
    expect(model.parameters().every(({ isDisposed }) => !isDisposed)).toBe(true);
  });

  it('a step after parameters were frozen or unfrozen', async () => {
    const model = make();
    model.freeze('positions');
    const trainer = trainerOf(model);
    model.freeze('tokens');
    await expect(trainer.step()).rejects.toThrow('tokens.weight was frozen after the trainer was made, which has no effect on it: freeze first, then make the trainer.');
    model.unfreeze('tokens');
    model.unfreeze('positions');
    await expect(trainer.step()).rejects.toThrow('positions.weight was unfrozen after the trainer was made');
    expect(trainer.stepsDone).toBe(0);
    model.freeze('positions');
    await trainer.step();
  });

  it('a step after the last one', async () => {
    const trainer = trainerOf(make(), 1);
    await trainer.step();
    await expect(trainer.step()).rejects.toThrow('all 1 steps of this run are done');
    fromCheckpoint(engine, await toCheckpoint(trainer), ids).trainer.dispose();
  });

  it('a trainer of a model with int8 weights', async () => {
    const model = await quantizeModel(make());
    expect(() => trainerOf(model)).toThrow('Trainer: the model has int8 weights, through which no gradient goes: train first, then call quantizeModel().');
  });

  it('a trainer of a model of which some inner layers have int8 weights, unless nothing before them is trained', async () => {
    const model = make();
    await replaceLayers(model, 'blocks.0.feedForward.*', (layer) => (layer instanceof Linear ? QuantizedLinear.of(layer) : undefined));
    const [first] = [...model.namedModules()].find(([, layer]) => layer instanceof QuantizedLinear)!;
    expect(() => trainerOf(model)).toThrow(`Trainer: ${first} has int8 weights, through which no gradient goes to tokens.weight: train first, then round, or freeze all that is before it.`);
    model.freeze();
    model.unfreeze('blocks.0.attentionNorm');
    expect(() => trainerOf(model)).toThrow('through which no gradient goes to blocks.0.attentionNorm.');
    model.freeze();
    model.unfreeze('finalNorm');
    expect((await trainerOf(model).step()).loss).toBeGreaterThan(0);
  });

  it('tiedEmbeddings that are no boolean', () => {
    expect(() => new GPT(engine, { ...config, tiedEmbeddings: 'no' } as unknown as GPTConfig)).toThrow('GPT: tiedEmbeddings is "no"; expected true or false.');
  });

  it('options that are text instead of numbers, or no booleans', () => {
    expect(() => new GPT(engine, { ...config, dropout: '0.1' } as unknown as GPTConfig)).toThrow('GPT: dropout is "0.1"; expected at least 0 and below 1.');
    expect(() => new Trainer(make(), ids, { learningRate: '1e-3' } as object)).toThrow('Trainer: learningRate is "1e-3"; expected a number of at least 0.');
    expect(() => new Trainer(make(), ids, { maximumLoss: '9' } as object)).toThrow('Trainer: maximumLoss is "9"; expected a number above 0, or Infinity.');
    expect(() => new Trainer(make(), ids, {}, { eager: 'no' } as object)).toThrow('Trainer: its modes: eager is "no"; expected true or false.');
  });

  it('ids and targets that are no tensors', () => {
    const model = make();
    const given = { values: Int32Array.of(1, 2), shape: [1, 2] } as never;
    const tensor = engine.tensor([1, 2], [1, 2], 'int32');
    expect(() => model.forward(given)).toThrow('GPT got a plain object in place of a tensor');
    expect(() => model.forward([[1, 2]] as never)).toThrow('GPT got a list in place of a tensor');
    expect(() => model.loss(given, tensor)).toThrow('GPT got a plain object in place of a tensor');
    expect(() => model.loss(tensor, given)).toThrow('crossEntropy got a plain object in place of a tensor');
  });

  it('a file where the folder of a model should be', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kk-refusals-'));
    try {
      const file = join(folder, 'a.txt');
      await writeFile(file, 'text');
      await expect(saveModel(file, make())).rejects.toThrow(`${file} is a file; expected the name of a folder, which is made where there is none.`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
