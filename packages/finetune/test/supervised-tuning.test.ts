// Supervised tuning: what is trained, what replay does, the best weights, and going on with the same bits.
import { evaluate, Trainer, type GPT, type GPTConfig } from '@kk/gpt';
import { ShuffledWindows, tokensInMemory } from '@kk/gpt/data';
import { init } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { SupervisedTuning, suggestedLearningRate, TuningRows, type LabelledTokens, type SupervisedOptions, type TuningEvent } from '../src/index.js';
import { trainedBase } from './support/trained-base.js';

const config: GPTConfig = { vocabSize: 12, contextLength: 16, layers: 2, heads: 2, width: 16, dropout: 0.1 };
/** The world of the base: numbers that count up. */
const counting = Int32Array.from({ length: 600 }, (_, i) => i % 10);
/** The task: 10, a number, 11, and the number before it twice, which the base would never write. */
const example = (n: number): LabelledTokens => ({ ids: Int32Array.of(10, n, 11, (n + 9) % 10, (n + 9) % 10), learned: Uint8Array.of(0, 0, 0, 1, 1) });
const sizes = { contextLength: 16, vocabSize: 12, seed: 5 };
const training = new TuningRows([0, 1, 2, 3, 4, 5, 6].map(example), sizes);
const heldOut = new TuningRows([7, 8, 9].map(example), sizes);
const replay = { rows: new ShuffledWindows(tokensInMemory(counting.slice(0, 500), 12), { contextLength: 16 }), share: 0.5 };
const baseText = counting.slice(500);
const quick = { batchSize: 4, steps: 12, learningRate: 1e-2, seed: 3 };

