// Tuning by a reward with a value head: what is learned and logged, that what is scored is what was drawn, the reference and its budget, and going on
// with the same bits.
import type { GPT } from '@kk/gpt';
import { scale, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { ActorCritic, modelReward, PpoTuning, RewardModel, type PpoTuningOptions, type RewardFunction } from '../src/index.js';
import { engineOn } from './support/backends.js';
import { all, config, counting, decode, END, ids, mean, prompts, quick, sevens, stepsOf } from './support/sevens.js';
import { trainedBase } from './support/trained-base.js';

describe.each(['cpu', 'wasm'] as const)('tuning by a reward and a value head on %s', async (backend) => {
  const engine: Engine = await engineOn(backend);
  const baseModel = trainedBase(engine, config, counting, { steps: 30, batchSize: 4, learningRate: 1e-2 });
  const free = { rewards: { klCoefficient: 0 } };
  const needed = { reward: sevens, decode, stopTokens: [END], maxTokens: 6, groupSize: 4, training: quick };
  const tune = (options: Partial<PpoTuningOptions> = {}, model = baseModel()): Promise<PpoTuning<GPT>> => PpoTuning.create(model, prompts, { ...needed, ...options });
  const numbersOf = (model: PpoTuning['model']): Map<string, readonly number[]> => new Map([...model.namedParameters()].map(([name, tensor]) => [name, [...tensor.dataSync()]] as const));
  const lora = { lora: { rank: 4 } };

  it('an actor with a critic has the logits of its model, and values that are 0 at first', () => {
    const model = baseModel();
    const found = engine.scope(() => engine.noGradient(() => {
      const inputs = engine.tensor(ids(0, 1, 2, 3, 4, 5), [2, 3], 'int32');
      const { logits, values } = new ActorCritic(model).forward(inputs);
      return [logits, values, model.forward(inputs)];
    }));
    const [logits, values, own] = found.map((tensor) => [...tensor.dataSync()]);
    expect(logits).toEqual(own);
    expect(values).toEqual([0, 0, 0, 0, 0, 0]);
    expect(found[1]!.shape).toEqual([2, 3]);
  });

  it.each([
    ['an adapter', () => ({ trained: lora })],
    ['all weights, with a second model', () => ({ reference: baseModel() })],
  ] as const)('the KL divergence of %s is exactly 0 at step 0, and later is not', async (_, options) => {
    const events = await all((await tune({ ...options(), heldOut: { prompts } })).run());
    const reports = stepsOf(events);
    expect(reports[0]!.measures).toMatchObject({ kl: 0, approximateKl: 0, clippedPolicy: 0, clippedValue: 0 });
    expect(reports.at(-1)!.measures.kl).toBeGreaterThan(0);
    expect(reports.at(-1)!.measures.approximateKl).toBeGreaterThan(0);
    const looks = events.filter((event) => event.type === 'look');
    expect(Math.abs(looks[0]!.kl!)).toBeLessThan(1e-4);
    expect(looks.at(-1)!.kl!).not.toBe(looks[0]!.kl);
  });

  it('the losses of the first step are those that rewards alone say', async () => {
    const plain: Partial<PpoTuningOptions> = { rewards: { klCoefficient: 0 }, advantages: { lambda: 1, whiten: 'none' }, loss: { valueCoefficient: 0.3, clipValue: 10 }, training: { ...quick, steps: 1 } };
    const tuning = await tune(plain);
    const [report] = stepsOf(await all(tuning.run()));
    // All values are 0: with lambda and gamma 1 each token's advantage and return is its answer's reward.
    const { answers, rewards } = tuning.trainer.task.current!;
    const perToken = answers.flatMap(({ ids: answer }, i) => answer.map(() => rewards[i]!));
    const digits = backend === 'cpu' ? 10 : 4;
    expect(report!.measures.policyLoss).toBeCloseTo(-mean(perToken), digits);
    expect(report!.measures.valueLoss).toBeCloseTo(mean(perToken.map((reward) => reward ** 2)) / 2, digits);
    expect(report!.loss).toBeCloseTo(report!.measures.policyLoss + 0.3 * report!.measures.valueLoss, digits);
    expect('kl' in report!.measures).toBe(false);
  });

  it('learns what is rewarded, and what an answer will be worth', async () => {
    const tuning = await tune({ ...free, training: { ...quick, steps: 60 }, heldOut: { prompts: [...prompts, ...prompts], seed: 9 } });
    const events = await all(tuning.run({ lookEvery: 60 }));
    const reports = stepsOf(events);
    const part = (from: number, name: 'reward' | 'valueLoss'): number => mean(reports.slice(from, from + 16).map(({ measures }) => measures[name]));
    expect(part(44, 'reward')).toBeGreaterThan(part(0, 'reward') + 0.5);
    expect(part(44, 'valueLoss')).toBeLessThan(part(0, 'valueLoss'));
    expect(tuning.looks.at(-1)!.reward!).toBeGreaterThan(tuning.looks[0]!.reward!);
    expect(tuning.looks.at(-1)!.kl!).toBeGreaterThan(0.1);
    for (const { measures } of reports) {
      for (const share of [measures.endsByItself, measures.clippedPolicy, measures.clippedValue]) expect(share >= 0 && share <= 1).toBe(true);
      expect(measures.meanTokens >= 1 && measures.meanTokens <= 6).toBe(true);
      expect(measures.entropy).toBeGreaterThan(0);
    }
    expect(events.map((event) => event.type).filter((type) => type !== 'step')).toEqual(['look', 'look', 'save']);
  });

  it('what leaving the reference costs keeps the model near to it', async () => {
    const distance = async (klCoefficient: number): Promise<number> => {
      const tuning = await tune({ trained: lora, rewards: { klCoefficient }, training: { ...quick, steps: 24, learningRate: 2e-2 } });
      return mean(stepsOf(await all(tuning.run({ lookEvery: 100 }))).slice(-8).map(({ measures }) => measures.kl!));
    };
    expect(await distance(5)).toBeLessThan(0.7 * (await distance(0)));
  });

  it('one batch and several are the same step', async () => {
    const steps = await Promise.all([{ batchSize: 4 }, { batchSize: 1, accumulationSteps: 4 }].map(async (batches) => {
      const tuning = await tune({ trained: lora, updates: 2, training: { ...quick, steps: 2, ...batches } });
      return stepsOf(await all(tuning.run()));
    }));
    const digits = backend === 'cpu' ? 10 : 3;
    for (const [i, { loss, gradientNorm, measures }] of steps[0]!.entries()) {
      const other = steps[1]![i]!;
      expect(loss).toBeCloseTo(other.loss, digits);
      expect(gradientNorm).toBeCloseTo(other.gradientNorm, digits);
      for (const [name, value] of Object.entries(measures)) expect(value, name).toBeCloseTo(other.measures[name]!, digits);
    }
  });

  it('several updates on the same answers move ratios and values until they are limited', async () => {
    const reports = stepsOf(await all((await tune({ ...free, updates: 3, training: { ...quick, learningRate: 5e-2, warmupSteps: 0 } })).run()));
    expect(reports).toHaveLength(6);
    for (const name of ['clippedPolicy', 'clippedValue'] as const) {
      const clipped = reports.map(({ measures }) => measures[name]);
      expect([clipped[0], clipped[3]]).toEqual([0, 0]);
      expect(Math.max(...clipped)).toBeGreaterThan(0);
    }
    expect(reports.map(({ measures: { reward } }) => reward)).toEqual([0, 0, 0, 3, 3, 3].map((i) => reports[i]!.measures.reward));
  });

  it('a budget of the KL divergence stops the run', async () => {
    const tuning = await tune({ trained: lora, maximumKl: 1e-3, training: { ...quick, learningRate: 5e-2, steps: 20 } });
    const events = await all(tuning.run({ lookEvery: 100 }));
    expect(events.slice(-4).map(({ type }) => type)).toEqual(['step', 'look', 'save', 'stop']);
    expect(events.at(-1)).toMatchObject({ type: 'stop', step: tuning.trainer.stepsDone, maximumKl: 1e-3 });
    expect(tuning.trainer.stepsDone).toBeLessThan(20);
    const kls = stepsOf(events).map(({ measures }) => measures.kl!);
    expect(kls.slice(0, -1).every((kl) => kl <= 1e-3)).toBe(true);
    expect(kls.at(-1)).toBeGreaterThan(1e-3);
  });

  it('a judge who is not trained on raises the alarm', async () => {
    const judge: RewardFunction = (_prompt, answer) => -answer.split(' ').filter((one) => one === '7').length;
    const tuning = await tune({ ...free, heldOut: { prompts: [...prompts, ...prompts, ...prompts], judge }, training: { ...quick, steps: 60, learningRate: 1e-2 } });
    await all(tuning.run({ lookEvery: 30 }));
    expect(tuning.looks.at(-1)!.judge!).toBeLessThan(tuning.looks[0]!.judge!);
    expect(tuning.looks.map(({ alarm }) => alarm).at(-1)).toBe(true);
  });

  it('a model that scores otherwise than it writes is an error before a step is made', async () => {
    const model = baseModel();
    const tuning = await tune({ ...free, training: { ...quick, steps: 3 } }, model);
    // As where answers are drawn at another temperature than they are scored at.
    Object.defineProperty(tuning.model, 'forward', { value: (inputs: Tensor) => {
      const { logits, values } = ActorCritic.prototype.forward.call(tuning.model, inputs);
      return { logits: scale(logits, 1.1), values };
    } });
    await expect(all(tuning.run())).rejects.toThrow(/the model scores a token that it wrote by up to .* nats otherwise than when it drew it; expected at most 0.0001/);
    expect(tuning.trainer.stepsDone).toBe(0);
  });

  it('at another temperature it draws and scores the same distribution, of the reference too', async () => {
    const reports = stepsOf(await all((await tune({ trained: lora, temperature: 0.6, training: { ...quick, steps: 2 } })).run()));
    const [asItIs] = stepsOf(await all((await tune({ trained: lora, training: { ...quick, steps: 1 } })).run()));
    expect(reports[0]!.measures.kl).toBe(0);
    expect(reports[0]!.measures.entropy).toBeLessThan(asItIs!.measures.entropy);
  });

  it('a reward model rewards', async () => {
    const [report] = stepsOf(await all((await tune({ ...free, reward: modelReward(new RewardModel(baseModel(), { seed: 4 })), training: { ...quick, steps: 1 } })).run()));
    expect(report!.measures.rewardSpread).toBeGreaterThan(0);
  });

  // A checkpoint holds float32, as wasm computes.
  it.runIf(backend === 'wasm').each([
    ['all weights', { ...free, updates: 1 }],
    ['an adapter and a KL divergence, in several updates', { trained: lora, updates: 4 }],
  ] as const)('of %s goes on with the same bits, answers and looks', async (_, options) => {
    const make = (): Promise<PpoTuning<GPT>> => tune({ ...options, heldOut: { prompts } });
    const whole = await make();
    const expected = stepsOf(await all(whole.run({ lookEvery: 2 })));
    const numbers = numbersOf(whole.model);
    expect(numbers.get('head.weight')!.some((value) => value !== 0)).toBe(true);
    for (const stop of [2, 4]) {
      const first = await make();
      for await (const event of first.run({ lookEvery: 2 })) if (event.type === 'step' && event.report.step === stop) break;
      const bytes = await first.toCheckpoint({ note: stop });
      const second = await make();
      expect(await second.restore(bytes)).toEqual({ note: stop });
      const reports = stepsOf(await all(second.run({ lookEvery: 2 })));
      expect(reports.map(({ loss, measures }) => ({ loss, measures }))).toEqual(expected.slice(stop).map(({ loss, measures }) => ({ loss, measures })));
      expect(numbersOf(second.model)).toEqual(numbers);
      expect(second.looks).toEqual(whole.looks);
    }
    const bytes = await whole.toCheckpoint();
    await expect((await tune({ ...options, loss: { clip: 0.3 } })).restore(bytes)).rejects.toThrow(/The checkpoint was trained on the prompts .*give the same data, loss and reference/);
  });

  it('refuses what is wrong, and leaves no adapter behind', async () => {
    const model = baseModel();
    for (const [options, message] of [
      [{ rewrads: {} }, /unknown option 'rewrads', did you mean 'rewards'/],
      [{}, /PpoTuning: there is no reference, which rewards.klCoefficient and maximumKl measure the distance from/],
      [{ ...free, maximumKl: 1 }, /there is no reference/],
      [{ reference: model }, /reference is the model that is trained/],
      [{ trained: lora, groupSize: 0 }, /groupSize is 0; expected a whole number of at least 1/],
      [{ trained: lora, temperature: 0 }, /temperature is 0; expected a finite number above 0/],
      [{ trained: lora, loss: { clip: 1 } }, /clip is 1/],
      [{ trained: lora, rewards: { kl: 'k2' as 'k1' } }, /kl is "k2"/],
      [{ trained: lora, advantages: { lambda: 2 } }, /lambda is 2; expected a number from 0 to 1/],
      [{ trained: { lora: { rank: 2, dropout: 0.1 } } }, /the adapter's dropout is 0.1/],
      [{ trained: lora, training: { ...quick, learningRate: -1 } }, /learningRate is -1/],
    ] as [Partial<PpoTuningOptions>, RegExp][]) await expect(tune(options, model), String(message)).rejects.toThrow(message);
    expect([...model.namedParameters().keys()].filter((name) => /up|down/.test(name))).toEqual([]);
  });
});
