// Training, evaluation, checkpoints and generation of a tiny model.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { init, type Engine, type Module } from '@kk/nn-core';
import { generate } from '@kk/sampler';
import { afterAll, describe, expect, it } from 'vitest';
import { Decoder, evaluate, fingerprint, fromCheckpoint, GPT, randomBatch, toCheckpoint, train, Trainer, validationOf, type GPTConfig } from '../src/index.js';
import { loadModel, readCheckpoint, resumeTrainer, saveCheckpoint, saveModel } from '../src/node.js';

const config: GPTConfig = { vocabSize: 7, contextLength: 8, layers: 2, heads: 2, width: 16, dropout: 0 };
const options = { batchSize: 4, steps: 40, warmupSteps: 5, learningRate: 1e-2, minimumLearningRate: 1e-3, seed: 3 };
/** 0 1 2 3 4 5 6 0 1 2 ...: a text that can be learned perfectly. */
const counting = Int32Array.from({ length: 400 }, (_, i) => i % 7);

const folder = await mkdtemp(join(tmpdir(), 'kk-gpt-'));
afterAll(() => rm(folder, { recursive: true }));

async function weightsOf(model: Module): Promise<number[]> {
  const all = [];
  for (const parameter of model.parameters()) all.push(...(await parameter.data()));
  return all;
}

async function finish(trainer: Trainer): Promise<number[]> {
  const losses = [];
  while (!trainer.isDone) losses.push((await trainer.step()).loss);
  return losses;
}

const devices: [string, () => Promise<Engine>][] = [
  ['cpu', () => init('cpu')],
  ['wasm', () => init('wasm')],
];

describe.each(devices)('training on %s', async (device, make) => {
  const engine = await make();

  it('starts at ln(vocabSize) and learns to count', async () => {
    const model = new GPT(engine, config, { seed: 1 });
    const before = await evaluate(model, counting);
    expect(before.loss).toBeCloseTo(Math.log(7), 1);
    const trainer = new Trainer(model, counting, { ...options, steps: 120 });
    await finish(trainer);
    const after = await evaluate(model, counting);
    expect(after.loss).toBeLessThan(0.3);
    expect(after.perplexity).toBeCloseTo(Math.exp(after.loss), 9);
    expect(after.tokens).toBe(399);
    const ids = [];
    for await (const id of generate(new Decoder(model), [3, 4], { maxTokens: 20, temperature: 0 })) ids.push(id);
    expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => (5 + i) % 7));
  });

  it.each([0, 0.2])('resumes bit for bit from a file, dropout %d', async (dropout) => {
    const data = Int32Array.from({ length: 300 }, (_, i) => (i * i) % 7);
    const straight = new Trainer(new GPT(engine, { ...config, dropout }, { seed: 2 }), data, options);
    const losses = await finish(straight);

    const interrupted = new Trainer(new GPT(engine, { ...config, dropout }, { seed: 2 }), data, options);
    for (let step = 0; step < 17; step++) await interrupted.step();
    const path = join(folder, `${device}-${dropout}`);
    await saveCheckpoint(path, interrupted, { extra: { files: ['a.txt'] } });
    await interrupted.step(); // what was done after the save is lost and done again

    const freshEngine = await make();
    expect(await readCheckpoint(path)).toMatchObject({ extra: { files: ['a.txt'] } });
    const { trainer } = await resumeTrainer(freshEngine, path, data);
    expect(trainer.stepsDone).toBe(17);
    expect(await finish(trainer)).toEqual(losses.slice(17));
    expect(await weightsOf(trainer.model)).toEqual(await weightsOf(straight.model));
    freshEngine.dispose();
  });

  it('gives the same bits eagerly as from a captured plan', async () => {
    const run = async (eager: boolean): Promise<number[]> => {
      const trainer = new Trainer(new GPT(engine, { ...config, dropout: 0.1 }, { seed: 6 }), counting, { ...options, steps: 10 }, { eager });
      const losses = await finish(trainer);
      return [...losses, ...(await weightsOf(trainer.model))];
    };
    expect(await run(false)).toEqual(await run(true));
  });

  it('gives the same bits with activation checkpointing, in less memory', async () => {
    const run = async (activationCheckpointing: boolean): Promise<{ numbers: number[]; arenaBytes: number }> => {
      const trainer = new Trainer(new GPT(engine, { ...config, layers: 10, dropout: 0.1 }, { seed: 6 }), counting, { ...options, steps: 5 }, { activationCheckpointing });
      const losses = await finish(trainer);
      return { numbers: [...losses, ...(await weightsOf(trainer.model))], arenaBytes: trainer.arenaBytes };
    };
    const [plain, checkpointed] = [await run(false), await run(true)];
    expect(checkpointed.numbers).toEqual(plain.numbers);
    expect(checkpointed.arenaBytes).toBeLessThan(0.5 * plain.arenaBytes);
  });

  it('adds up batches to one step that is as good as a larger batch', async () => {
    const run = async (batchSize: number, accumulationSteps: number): Promise<number[]> => {
      const trainer = new Trainer(new GPT(engine, config, { seed: 6 }), counting, { ...options, batchSize, accumulationSteps, steps: 6 });
      return finish(trainer);
    };
    const whole = await run(6, 1);
    for (const losses of [await run(2, 3), await run(1, 6)]) losses.forEach((loss, i) => expect(loss).toBeCloseTo(whole[i]!, 4));
  });

  it('with dropout evaluates without it', async () => {
    const model = new GPT(engine, { ...config, dropout: 0.5 }, { seed: 1 });
    const { loss } = await evaluate(model, counting);
    expect((await evaluate(model, counting)).loss).toBe(loss);
  });

  it('keeps memory flat', async () => {
    const trainer = new Trainer(new GPT(engine, config), counting, options);
    await trainer.step();
    const before = engine.memory();
    for (let step = 0; step < 20; step++) await trainer.step();
    expect(engine.memory()).toEqual(before);
  });
});

