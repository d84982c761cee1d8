// Tuning by a reward: what is learned and logged, that what is scored is what was drawn, the reference and its budget, the alarm, and going on with
// the same bits.
import { GPT, Llama, type Transformer } from '@kk/gpt';
import { init, scale, type Engine, type Tensor } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { exactReward, GroupTuning, modelReward, RewardModel, rollouts, scoreAnswers, verifyAnswer, type GroupTuningOptions, type RewardFunction } from '../src/index.js';
import { isAlarming } from '../src/reinforcement/looks.js';
import { engineOn } from './support/backends.js';
import { all, config, counting, decode, END, ids, mean, prompts, quick, sevens, stepsOf } from './support/sevens.js';
import { trainedBase } from './support/trained-base.js';

describe.each(['cpu', 'wasm'] as const)('tuning by a reward on %s', async (backend) => {
  const engine: Engine = await engineOn(backend);
  const baseModel = trainedBase(engine, config, counting, { steps: 30, batchSize: 4, learningRate: 1e-2 });
  const needed = { reward: sevens, decode, stopTokens: [END], maxTokens: 6, groupSize: 4, training: quick };
  const tune = (options: Partial<GroupTuningOptions> = {}, model = baseModel()): Promise<GroupTuning<GPT>> => GroupTuning.create(model, prompts, { ...needed, ...options });
  const numbersOf = (model: GPT): Map<string, readonly number[]> => new Map([...model.namedParameters()].map(([name, tensor]) => [name, [...tensor.dataSync()]] as const));
  const lora = { lora: { rank: 4 } };

  it.each([
    ['a GPT', baseModel],
    ['a Llama', () => new Llama(engine, { family: 'llama', vocabSize: 12, contextLength: 16, layers: 2, heads: 2, keyValueHeads: 1, width: 16, feedForwardWidth: 24 }, { seed: 2 })],
  ] as const)('answers of %s have the log-probabilities that it gives them, whoever is written beside them', async (_, make) => {
    const model: Transformer = make();
    const written = await rollouts(model, prompts, { groupSize: 3, stopTokens: [END], maxTokens: 6, seed: 7, sequences: 5 });
    expect(written).toHaveLength(18);
    expect(written.map(({ promptIds }) => promptIds)).toEqual(prompts.flatMap((prompt) => [[...prompt], [...prompt], [...prompt]]));
    const scores = await scoreAnswers(model, written.map(({ promptIds, ids: answer }) => ({ prompt: promptIds, answer })));
    written.forEach(({ logProbabilities }, i) => expect(Math.abs(logProbabilities.reduce((sum, value) => sum + value, 0) - scores[i]!)).toBeLessThan(1e-4));
    const again = await rollouts(model, prompts, { groupSize: 3, stopTokens: [END], maxTokens: 6, seed: 7, sequences: 18 });
    expect(again.map(({ ids: answer }) => answer)).toEqual(written.map(({ ids: answer }) => answer));
    const other = await rollouts(model, prompts, { groupSize: 3, stopTokens: [END], maxTokens: 6, seed: 7, round: 1 });
    expect(other.map(({ ids: answer }) => answer)).not.toEqual(written.map(({ ids: answer }) => answer));
    for (const { ids: answer, endsByItself } of written) expect(endsByItself ? answer.at(-1) === END : answer.length === 6).toBe(true);
  });

  it.each([
    ['an adapter', () => ({ trained: lora })],
    ['all weights, with a second model', () => ({ reference: baseModel() })],
  ] as const)('the KL divergence of %s is exactly 0 at step 0, and later is not', async (_, options) => {
    const events = await all((await tune({ ...options(), heldOut: { prompts } })).run());
    const reports = stepsOf(events);
    expect(reports[0]!.measures.kl).toBe(0);
    expect(reports.at(-1)!.measures.kl).toBeGreaterThan(0);
    const [first, last] = events.filter((event) => event.type === 'look').filter((_look, i, looks) => i === 0 || i === looks.length - 1);
    expect(Math.abs(first!.kl!)).toBeLessThan(1e-4);
    expect(last!.kl!).not.toBe(first!.kl);
  });

  it('learns what is rewarded, and logs what it did', async () => {
    const tuning = await tune({ training: { ...quick, steps: 25 }, heldOut: { prompts: [...prompts, ...prompts], seed: 9 } });
    const events = await all(tuning.run({ lookEvery: 25 }));
    const reports = stepsOf(events);
    const part = (from: number): number => mean(reports.slice(from, from + 5).map(({ measures }) => measures.reward));
    expect(part(20)).toBeGreaterThan(part(0) + 0.5);
    expect(tuning.looks.at(-1)!.reward!).toBeGreaterThan(tuning.looks[0]!.reward!);
    expect(Math.abs(tuning.looks[0]!.kl!)).toBeLessThan(1e-4);
    expect(tuning.looks.at(-1)!.kl!).toBeGreaterThan(0.1);
    expect(tuning.looks.map(({ judge, alarm }) => [judge, alarm])).toEqual([[null, false], [null, false]]);
    for (const { measures } of reports) {
      expect(measures.clippedLow + measures.clippedHigh).toBe(0);
      expect(measures.meanTokens).toBeGreaterThanOrEqual(1);
      expect(measures.meanTokens).toBeLessThanOrEqual(6);
      for (const share of [measures.endsByItself, measures.withoutVariance]) expect(share >= 0 && share <= 1).toBe(true);
      expect(measures.entropy).toBeGreaterThan(0);
      expect(measures.rewardSpread).toBeGreaterThanOrEqual(0);
      expect('kl' in measures).toBe(false);
    }
    expect(events.map((event) => event.type).filter((type) => type !== 'step')).toEqual(['look', 'look', 'save']);
  });

  it('equal rewards teach nothing, and are counted', async () => {
    const model = baseModel();
    const before = numbersOf(model);
    const [report] = stepsOf(await all((await tune({ reward: () => 1, training: { ...quick, steps: 1 } }, model)).run()));
    expect(report!.measures).toMatchObject({ reward: 1, rewardSpread: 0, withoutVariance: 1 });
    expect(report!.gradientNorm).toBe(0);
    expect(numbersOf(model)).toEqual(before);
  });

  it.each([
    ['grpo', { reduction: 'grpo' }],
    ['dapo', { reduction: 'dapo' }],
    ['dapo-paper', { reduction: 'dapo-paper' }],
    ['dr-grpo', { reduction: 'dr-grpo' }],
  ] as const)('%s in one batch and in several is the same step', async (_, loss) => {
    const steps = await Promise.all([{ batchSize: 4 }, { batchSize: 1, accumulationSteps: 4 }].map(async (batches) => {
      const model = baseModel();
      const tuning = await tune({ loss: { ...loss, beta: 0.04 }, trained: lora, updates: 2, training: { ...quick, steps: 2, ...batches } }, model);
      return { reports: stepsOf(await all(tuning.run())), numbers: numbersOf(model) };
    }));
    const digits = backend === 'cpu' ? 10 : 3;
    for (const [i, { loss: own, gradientNorm, measures }] of steps[0]!.reports.entries()) {
      const other = steps[1]!.reports[i]!;
      expect(own).toBeCloseTo(other.loss, digits);
      expect(gradientNorm).toBeCloseTo(other.gradientNorm, digits);
      for (const [name, value] of Object.entries(measures)) expect(value, name).toBeCloseTo(other.measures[name]!, digits);
    }
  });

  it('several updates on the same answers move the ratios until they are limited', async () => {
    const reports = stepsOf(await all((await tune({ updates: 3, training: { ...quick, learningRate: 5e-2, warmupSteps: 0 } })).run()));
    expect(reports).toHaveLength(6);
    const clipped = reports.map(({ measures }) => measures.clippedLow + measures.clippedHigh);
    expect([clipped[0], clipped[3]]).toEqual([0, 0]);
    expect(Math.max(...clipped)).toBeGreaterThan(0);
    expect(Math.max(...clipped)).toBeLessThanOrEqual(1);
    expect(reports.map(({ measures: { reward } }) => reward)).toEqual([0, 0, 0, 3, 3, 3].map((i) => reports[i]!.measures.reward));
  });

  it('a budget of the KL divergence stops the run', async () => {
    const tuning = await tune({ trained: lora, maximumKl: 1e-3, training: { ...quick, learningRate: 5e-2, steps: 20 } });
    const events = await all(tuning.run({ lookEvery: 100 }));
    expect(events.slice(-4).map(({ type }) => type)).toEqual(['step', 'look', 'save', 'stop']);
    expect(tuning.looks.at(-1)!.step).toBe(tuning.trainer.stepsDone);
    const stop = events.at(-1)!;
    expect(stop).toMatchObject({ type: 'stop', step: tuning.trainer.stepsDone, maximumKl: 1e-3 });
    expect(tuning.trainer.stepsDone).toBeLessThan(20);
    const kls = stepsOf(events).map(({ measures }) => measures.kl!);
    expect(kls.slice(0, -1).every((kl) => kl <= 1e-3)).toBe(true);
    expect(kls.at(-1)).toBe((stop as { kl: number }).kl);
    expect(kls.at(-1)).toBeGreaterThan(1e-3);

    // What stopped stays so, unless it may go further.
    const bytes = await tuning.toCheckpoint();
    const restored = async (maximumKl: number): Promise<string[]> => {
      const again = await tune({ trained: lora, maximumKl, training: { ...quick, learningRate: 5e-2, steps: 20 } });
      await again.restore(bytes);
      return (await all(again.run({ lookEvery: 100 }))).map(({ type }) => type);
    };
    expect(await restored(1e-3)).toEqual(['stop']);
    expect((await restored(1e6)).filter((type) => type === 'step')).toHaveLength(20 - tuning.trainer.stepsDone);
  });

  it('looks ask a judge who is not trained on, and the best is the one with whom it is content', async () => {
    const judge: RewardFunction = (_prompt, answer) => -answer.split(' ').filter((one) => one === '7').length;
    const tuning = await tune({ heldOut: { prompts: [...prompts, ...prompts, ...prompts], judge }, training: { ...quick, steps: 30, learningRate: 1e-2 } });
    await all(tuning.run({ lookEvery: 10 }));
    const { looks, best } = tuning;
    for (const look of looks.slice(1)) expect(best!.judge!).toBeGreaterThanOrEqual(look.judge!);
    expect(looks.at(-1)!.judge!).toBeLessThan(looks[0]!.judge!);
    expect(looks.at(-1)!.alarm).toBe(true);
    expect(looks[0]!.alarm).toBe(false);
  });

  it('a model that scores otherwise than it writes is an error', async () => {
    const model = baseModel();
    const tuning = await tune({ training: { ...quick, steps: 3 } }, model);
    // As where answers are drawn at another temperature than they are scored at.
    Object.defineProperty(model, 'forward', { value: (inputs: Tensor) => scale(GPT.prototype.forward.call(model, inputs), 1.1) });
    await expect(all(tuning.run())).rejects.toThrow(/in step 1 the model scores a token that it wrote by up to .* nats otherwise than when it drew it; expected at most 0.0001/);
  });

  it('a reward model rewards, and may be asked later', async () => {
    const reward = new RewardModel(baseModel(), { seed: 4 });
    const [one] = await rollouts(baseModel(), [prompts[0]!], { groupSize: 1, stopTokens: [END], maxTokens: 6, seed: 1 });
    const { promptIds, ids: answer } = one!;
    expect(await modelReward(reward)('', '', one!)).toBe((await reward.rewardsOf([[...promptIds, ...answer]]))[0]);
    const [report] = stepsOf(await all((await tune({ reward: modelReward(reward), training: { ...quick, steps: 1 } })).run()));
    expect(report!.measures.rewardSpread).toBeGreaterThan(0);
    expect(report!.measures.withoutVariance).toBeLessThan(1);
  });

  // A checkpoint holds float32, as wasm computes.
  it.runIf(backend === 'wasm').each([
    ['all weights', {}],
    ['an adapter and a KL divergence', { trained: lora, loss: { beta: 0.04 } }],
    ['all weights, in several updates', { updates: 4 }],
  ] as const)('of %s goes on with the same bits, answers and looks', async (_, options) => {
    const make = (): Promise<GroupTuning<GPT>> => tune({ ...options, heldOut: { prompts } });
    const whole = await make();
    const expected = stepsOf(await all(whole.run({ lookEvery: 2 })));
    const numbers = numbersOf(whole.model);
    for (const stop of [2, 3]) {
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
    await expect((await tune({ ...options, groupSize: 5 })).restore(bytes)).rejects.toThrow(/The checkpoint was trained on the prompts .*give the same data, loss and reference/);
  });

  it('prompts are asked in an order from the seed, each once in an epoch', async () => {
    const asked = async (seed: number): Promise<string[]> => {
      const { task } = (await tune({ training: { ...quick, seed } })).trainer;
      return [0, 1, 2].flatMap((round) => task.promptsAt(round).map((prompt) => prompt.join()));
    };
    expect([...(await asked(3))].sort()).toEqual(prompts.map((prompt) => prompt.join()).sort());
    expect(await asked(3)).toEqual(await asked(3));
    expect(await asked(3)).not.toEqual(await asked(4));
  });

  it('refuses what is wrong, and leaves no adapter behind', async () => {
    const model = baseModel();
    for (const [options, message] of [
      [{ rewards: sevens }, /unknown option 'rewards', did you mean 'reward'/],
      [{ groupSize: 1 }, /groupSize is 1; expected a whole number of at least 2/],
      [{ maxTokens: 0 }, /maxTokens is 0/],
      [{ loss: { beta: 0.1 } }, /there is no reference, which beta and maximumKl measure the distance from/],
      [{ maximumKl: 1 }, /there is no reference/],
      [{ reference: model }, /reference is the model that is trained/],
      [{ trained: lora, maximumKl: -1 }, /maximumKl is -1/],
      [{ trained: { lora: { rank: 2, dropout: 0.1 } } }, /the adapter's dropout is 0.1/],
      [{ heldOut: { prompts: [] } }, /there are no heldOut.prompts/],
      [{ trained: lora, training: { ...quick, learningRate: -1 } }, /learningRate is -1/],
    ] as [Partial<GroupTuningOptions>, RegExp][]) await expect(tune(options, model), String(message)).rejects.toThrow(message);
    await expect(GroupTuning.create(model, [new Int32Array(16)], needed)).rejects.toThrow(/prompt 0 of prompts has 16 tokens; expected 1 to 15/);
    await expect(GroupTuning.create(model, [ids(12)], needed)).rejects.toThrow(/holds ids from 12 to 12, but the vocabulary ends at 11/);
    expect([...model.namedParameters().keys()].filter((name) => /up|down/.test(name))).toEqual([]);
    await expect(all((await tune({ reward: () => Number.NaN })).run())).rejects.toThrow(/The reward of the answer ".*" to ".*" is NaN; expected a finite number/);
  });
});

describe('verifying answers', () => {
  const number = /-?\d+/;
  it.each([
    ['12', '12', {}, 'right'],
    [' 12 \n', '12', {}, 'right'],
    ['', '12', {}, 'no answer'],
    ['  ', '12', {}, 'no answer'],
    ['12 12', '12', {}, 'wrong'],
    ['It is 12.', '12', { pattern: number }, 'right'],
    ['It is 13.', '12', { pattern: number }, 'wrong'],
    ['I do not know.', '12', { pattern: number }, 'no answer'],
    ['12 or 13', '12', { pattern: number }, 'several answers'],
    ['12, I say 12', '12', { pattern: /\d+/g }, 'several answers'],
  ] as const)('%j beside %j with %j is %s', (answer, expected, options, verdict) => expect(verifyAnswer(answer, expected, options)).toBe(verdict));

  it('an answer that does not end by itself is not right, unless that is wanted', async () => {
    const of = (endsByItself: boolean) => ({ promptIds: [1], ids: [2], endsByItself });
    expect(await exactReward(() => '12')('', '12', of(true))).toBe(1);
    expect(await exactReward(() => '12')('', '13', of(true))).toBe(0);
    expect(await exactReward(() => '12')('', '12', of(false))).toBe(0);
    expect(await exactReward(() => '12', { unfinished: true })('', '12', of(false))).toBe(1);
  });

  it('refuses an expected answer that nothing can be', () => {
    expect(() => verifyAnswer('', ' ')).toThrow(/the expected answer is empty/);
    expect(() => verifyAnswer('12', 'a 12', { pattern: number })).toThrow(/expected a pattern that finds the whole of it/);
    expect(() => verifyAnswer('12', '12', { patern: number } as never)).toThrow(/unknown option 'patern', did you mean 'pattern'/);
  });

  it('the alarm needs a reward that rose and a judge who is less content, each by more than chance', () => {
    const at = (reward: number, judge: number | null, error = 0.1) => ({ reward, rewardError: error, judge, judgeError: error });
    expect(isAlarming(at(1, 0), [])).toBe(false);
    expect(isAlarming(at(1, null), [at(0, null)])).toBe(false);
    expect(isAlarming(at(1, 0), [at(0, 1)])).toBe(true);
    expect(isAlarming(at(1, 0), [at(0, -1), at(0.5, 1)])).toBe(true);
    expect(isAlarming(at(1, 2), [at(0, 1)])).toBe(false);
    expect(isAlarming(at(0, 0), [at(1, 1)])).toBe(false);
    expect(isAlarming(at(1, 0, 0.5), [at(0, 1, 0.5)])).toBe(false);
  });
});

it('rollouts refuse what is wrong', async () => {
  const model = new GPT(await init('cpu'), config, { seed: 1 });
  await expect(rollouts(model, prompts, { groupSize: 0, stopTokens: [], maxTokens: 3, seed: 1 })).rejects.toThrow(/groupSize is 0/);
  await expect(rollouts(model, prompts, { groupSize: 2, stopTokens: [], maxTokens: 3 } as never)).rejects.toThrow(/the option 'seed' is missing/);
});