describe('supervised tuning', async () => {
  const engine = await init('wasm', { threads: 1 });
  const baseModel = trainedBase(engine, config, counting);
  const tune = (options: SupervisedOptions, model = baseModel()): SupervisedTuning<GPT> => new SupervisedTuning(model, training, { training: quick, heldOut: { examples: heldOut, baseText }, ...options });
  const all = async (run: AsyncIterable<TuningEvent>): Promise<TuningEvent[]> => {
    const events: TuningEvent[] = [];
    for await (const event of run) events.push(event);
    return events;
  };
  const numbersOf = async (model: GPT): Promise<Map<string, readonly number[]>> => new Map(await Promise.all([...model.namedParameters()].map(async ([name, tensor]) => [name, [...(await tensor.data())]] as const)));

  it('learns from few rows in small batches and enough steps, unless it is told otherwise', () => {
    const many = new TuningRows(Array.from({ length: 400 }, (_, n) => example(n % 10)), { ...sizes, packed: false });
    expect(training.rowsPerEpoch).toBe(2);
    for (const [rows, options, batchSize, steps] of [
      [training, {}, 2, 60],
      [training, { replay }, 4, 60],
      [training, { training: { accumulationSteps: 2 } }, 1, 60],
      [training, { epochs: 10 }, 2, 10],
      [training, { training: { steps: 2 } }, 2, 2],
      [training, { training: { batchSize: 8 } }, 8, 60],
      [many, {}, 8, 150],
      [many, { replay }, 8, 300],
    ] as [TuningRows, SupervisedOptions, number, number][]) {
      const tuning = new SupervisedTuning(baseModel(), rows, options);
      expect([tuning.trainer.options.batchSize, tuning.trainer.options.steps], JSON.stringify(options)).toEqual([batchSize, steps]);
      tuning.dispose();
    }
  });

  it.each([
    ['full', 'full', ['tokens', 'positions', 'blocks.0', 'blocks.1', 'finalNorm']],
    ['last layers', { lastLayers: 1 }, ['blocks.1', 'finalNorm']],
    ['a LoRA adapter', { lora: { rank: 2 } }, ['down', 'up']],
  ] as const)('trains %s and nothing else', async (_, trained, changed) => {
    const model = baseModel();
    const tuning = tune({ trained }, model);
    const before = await numbersOf(model);
    await all(tuning.run());
    const after = await numbersOf(model);
    for (const [name, values] of after) {
      const isTrained = changed.some((part) => name === part || name.startsWith(`${part}.`) || name.endsWith(`.${part}`));
      if (isTrained) expect(values, name).not.toEqual(before.get(name));
      else expect(values, name).toEqual(before.get(name));
    }
    expect(tuning.adapter === undefined).toBe(trained === 'full' || 'lastLayers' in trained);
  });

  it('trains the embeddings of new tokens, too, where only the last layers are trained', async () => {
    const model = baseModel();
    tune({ trained: { lastLayers: 1 }, newTokens: [10, 11] }, model);
    expect(model.tokens.weight.requiresGradient).toBe(true);
    expect(model.positions.weight.requiresGradient).toBe(false);
  });

  it('learns the task, looks before the first step, on the way and after the last one, and a save comes after its look', async () => {
    const tuning = tune({ training: { ...quick, steps: 60 }, heldOut: { examples: training } });
    const events = await all(tuning.run({ lookEvery: 20, saveEvery: 40 }));
    expect(events.filter(({ type }) => type !== 'step').map((event) => (event.type === 'look' ? `look ${event.step}` : `save ${(event as { step: number }).step}`))).toEqual(['look 0', 'look 20', 'look 40', 'save 40', 'look 60', 'save 60']);
    const [first, last] = [tuning.looks[0]!, tuning.looks.at(-1)!];
    expect(last.task!).toBeLessThan(first.task! / 2);
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(60);
  });

  it('forgets less with replay', async () => {
    const forgotten = async (options: SupervisedOptions): Promise<number> => {
      const tuning = tune({ ...options, training: { ...quick, steps: 60 } });
      await all(tuning.run());
      return tuning.looks.at(-1)!.base! - tuning.looks[0]!.base!;
    };
    const [without, withHalf] = [await forgotten({}), await forgotten({ replay })];
    expect(without).toBeGreaterThan(1);
    expect(withHalf).toBeLessThan(without / 4);
  });

  it('gives the model the weights of the best look', async () => {
    const model = baseModel();
    // The rate is so high that some later look is worse than the best one, or equal to it.
    const tuning = tune({ training: { ...quick, steps: 40, learningRate: 0.3 }, heldOut: { examples: heldOut } }, model);
    for await (const event of tuning.run({ lookEvery: 4 })) if (event.type === 'look') expect(event.base).toBeNull();
    const best = tuning.best!;
    expect(best.task).toBe(Math.min(...tuning.looks.slice(1).map(({ task }) => task!)));
    expect(tuning.useBest()).toBe(best);
    const again = await new SupervisedTuning(model, training, { heldOut: { examples: heldOut }, training: { ...quick, steps: 1 } }).run().next();
    expect(again.value).toMatchObject({ type: 'look', step: 0, task: best.task });
  });

  it.each([
    ['all weights', 'full'],
    ['the last layer', { lastLayers: 1 }],
    ['a LoRA adapter', { lora: { rank: 2, dropout: 0.1 } }],
  ] as const)('of %s goes on with the same bits, looks and best weights, wherever it was stopped', async (_, trained) => {
    const whole = tune({ trained, replay });
    await all(whole.run({ lookEvery: 4 }));
    const expected = await numbersOf(whole.model);
    whole.useBest();
    const best = await numbersOf(whole.model);
    for (const stop of [1, 4, 6]) {
      const first = tune({ trained, replay });
      for await (const event of first.run({ lookEvery: 4 })) if (event.type === 'step' && event.report.step === stop) break;
      const bytes = await first.toCheckpoint({ note: stop });
      const second = tune({ trained, replay });
      expect(await second.restore(bytes)).toEqual({ note: stop });
      await all(second.run({ lookEvery: 4 }));
      expect(await numbersOf(second.model)).toEqual(expected);
      expect(second.looks).toEqual(whole.looks);
      second.useBest();
      expect(await numbersOf(second.model)).toEqual(best);
    }
  });

  it('refuses a checkpoint of other rows, and one that is no tuning', async () => {
    const bytes = await tune({}).toCheckpoint();
    await expect(new SupervisedTuning(baseModel(), heldOut, { training: quick }).restore(bytes)).rejects.toThrow(/other data/);
    await expect(tune({ trained: { lastLayers: 1 } }).restore(bytes)).rejects.toThrow(/frozen/);
    const model = baseModel();
    const { toCheckpoint } = await import('@kk/gpt');
    await expect(tune({}).restore(await toCheckpoint(new Trainer(model, training, quick)))).rejects.toThrow(/not of a supervised tuning/);
  });

  it('makes as many steps as the epochs need, with replay more', () => {
    const steps = (options: SupervisedOptions): number => tune({ ...options, training: { batchSize: 2 } }).trainer.options.steps;
    expect(training.rowsPerEpoch).toBe(2);
    expect(steps({ epochs: 3 })).toBe(3);
    expect(steps({ epochs: 3, replay })).toBe(6);
    expect(steps({ epochs: 0.1 })).toBe(1);
  });

  it('suggests rates that fall with the width, ten times higher for an adapter', () => {
    expect(suggestedLearningRate('full', 128)).toBe(5e-4);
    expect(suggestedLearningRate('full', 768)).toBe(8.3e-5);
    expect(suggestedLearningRate({ lora: { rank: 8 } }, 768)).toBe(8.3e-4);
    expect(tune({ training: { steps: 3 } }).trainer.options.learningRate).toBe(4e-3);
  });

  it('refuses options that are wrong, and leaves no adapter behind', () => {
    expect(() => tune({ epoch: 3 } as never)).toThrow(/epoch/);
    expect(() => tune({ epochs: 0 })).toThrow(/epochs is 0/);
    expect(() => tune({ trained: { lastLayers: 3 } })).toThrow(/lastLayers is 3; expected a whole number from 1 to 2/);
    expect(() => tune({ trained: 'some' as never })).toThrow(/trained is "some"/);
    expect(() => tune({ trained: { rank: 4 } as never })).toThrow('trained is {"rank":4}; expected \'full\', { lastLayers: 1 } or { lora: { rank: 8 } }');
    expect(() => tune({ replay: { ...replay, share: 1 } })).toThrow(/share of replay is 1; expected a share from 0.01 to 0.99/);
    const model = baseModel();
    expect(() => tune({ trained: { lora: { rank: 2 } }, training: { ...quick, learningRate: -1 } }, model)).toThrow(/learningRate is -1/);
    expect([...model.namedParameters().keys()].filter((name) => /up|down/.test(name))).toEqual([]);
  });

  it('leaves the base as it was with the adapter off', async () => {
    const model = baseModel();
    const before = await evaluate(model, baseText);
    const tuning = tune({ trained: { lora: { rank: 2 } } }, model);
    await all(tuning.run());
    expect((await evaluate(model, baseText)).loss).not.toBe(before.loss);
    tuning.adapter!.disable();
    expect((await evaluate(model, baseText)).loss).toBe(before.loss);
  });
});