describe('evaluation', async () => {
  const engine = await init('cpu');
  const model = new GPT(engine, config, { seed: 4 });

  it('predicts every token once, whatever the batch size', async () => {
    const { loss } = await evaluate(model, counting.subarray(0, 30), { batchSize: 1 });
    for (const batchSize of [2, 3, 100]) expect((await evaluate(model, counting.subarray(0, 30), { batchSize })).loss).toBeCloseTo(loss, 5);
    await expect(evaluate(model, counting.subarray(0, 1))).rejects.toThrow(/at least 2/);
  });

  it('can be aborted', async () => {
    await expect(evaluate(model, counting, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('the decoder', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  const model = new GPT(engine, config, { seed: 5 });
  /** The logits without any cache. */
  const direct = (ids: number[]): number[] => {
    const window = ids.slice(-config.contextLength);
    return [...engine.scope(() => engine.noGradient(() => model.forward(engine.tensor(window, [1, window.length], 'int32')))).dataSync()].slice(-config.vocabSize);
  };
  const expectClose = (actual: ArrayLike<number>, expected: number[]): void => expected.forEach((logit, i) => expect(actual[i]).toBeCloseTo(logit, 9));

  it('gives the same with its cache as without: growing, beyond the context length, shortened, and changed', async () => {
    const decoder = new Decoder(model);
    const ids = Array.from({ length: 20 }, (_, i) => (i * i + 3) % 7);
    for (let count = 1; count <= ids.length; count++) expectClose(await decoder.next(ids.slice(0, count)), direct(ids.slice(0, count)));
    expectClose(await decoder.next(ids.slice(0, 5)), direct(ids.slice(0, 5)));
    expectClose(await decoder.next([...ids.slice(0, 3), 6, 6]), direct([...ids.slice(0, 3), 6, 6]));
    expectClose(await decoder.next([1]), direct([1]));
    expectClose(await decoder.next(ids), direct(ids));
  });

  it('can keep fewer tokens on overflow', async () => {
    const decoder = new Decoder(model, { keepOnOverflow: 4 });
    const ids = Array.from({ length: 12 }, (_, i) => i % 7);
    for (let count = 1; count <= 8; count++) await decoder.next(ids.slice(0, count));
    expectClose(await decoder.next(ids.slice(0, 9)), direct(ids.slice(5, 9)));
    expectClose(await decoder.next(ids.slice(0, 10)), direct(ids.slice(5, 10)));
  });

  it('names what is wrong', async () => {
    await expect(new Decoder(model).next([])).rejects.toThrow(/at least one token/);
    await expect(new Decoder(model).next([7])).rejects.toThrow(/id 7 is out of range/);
    expect(() => new Decoder(model, { keepOnOverflow: 9 })).toThrow(/from 1 to the context length 8/);
  });
});

describe('bad input', async () => {
  const engine = await init('cpu');

  it.each([
    [{ width: 15 }, /width 15 cannot be split into 2 heads/],
    [{ layers: 0 }, /layers is 0/],
    [{ contextLength: 1.5 }, /contextLength is 1.5/],
    [{ dropout: 1 }, /dropout is 1/],
    [{ vocabSize: Number.NaN }, /vocabSize is NaN/],
  ])('a config with %o is refused', (change, message) => {
    expect(() => new GPT(engine, { ...config, ...change })).toThrow(message);
  });

  it('a trainer names what cannot be', () => {
    const model = new GPT(engine, config);
    expect(() => new Trainer(model, counting.subarray(0, 8))).toThrow(/8 tokens, but one window needs 9/);
    expect(() => new Trainer(model, Int32Array.from({ length: 20 }, () => 7))).toThrow(/ids from 7 to 7.*ends at 6/);
    expect(() => new Trainer(model, counting, { batchSize: 0 })).toThrow(/batchSize is 0/);
    expect(() => new Trainer(model, counting, { learningRate: -1 })).toThrow(/learningRate is -1/);
    expect(() => new Trainer(model, counting, { learningRate: 1e-4, minimumLearningRate: 1e-3 })).toThrow(/minimumLearningRate is 0\.001, above learningRate 0\.0001/);
    expect(() => new Trainer(model, counting, { betas: [1, 0.9] })).toThrow(/betas\[0\] is 1/);
    expect(() => new Trainer(model, counting, { steps: 10, warmupSteps: 11 })).toThrow(/warmupSteps is 11, but there are only 10 steps.*fewer warm-up steps or more steps/);
    expect(() => new Trainer(model, counting, { batchsize: 4 } as object)).toThrow(/unknown option 'batchsize', did you mean 'batchSize'\?; known: .*batchSize\?, accumulationSteps\?/);
    expect(() => new Trainer(model, counting, {}, { eagre: true } as object)).toThrow(/unknown option 'eagre'.*; known: eager\?, activationCheckpointing\?/);
    expect(() => new GPT(engine, { ...config, dropuot: 0.1 } as GPTConfig)).toThrow(/GPT: unknown option 'dropuot', did you mean 'dropout'\?; known: vocabSize, /);
  });

  it('misspelt options of the loop, of evaluation and of generation are named, and intervals that are none', async () => {
    const model = new GPT(engine, config);
    const first = (options: object): Promise<unknown> => train(new Trainer(model, counting), options).next();
    await expect(first({ saveEvry: 5 })).rejects.toThrow(/train: unknown option 'saveEvry', did you mean 'saveEvery'\?/);
    for (const saveEvery of [0, 2.5, Number.NaN, -1]) await expect(first({ saveEvery })).rejects.toThrow(`train: saveEvery is ${saveEvery}; expected a whole number of at least 1, or Infinity`);
    await expect(evaluate(model, counting, { batchsize: 2 } as object)).rejects.toThrow(/evaluate: unknown option 'batchsize'/);
    await expect(evaluate(model, counting, { batchSize: 0 })).rejects.toThrow(/evaluate: batchSize is 0/);
    expect(() => new Decoder(model, { keepOnOverFlow: 4 } as object)).toThrow(/Decoder: unknown option 'keepOnOverFlow'/);
    expect(() => new GPT(engine, config, { sed: 1 } as object)).toThrow(/GPT: unknown option 'sed', did you mean 'seed'\?/);
  });

  it('token ids in a plain array are refused with the remedy, by everything that takes them', async () => {
    const model = new GPT(engine, config);
    const plain = [...counting] as never;
    const message = /the token ids are an array; expected an Int32Array or Uint16Array: Int32Array\.from\(ids\)/;
    expect(() => new Trainer(model, plain)).toThrow(message);
    expect(() => validationOf(model, plain)).toThrow(message);
    expect(() => randomBatch(plain, { batchSize: 1, contextLength: 2, seed: 0, step: 0 })).toThrow(message);
    await expect(evaluate(model, plain)).rejects.toThrow(message);
    expect(() => new Trainer(model, Float32Array.from(counting) as never)).toThrow(/the token ids are a Float32Array; expected/);
    expect(() => new Trainer(model, undefined as never)).toThrow(/the token ids are undefined; expected/);
  });

  it('options that are left out follow the others', () => {
    const model = new GPT(engine, config);
    const optionsOf = (options: object): object => new Trainer(model, counting, options).options;
    expect(optionsOf({})).toMatchObject({ steps: 2000, learningRate: 1e-3, minimumLearningRate: 1e-4, warmupSteps: 100 });
    expect(optionsOf({ learningRate: 0.02 })).toMatchObject({ minimumLearningRate: 0.002, warmupSteps: 100 }); // a tenth
    expect(optionsOf({ learningRate: 0.02, minimumLearningRate: 0.01 })).toMatchObject({ minimumLearningRate: 0.01 });
    expect(optionsOf({ steps: 60 })).toMatchObject({ warmupSteps: 6 }); // a tenth of a short run
    expect(optionsOf({ steps: 60, warmupSteps: 60 })).toMatchObject({ warmupSteps: 60 });
    const { vocabSize, contextLength, layers, heads, width } = config;
    expect(new GPT(engine, { vocabSize, contextLength, layers, heads, width }).dropout.probability).toBe(0);
  });

  it('a training that diverges says so', async () => {
    const trainer = new Trainer(new GPT(engine, config), counting, { ...options, steps: 50, warmupSteps: 0, learningRate: 1e30, maximumGradientNorm: Infinity });
    await expect(finish(trainer)).rejects.toThrow(/lower learning rate/);
  });

  it('a checkpoint of other data, or no checkpoint at all, is refused', async () => {
    const trainer = new Trainer(new GPT(engine, config), counting, options);
    const bytes = await toCheckpoint(trainer);
    expect(() => fromCheckpoint(engine, bytes, counting.subarray(1))).toThrow(/other data/);
    expect(() => fromCheckpoint(engine, bytes.subarray(0, bytes.length - 1), counting)).toThrow();
    expect(fingerprint(Int32Array.of(1, 2))).not.toBe(fingerprint(Int32Array.of(2, 1)));
    const path = join(folder, 'broken');
    await saveCheckpoint(path, trainer);
    await writeFile(join(path, 'checkpoint.safetensors'), await readFile(join(path, 'model.safetensors')));
    await expect(resumeTrainer(engine, path, counting)).rejects.toThrow(/checkpoint.safetensors: .*no checkpoint/);
  });

  it('a folder whose files are missing, damaged or do not fit together is refused by name', async () => {
    const model = new GPT(engine, config);
    const path = join(folder, 'model');
    await expect(loadModel(engine, path)).rejects.toThrow(/Cannot read .*config.json: there is no such file or folder\./);
    await saveModel(path, model, { tokenizer: { version: '1.0' } });
    expect(await weightsOf(await loadModel(engine, path))).toEqual(await weightsOf(model));
    expect(JSON.parse(await readFile(join(path, 'tokenizer.json'), 'utf8'))).toEqual({ version: '1.0' });
    const good = await readFile(join(path, 'config.json'), 'utf8');
    const tryConfig = async (change: object, message: RegExp): Promise<void> => {
      await writeFile(join(path, 'config.json'), JSON.stringify({ ...JSON.parse(good), ...change }));
      await expect(loadModel(engine, path)).rejects.toThrow(message);
    };
    await tryConfig({ n_head: 3 }, /config.json: .*cannot be split into 3 heads/);
    await tryConfig({ n_embd: 'x' }, /n_embd must be a number; got "x"/);
    await tryConfig({ activation_function: 'relu' }, /activation_function is "relu"/);
    await tryConfig({ n_layer: 3 }, /do not belong together/);
    await tryConfig({ n_layer: 1 }, /GPT-2 does not have, transformer.h.1/);
    await tryConfig({ vocab_size: 6 }, /wte.weight has shape \(7, 16\); config.json asks for \(6, 16\)/);
    await tryConfig({ n_layer: 1e9 }, /do not belong together/);
    await writeFile(join(path, 'config.json'), good);
    const bytes = await readFile(join(path, 'model.safetensors'));
    await writeFile(join(path, 'model.safetensors'), bytes.subarray(0, 1000));
    await expect(loadModel(engine, path)).rejects.toThrow(/model.safetensors: /);
  });
});

describe('batches', () => {
  it('depend on the seed and the step alone and lie in the text', () => {
    const batch = (seed: number, step: number) => randomBatch(counting, { batchSize: 5, contextLength: 8, seed, step });
    expect(batch(1, 2)).toEqual(batch(1, 2));
    expect(batch(1, 2)).not.toEqual(batch(1, 3));
    expect(batch(1, 2)).not.toEqual(batch(2, 2));
    const { inputs, targets } = batch(1, 2);
    inputs.forEach((id, i) => expect(targets[i]).toBe((id + 1) % 7));
  });

  it('reach the first and the last window', () => {
    const data = Int32Array.from({ length: 10 }, (_, i) => i);
    const starts = new Set(Array.from({ length: 50 }, (_, step) => randomBatch(data, { batchSize: 1, contextLength: 8, seed: 0, step }).inputs[0]));
    expect([...starts].sort()).toEqual([0, 1]);
  });
});
