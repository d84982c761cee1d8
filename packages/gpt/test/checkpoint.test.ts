// Checkpoints: a single wrong bit is found, nothing leaks when one is refused, and what may change when a run goes on.
import { init, readSafetensors, toFloat32, writeSafetensors, type Engine } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { fromCheckpoint, GPT, restoreCheckpoint, TaskTrainer, toCheckpoint, Trainer, type GPTConfig, type TokenIds, type TrainerOptions } from '../src/index.js';
import { crc32 } from '../src/checkpoint/crc32.js';
import { classification, Classifier, points } from './support/tiny-task.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0.1 };
const options = { batchSize: 4, steps: 12, warmupSteps: 2, learningRate: 1e-2, minimumLearningRate: 1e-3, seed: 3 };
const counting = Int32Array.from({ length: 400 }, (_, i) => i % 7);

async function started(engine: Engine, steps = 2): Promise<Trainer> {
  const trainer = new Trainer(new GPT(engine, config, { seed: 1 }), counting, options);
  for (let step = 0; step < steps; step++) await trainer.step();
  return trainer;
}

describe('the checksum', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it('is CRC-32, as published and as Python computes it', () => {
    expect(crc32(bytes(''))).toBe(0);
    expect(crc32(bytes('123456789'))).toBe(0xcbf43926); // the check value of the standard
    expect(crc32(bytes('The quick brown fox jumps over the lazy dog'))).toBe(0x414fa339);
    // zlib.crc32(bytes(i * i % 251 for i in range(100000)))
    expect(crc32(Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251))).toBe(0xce5022e2);
  });

  it('can be computed in pieces of any length', () => {
    const whole = Uint8Array.from({ length: 40 }, (_, i) => (37 * i) % 256);
    for (let cut = 0; cut <= whole.length; cut++) expect(crc32(whole.subarray(cut), crc32(whole.subarray(0, cut)))).toBe(crc32(whole));
  });
});

