// Preference tuning: the first loss, what is read and what is not, the reference, what is learned and logged, and going on with the same bits.
import { GPT, Llama, TaskTrainer, type GPTConfig, type Transformer } from '@kk/gpt';
import { backward, init, sum, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { answerLogProbabilities, lossOf, PreferenceRows, PreferenceTuning, RewardModel, rewardTask, scoreAnswers, type PreferenceTokens, type PreferenceTuningEvent, type PreferenceTuningOptions } from '../src/index.js';
import { engineOn } from './support/backends.js';
import { trainedBase } from './support/trained-base.js';

const config: GPTConfig = { vocabSize: 12, contextLength: 16, layers: 2, heads: 2, width: 16, dropout: 0.1 };
const END = 11;
const counting = Int32Array.from({ length: 600 }, (_, i) => (i % 8 === 7 ? END : i % 8));
const ids = (...all: number[]): Int32Array => Int32Array.from(all);
/** The base counts up; people like it better when the number is said again. */
const pair = (n: number): PreferenceTokens => ({ prompt: n % 2 ? ids(n - 1, n) : ids(n), chosen: ids(n, n, END), rejected: n % 3 ? ids(n + 1, END) : ids(n + 1, n + 2, n + 3, END) });
const sizes = { contextLength: 16, vocabSize: 12, seed: 5 };
const rows = new PreferenceRows([0, 1, 2, 3].map(pair), sizes);
const heldOut = { pairs: new PreferenceRows([4].map(pair), sizes), answers: { prompts: [ids(1), ids(2, 3), ids(4)], stopTokens: [END], maxTokens: 6 } };
const quick = { batchSize: 2, steps: 12, learningRate: 1e-2, seed: 3 };
const all = async (run: AsyncIterable<PreferenceTuningEvent>): Promise<PreferenceTuningEvent[]> => {
  const events: PreferenceTuningEvent[] = [];
  for await (const event of run) events.push(event);
  return events;
};
const stepsOf = (events: readonly PreferenceTuningEvent[]) => events.flatMap((event) => (event.type === 'step' ? [event.report] : []));

describe('log-probabilities', async () => {
  const engine = await init('cpu', { precision: 'float64' });
  it.each([
    ['a GPT', () => new GPT(engine, { ...config, dropout: 0 }, { seed: 2 })],
    ['a Llama', () => new Llama(engine, { family: 'llama', vocabSize: 12, contextLength: 16, layers: 2, heads: 2, keyValueHeads: 1, width: 16, feedForwardWidth: 24 }, { seed: 2 })],
  ] as const)('of %s are those of each answer alone, and nothing reads what is masked', async (_, make) => {
    const model: Transformer = make();
    const answered = rows.pairs.flatMap(({ prompt, chosen, rejected }) => [{ prompt, answer: chosen }, { prompt, answer: rejected }]);
    const scores = await scoreAnswers(model, answered);
    for (const [i, { prompt, answer }] of answered.entries()) {
      const learned = Uint8Array.from([...prompt].map(() => 0).concat([...answer].map(() => 1)));
      const { loss, tokens } = await lossOf(model, [{ ids: ids(...prompt, ...answer), learned }]);
      expect(scores[i]).toBeCloseTo(-loss * tokens, 11);
    }
    // The same bits and gradients whatever stands in the padding, and at the places that are no targets.
    const results = [0, 9].map((padding) => {
      const { inputs, targets } = new PreferenceRows([0, 1, 2, 3].map(pair), { ...sizes, padding }).batch([0, 1, 2, 3]);
      const masked = Int32Array.from(targets.values, (target) => (target < 0 ? -1 - padding : target));
      const sums = engine.scope(() => {
        const found = answerLogProbabilities(model, engine.tensor(inputs.values, inputs.shape, 'int32'), engine.tensor(masked, targets.shape, 'int32'));
        backward(sum(found));
        return found;
      });
      const gradients = model.parameters().map((parameter) => Array.from(parameter.gradient!.dataSync(), (value) => value + 0)); // no -0
      for (const parameter of model.parameters()) parameter.gradient = null;
      return [[...sums.dataSync()], ...gradients];
    });
    expect(results[0]).toEqual(results[1]);
  });
});

it('scores refuse what has no answer or no room', async () => {
  const model = new GPT(await init('cpu'), config);
  await expect(scoreAnswers(model, [{ prompt: ids(1), answer: ids(2) }], { position: 3 } as never)).rejects.toThrow(/unknown option 'position', did you mean 'positions'/);
  await expect(scoreAnswers(model, [], { batchSize: 0 })).rejects.toThrow(/batchSize is 0/);
  await expect(scoreAnswers(model, [{ prompt: ids(1), answer: ids(2) }, { prompt: ids(1), answer: ids() }])).rejects.toThrow('answer 1 has 0 tokens after a prompt of 1; expected at least one each, and 2 together at most');
  await expect(scoreAnswers(model, [{ prompt: new Int32Array(9), answer: new Int32Array(9) }])).rejects.toThrow('answer 0 has 9 tokens after a prompt of 9; expected at least one each, and 17 together at most');
});

describe.each(['cpu', 'wasm'] as const)('preference tuning on %s', async (backend) => {
  const engine: Engine = await engineOn(backend);
  const ln2 = backend === 'cpu' ? Math.LN2 : Math.fround(Math.LN2);
  const baseModel = trainedBase(engine, config, counting);
  const tune = (options: PreferenceTuningOptions, model = baseModel()): Promise<PreferenceTuning<GPT>> => PreferenceTuning.create(model, rows, { training: quick, heldOut, ...options });
  const numbersOf = (model: GPT): Map<string, readonly number[]> => new Map([...model.namedParameters()].map(([name, tensor]) => [name, [...tensor.dataSync()]] as const));
  const lora = { lora: { rank: 4 } };

  it('begins with ln 2 exactly, rewards of 0 and a KL divergence of 0, with the adapter off as the reference', async () => {
    const tuning = await tune({ trained: lora });
    const events = await all(tuning.run({ lookEvery: 6 }));
    const [first] = events;
    expect(first).toMatchObject({ type: 'look', step: 0, loss: ln2, accuracy: 0, margin: 0, kl: 0 });
    const [report] = stepsOf(events);
    expect(report!.loss).toBe(ln2);
    expect(report!.measures).toMatchObject({ chosenReward: 0, rejectedReward: 0, margin: 0, accuracy: 0 });
    expect(tuning.adapter!.isActive).toBe(true);
  });

  it.each([
    ['all weights, with the reference before training', {}],
    ['all weights, with a given reference', { given: true }],
    ['an adapter, with a given reference', { given: true, trained: lora }],
  ] as const)('begins with ln 2 when it trains %s', async (_, { given, ...options }: { given?: boolean; trained?: typeof lora }) => {
    const tuning = await tune({ ...options, ...(given && { reference: baseModel() }) });
    const [first] = await all(tuning.run());
    expect((first as { loss: number }).loss).toBeCloseTo(Math.LN2, backend === 'cpu' ? 12 : 5);
    const { kl } = first as { kl: number };
    if (given) expect(Math.abs(kl)).toBeLessThan(1e-4);
    else expect(kl).toBe(0);
  });

  it('the loss is that of a second model as the reference, step by step', async () => {
    const runs = await Promise.all([tune({ trained: lora }), tune({ trained: lora, reference: baseModel() })]);
    const [own, given] = [stepsOf(await all(runs[0].run())), stepsOf(await all(runs[1].run()))];
    own.forEach(({ loss, measures }, i) => {
      expect(loss).toBeCloseTo(given[i]!.loss, backend === 'cpu' ? 9 : 3);
      expect(measures.margin).toBeCloseTo(given[i]!.measures.margin, backend === 'cpu' ? 9 : 3);
    });
    expect(own.at(-1)!.loss).toBeLessThan(ln2);
  });

  it('what a step logs is what the model computes, in one batch or several', async () => {
    const model = baseModel();
    const tuning = await tune({ training: { ...quick, steps: 1, learningRate: 1e-3, batchSize: 4 } }, model);
    const order = [0, 1, 2, 3].map((number) => rows.pairs[rows.pairAt(number)]!);
    const scores = await scoreAnswers(model, order.flatMap(({ prompt, chosen, rejected }) => [{ prompt, answer: chosen }, { prompt, answer: rejected }]));
    const mean = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
    const digits = backend === 'cpu' ? 10 : 4;
    for (const one of [tuning, await tune({ training: { ...quick, steps: 1, batchSize: 1, accumulationSteps: 4 } })]) {
      const { measures } = await one.trainer.step();
      expect(measures.chosenLogProbability).toBeCloseTo(mean([...scores].filter((_, i) => i % 2 === 0)), digits);
      expect(measures.rejectedLogProbability).toBeCloseTo(mean([...scores].filter((_, i) => i % 2 === 1)), digits);
      expect(measures.chosenLength).toBe(3);
      expect(measures.rejectedLength).toBe(mean(order.map(({ rejected }) => rejected.length)));
    }
  });

  it.each([
    ['DPO', { dpo: {} }],
    ['IPO', { dpo: { form: 'ipo-trl' } }],
    ['reference-free DPO', { dpo: { referenceFree: true } }],
    ['ORPO', { orpo: { nll: 'trl' } }],
    ['SimPO', { simpo: { sftWeight: 0.1 } }],
  ] as const)('%s learns what is preferred', async (_, loss) => {
    const tuning = await tune({ loss, trained: lora, training: { ...quick, steps: 30 }, heldOut: { pairs: rows } });
    const events = await all(tuning.run({ lookEvery: 15 }));
    expect(events.filter(({ type }) => type !== 'step').map((event) => `${event.type} ${(event as { step: number }).step}`)).toEqual(['look 0', 'look 15', 'look 30', 'save 30'].sort((a, b) => Number(a.split(' ')[1]) - Number(b.split(' ')[1])));
    const [first, last] = [tuning.looks[0]!, tuning.looks.at(-1)!];
    expect(last.loss!).toBeLessThan(first.loss!);
    expect(last.margin!).toBeGreaterThan(first.margin!);
    expect(last.accuracy).toBe(1);
    const reports = stepsOf(events);
    expect(reports).toHaveLength(30);
    expect(reports.every(({ measures }) => ('nll' in measures) === !('dpo' in loss))).toBe(true);
  });

  it('leaves the base as it was with the adapter off, and measures how far the model went', async () => {
    const model = baseModel();
    const answered = rows.pairs.map(({ prompt, chosen }) => ({ prompt, answer: chosen }));
    const before = await scoreAnswers(model, answered);
    const tuning = await tune({ trained: lora, training: { ...quick, steps: 30 } }, model);
    await all(tuning.run());
    expect(await scoreAnswers(model, answered)).not.toEqual(before);
    tuning.adapter!.disable();
    expect(await scoreAnswers(model, answered)).toEqual(before);
    const { kl, endsByItself, meanTokens } = tuning.looks.at(-1)!;
    expect(kl).toBeGreaterThan(0.1);
    expect(endsByItself).toBeGreaterThanOrEqual(0);
    expect(meanTokens).toBeGreaterThanOrEqual(1);
    expect(meanTokens).toBeLessThanOrEqual(6);
  });

  it.each([['all weights', {}], ['the last layer', { trained: { lastLayers: 1 } }]] as const)('measures the KL divergence of %s as with a second model as the reference, and leaves the weights as they are', async (_, options) => {
    const [own, given] = await Promise.all([tune(options), tune({ ...options, reference: baseModel() })]);
    for (const one of [own, given]) await all(one.run({ lookEvery: 4 }));
    expect(own.looks.map(({ step }) => step)).toEqual([0, 4, 8, 12]);
    own.looks.forEach(({ kl }, i) => expect(kl).toBeCloseTo(given.looks[i]!.kl!, backend === 'cpu' ? 9 : 3));
    expect(own.looks.at(-1)!.kl).toBeGreaterThan(0.01);
    const plain = await tune({ ...options, heldOut: {} });
    await all(plain.run());
    expect(numbersOf(own.model)).toEqual(numbersOf(plain.model));
  });

  // A checkpoint holds float32, as wasm computes.
  it.runIf(backend === 'wasm').each([
    ['all weights', {}],
    ['an adapter', { trained: lora }],
    ['an adapter with a given reference', { trained: lora, given: true }],
  ] as const)('of %s goes on with the same bits, looks and best weights', async (_, { given, ...options }: { given?: boolean; trained?: typeof lora }) => {
    const make = (): Promise<PreferenceTuning<GPT>> => tune({ ...options, ...(given && { reference: baseModel() }) });
    const whole = await make();
    await all(whole.run({ lookEvery: 4 }));
    const expected = numbersOf(whole.model);
    whole.useBest();
    const best = numbersOf(whole.model);
    for (const stop of [4, 6]) {
      const first = await make();
      for await (const event of first.run({ lookEvery: 4 })) if (event.type === 'step' && event.report.step === stop) break;
      const bytes = await first.toCheckpoint({ note: stop });
      const second = await make();
      expect(await second.restore(bytes)).toEqual({ note: stop });
      await all(second.run({ lookEvery: 4 }));
      expect(numbersOf(second.model)).toEqual(expected);
      expect(second.looks).toEqual(whole.looks);
      second.useBest();
      expect(numbersOf(second.model)).toEqual(best);
    }
    const bytes = await whole.toCheckpoint();
    const other = await PreferenceTuning.create(baseModel(), heldOut.pairs, { training: quick, ...options });
    await expect(other.restore(bytes)).rejects.toThrow(/The checkpoint was trained on preferences in .*give the same data, loss and reference/);
    await expect((await tune({ ...options, loss: { dpo: { beta: 0.3 } } })).restore(bytes)).rejects.toThrow(/by \{"dpo":\{"beta":0.3\}\}/);
  });

  it('refuses options that are wrong, and leaves no adapter behind', async () => {
    const model = baseModel();
    for (const [options, message] of [
      [{ los: { dpo: {} } }, /unknown option 'los'/],
      [{ loss: { ppo: {} } }, /loss is \{"ppo":\{\}\}; expected one of \{ dpo/],
      [{ loss: { dpo: {}, orpo: {} } }, /expected one of/],
      [{ loss: { dpo: { beta: -1 } } }, /beta is -1/],
      [{ trained: { lora: { rank: 2, dropout: 0.1 } } }, /the adapter's dropout is 0.1, but preferences are trained without dropout/],
      [{ reference: model }, /reference is the model that is trained/],
      [{ epochs: 0 }, /PreferenceTuning: epochs is 0/],
      [{ training: { ...quick, batchSize: 0 } }, /batchSize is 0/],
      [{ trained: lora, training: { ...quick, learningRate: -1 } }, /learningRate is -1/],
      [{ heldOut: { answers: { prompts: [], stopTokens: [END] } } }, /has no prompts/],
      [{ heldOut: { answers: { prompts: [new Int32Array(16)], stopTokens: [END] } } }, /prompt 0 of heldOut.answers has 16 tokens; expected 1 to 15/],
    ] as [PreferenceTuningOptions, RegExp][]) await expect(tune(options, model), String(message)).rejects.toThrow(message);
    const long = new PreferenceRows([{ prompt: new Int32Array(20), chosen: ids(1), rejected: ids(2) }], { ...sizes, contextLength: 32 });
    await expect(PreferenceTuning.create(model, long)).rejects.toThrow(/rows have 20 positions and a vocabulary of 12, the model 16 and 12/);
    expect([...model.namedParameters().keys()].filter((name) => /up|down/.test(name))).toEqual([]);
  });

  it('a reward model learns the pairs, reads each answer at its last token, and no padding', async () => {
    const reward = new RewardModel(baseModel(), { seed: 4 });
    const trainer = new TaskTrainer(reward, rewardTask(reward, rows, { batchSize: 4, centering: 0.01 }), { steps: 40, learningRate: 1e-2, seed: 1, weightDecay: 0 });
    let last: Readonly<Record<string, number>> = {};
    while (!trainer.isDone) last = (await trainer.step()).measures!;
    expect(last.accuracy).toBe(1);
    expect(last.margin).toBeGreaterThan(1);
    trainer.dispose();
    const { inputs, ends } = new PreferenceRows([0, 1, 2, 3].map(pair), { ...sizes, padding: 7 }).rewardBatch([0, 1, 2, 3]);
    const batched = engine.scope(() => engine.noGradient((): Tensor => reward.forward(engine.tensor(inputs.values, inputs.shape, 'int32'), engine.tensor(ends.values, ends.shape, 'int32')))).dataSync();
    const texts = [...rows.pairs.map(({ prompt, chosen }) => [...prompt, ...chosen]), ...rows.pairs.map(({ prompt, rejected }) => [...prompt, ...rejected])];
    (await reward.rewardsOf(texts)).forEach((value, i) => expect(value).toBeCloseTo(batched[i]!, backend === 'cpu' ? 11 : 4));
    await expect(reward.rewardsOf([[]])).rejects.toThrow('text 0 has 0 tokens; expected 1 to 16');
    expect(() => rewardTask(reward, rows, { batchSize: 0 })).toThrow(/batchSize is 0/);
  });
});
