// Ids in two bytes mean what ids in four do: to batches, losses, training and checkpoints.
import { init } from '@kk/nn-core';
import { expect, it } from 'vitest';
import { evaluate, fingerprint, fromCheckpoint, GPT, randomBatch, toCheckpoint, Trainer, type GPTConfig, type TokenIds } from '../src/index.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 1, heads: 2, width: 16, dropout: 0 };
const long = Int32Array.from({ length: 200 }, (_, i) => (i * i) % 7);
const short = Uint16Array.from(long);

it('trains and evaluates to the same losses, and a checkpoint of one goes on with the other', async () => {
  const engine = await init('wasm', { threads: 1 });
  const options = { batchSize: 4, steps: 6, warmupSteps: 1 };
  const losses = async (trainer: Trainer): Promise<number[]> => {
    const steps = [];
    while (!trainer.isDone) steps.push((await trainer.step()).loss);
    return [...steps, (await evaluate(trainer.model, long)).loss];
  };
  const start = (ids: TokenIds): Trainer => new Trainer(new GPT(engine, config, { seed: 1 }), ids, options);
  const expected = await losses(start(long));
  expect(await losses(start(short))).toEqual(expected);
  const begun = start(short);
  await begun.step();
  const { trainer } = fromCheckpoint(engine, await toCheckpoint(begun), long);
  expect(await losses(trainer)).toEqual(expected.slice(1));
  engine.dispose();
});

it('draws the same batches and has the same fingerprint', () => {
  const options = { batchSize: 3, contextLength: 8, seed: 1, step: 2 };
  expect(randomBatch(short, options)).toEqual(randomBatch(long, options));
  expect(fingerprint(short)).toBe(fingerprint(long));
});

it('ids above 32,767 keep their value', () => {
  const ids = Uint16Array.of(40_000, 65_535, 0);
  expect(randomBatch(ids, { batchSize: 1, contextLength: 2, seed: 0, step: 0 })).toEqual({ inputs: Int32Array.of(40_000, 65_535), targets: Int32Array.of(65_535, 0) });
});