describe('a damaged checkpoint', async () => {
  const engine = await init('cpu');

  it('is refused whichever bit is wrong', async () => {
    const model = new Classifier(engine);
    const trainer = new TaskTrainer(model, classification(model, () => points(0, 4)), { steps: 3 });
    await trainer.step();
    const bytes = await toCheckpoint(trainer, { note: 'x' });
    restoreCheckpoint(trainer, bytes);
    const accepted: number[] = [];
    for (let bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      try {
        restoreCheckpoint(trainer, bytes);
        accepted.push(bit);
      } catch {
        // as it should be
      }
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(accepted).toEqual([]);
    restoreCheckpoint(trainer, bytes);
  });

  it('is refused when a bit of a tensor of a GPT is wrong, and says so', async () => {
    const bytes = await toCheckpoint(await started(engine));
    for (let i = 0; i < 80; i++) {
      const at = bytes.length - 1 - i * 97;
      bytes[at]! ^= 1 << (i % 8);
      expect(() => fromCheckpoint(engine, bytes, counting)).toThrow(/damaged: its checksum is [0-9a-f]{8}, but [0-9a-f]{8} was written/);
      bytes[at]! ^= 1 << (i % 8);
    }
    fromCheckpoint(engine, bytes, counting);
  });
});

describe('a trainer that was made in another way', async () => {
  const engine = await init('cpu');
  const bytes = await toCheckpoint(await started(engine, 3), 'extra');
  const other = (change: Partial<TrainerOptions>, { model = {}, data = counting }: { model?: Partial<GPTConfig>; data?: TokenIds } = {}): Trainer =>
    new Trainer(new GPT(engine, { ...config, ...model }, { seed: 2 }), data, { ...options, ...change });

  it.each<[string, Trainer, RegExp]>([
    ['another seed', other({ seed: 4 }), /option seed was 3 when the checkpoint was written, and is 4 now/],
    ['other batches', other({ batchSize: 5 }), /option batchSize was 4 .* is 5 now/],
    ['other moments', other({ betas: [0.9, 0.95] }), /option betas was \[0\.9,0\.99\] .* is \[0\.9,0\.95\] now/],
    ['another optimizer', other({ optimizer: 'SGD' }), /option optimizer was "AdamW" .* is "SGD" now/],
    ['groups', other({ groups: [{ names: ['tokens'], weightDecay: 0 }] }), /option groups was \[\] .* is \[\{"names":\["tokens"\],"weightDecay":0\}\] now/],
    ['other heads, which no shape shows', other({}, { model: { heads: 4 } }), /config n_head was 2 .* is 4 now/],
    ['another activation', other({}, { model: { activation: 'geluErf' } }), /config activation_function was "gelu_new" .* is "gelu" now/],
    ['another text', other({}, { data: counting.subarray(1) }), /other data/],
    ['fewer steps than are done', other({ steps: 2 }), /has done 3 steps, but the run shall have only 2/],
  ])('is refused: %s', async (_, trainer, message) => {
    const before = await trainer.model.tokens.weight.data();
    expect(() => restoreCheckpoint(trainer, bytes)).toThrow(message);
    expect(trainer.stepsDone).toBe(0);
    expect(await trainer.model.tokens.weight.data()).toEqual(before);
  });

  it('and one of another version of the format is refused as such', () => {
    const { tensors, metadata } = readSafetensors(bytes);
    const old = writeSafetensors(new Map([...tensors].map(([name, tensor]) => [name, { dtype: 'F32', shape: tensor.shape, data: toFloat32(tensor) }])), { ...metadata, format: 'kk-checkpoint-1' });
    expect(() => restoreCheckpoint(other({}), old)).toThrow(/another version: its format is kk-checkpoint-1, expected kk-checkpoint-2/);
    expect(() => fromCheckpoint(engine, old, counting)).toThrow(/another version/);
  });

  it('goes on when only what may change has changed', async () => {
    const trainer = other({ steps: 4, learningRate: 1e-3, minimumLearningRate: 0, warmupSteps: 0, weightDecay: 0, maximumGradientNorm: Infinity, optimizer: 'AdamW', groups: [] });
    expect(restoreCheckpoint(trainer, bytes)).toBe('extra');
    expect(trainer.stepsDone).toBe(3);
    await trainer.step();
    expect(trainer.isDone).toBe(true);
  });
});

describe('going on', async () => {
  const engine = await init('cpu');
  const bytes = await toCheckpoint(await started(engine));

  it('takes no memory when it is refused', async () => {
    const before = engine.memory();
    const model = new GPT(engine, config);
    const wrong = new TaskTrainer(model, { batch: () => points(0, 1), loss: () => engine.zeros([]) }, { steps: 12 });
    const other = await toCheckpoint(wrong); // a checkpoint, but of no pretraining
    wrong.dispose();
    model.dispose();
    expect(() => fromCheckpoint(engine, other, counting)).toThrow(/restoreCheckpoint/);
    expect(() => fromCheckpoint(engine, bytes, counting.subarray(1))).toThrow(/other data/);
    expect(() => fromCheckpoint(engine, bytes, counting, { changes: { learningRate: -1 } })).toThrow(/learningRate is -1/); // after the model was made
    expect(() => fromCheckpoint(engine, bytes, counting, { changes: { maximumGradientNorm: 0 } })).toThrow(/maximumGradientNorm is 0/);
    expect(() => fromCheckpoint(engine, bytes, counting, { changes: { steps: 1 } })).toThrow(/has done 2 steps, but the run shall have only 1: give at least 2 steps/);
    expect(() => fromCheckpoint(engine, bytes, counting, { changes: { steps: 5, warmupSteps: 6 } })).toThrow(/warmupSteps is 6, but there are only 5 steps/);
    engine.scope(() => undefined);
    expect(engine.memory()).toEqual(before);
  });

  it('can have more steps and another rate, and nothing that would make it another run', () => {
    const { trainer } = fromCheckpoint(engine, bytes, counting, { changes: { steps: 20, learningRate: 0.5, minimumLearningRate: 0.1, maximumGradientNorm: Infinity } });
    expect(trainer.options).toMatchObject({ steps: 20, learningRate: 0.5, minimumLearningRate: 0.1, maximumGradientNorm: Infinity, batchSize: 4, seed: 3 });
    expect([trainer.stepsDone, trainer.optimizer.stepCount]).toEqual([2, 2]);
    for (const changes of [{ seed: 4 }, { batchSize: 2 }, { betas: [0.9, 0.9] }, { optimizer: 'SGD' }] as object[]) {
      expect(() => fromCheckpoint(engine, bytes, counting, { changes })).toThrow(`cannot go on with another ${Object.keys(changes)[0]}`);
    }
  });

  it('keeps an infinite norm, groups and what was frozen', async () => {
    const model = new GPT(engine, config, { seed: 1 });
    const frozen = model.freeze('blocks.0');
    const groups = [{ names: ['tokens', 'positions'], learningRate: 1e-4, weightDecay: 0 }];
    const trainer = new Trainer(model, counting, { ...options, maximumGradientNorm: Infinity, groups });
    await trainer.step();
    const resumed = fromCheckpoint(engine, await toCheckpoint(trainer), counting).trainer;
    expect(resumed.options).toMatchObject({ maximumGradientNorm: Infinity, groups });
    expect(resumed.optimizer.parameters.length).toBe(model.parameters().length - frozen.length);
    for (const [name, parameter] of resumed.model.namedParameters()) {
      expect(parameter.requiresGradient, name).toBe(!frozen.includes(name));
      expect(await parameter.data(), name).toEqual(await model.namedParameters().get(name)!.data());
    }
    while (!trainer.isDone) expect((await resumed.step()).loss).toBe((await trainer.step()).loss);
  });
});
