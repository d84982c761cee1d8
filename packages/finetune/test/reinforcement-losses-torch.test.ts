// The losses of reinforcement against PyTorch in float64: advantages, losses, gradients and what is logged, each variant with three seeds.
import { readFileSync } from 'node:fs';
import { backward, init, type Engine, type Tensor } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generalizedAdvantages, groupAdvantages, grpoLoss, ppoLoss, tokenRewards, type GrpoOptions, type GrpoReduction, type Whitening } from '../src/index.js';
import { backends, engineOn } from './support/backends.js';

interface Case {
  options: Readonly<Record<string, number | string | boolean | null>>;
  inputs: Readonly<Record<string, number[] | number[][]>>;
  outputs: Readonly<Record<string, unknown>>;
  grads: Readonly<Record<string, number[][]>>;
}

const casesOf = (name: string): { name: string; one: Case }[] =>
  readFileSync(new URL(`fixtures/${name}.torch.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case).map((one) => ({ name: JSON.stringify(one.options), one }));
const flat = (numbers: unknown): number[] => [numbers].flat(2) as number[];
const near = (actual: ArrayLike<number>, expected: unknown, tolerance = 1e-12): void => {
  const numbers = flat(expected);
  expect(actual.length).toBe(numbers.length);
  numbers.forEach((value, i) => expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(tolerance));
};

const grpoOptions = ({ variant, epsilon_low: epsilonLow, epsilon_high: epsilonHigh, delta, beta, constant, micro }: Case['options']): GrpoOptions => ({
  reduction: variant as GrpoReduction, epsilonLow: epsilonLow as number, epsilonHigh: epsilonHigh as number, beta: beta as number,
  ...(delta !== null && { delta: delta as number }),
  ...(variant === 'dr-grpo' && { maximumLength: constant as number }),
  ...(variant === 'bnpo' && { parts: micro as number }),
});

describe.each(casesOf('grpo'))('advantages of groups: $name', ({ one: { options, inputs, outputs } }) => {
  it('are PyTorch’s', () => {
    const { size: groupSize, scale, std, std_eps: epsilon, tie } = options as { size: number; scale: 'group'; std: 'unbiased'; std_eps: number; tie: number | null };
    const { advantages, deviations, withoutVariance } = groupAdvantages(flat(inputs.rewards), { groupSize, scale, deviation: std, epsilon });
    near(advantages, outputs.advantages);
    if (outputs.std === null) expect(deviations).toBeNull();
    else near(deviations!, outputs.std);
    expect(withoutVariance).toBe(tie === null ? 0 : 1);
    if (tie !== null) expect([...advantages.slice(tie * groupSize, (tie + 1) * groupSize)]).toEqual(new Array(groupSize).fill(0));
  });
});

describe.each(casesOf('ppo'))('advantages of tokens: $name', ({ one: { options, inputs, outputs } }) => {
  it('are PyTorch’s, and nothing reads what is masked', () => {
    const { whiten, whiten_rewards: whitensRewards, kl, kl_coef: klCoefficient, gamma, lam: lambda } = options as { whiten: Whitening; whiten_rewards: boolean; kl: 'k1'; kl_coef: number; gamma: number; lam: number };
    const x = Object.fromEntries(Object.entries(inputs).map(([name, numbers]) => [name, flat(numbers)])) as Record<'scores' | 'mask' | 'old' | 'reference' | 'values', number[]>;
    for (const hole of [undefined, Number.NaN, Infinity]) {
      const masked = (numbers: number[]): number[] => numbers.map((value, i) => (x.mask[i] === 0 && hole !== undefined ? hole : value));
      const found = tokenRewards({ scores: x.scores, mask: x.mask, old: masked(x.old), reference: masked(x.reference) }, { klCoefficient, kl, whiten: whitensRewards ? (whiten === 'biased' ? 'biased' : 'unbiased') : 'none' });
      near(found.kl, outputs.token_kl);
      near(found.unwhitened, outputs.rewards);
      near(found.rewards, outputs.rewards_used);
      const { advantages, unwhitened, returns } = generalizedAdvantages({ rewards: masked([...found.rewards]), values: masked(x.values), mask: x.mask, answers: x.scores.length }, { gamma, lambda, whiten });
      near(unwhitened, outputs.advantages);
      near(advantages, outputs.whitened_advantages);
      near(returns, outputs.returns);
    }
  });
});

describe.each(backends)('on $backend', ({ backend, tolerance }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOn(backend);
  });
  afterAll(() => engine.dispose());
  const same = (actual: Tensor, expected: unknown): void => near(actual.dataSync() as Float32Array, expected, tolerance);
  const tensorOf = (numbers: readonly number[] | readonly number[][]): Tensor => (Array.isArray(numbers[0]) ? engine.tensor(flat(numbers), [numbers.length, (numbers as number[][])[0]!.length]) : engine.tensor(numbers as number[]));
  const parameterOf = (numbers: readonly number[][]): Tensor => engine.parameter(tensorOf(numbers));
  /** The numbers, with others where the mask is 0. */
  const holed = (numbers: number[][], mask: number[][], hole: number | undefined): number[][] => numbers.map((row, i) => row.map((value, at) => (mask[i]![at] === 0 && hole !== undefined ? hole : value)));

  describe('GRPO', () => {
    it.each(casesOf('grpo'))('$name', ({ one: { options, inputs, outputs, grads } }) => {
      const x = inputs as Record<'mask' | 'old' | 'new' | 'reference', number[][]>;
      const mask = tensorOf(x.mask);
      const advantages = tensorOf(outputs.advantages as number[]);
      for (const hole of [undefined, Number.NaN, 500]) {
        const [policy, old, reference] = (['new', 'old', 'reference'] as const).map((name) => parameterOf(holed(x[name], x.mask, hole)));
        const found = grpoLoss({ policy: policy!, old: old!, reference: reference!, advantages, mask }, grpoOptions(options));
        same(found.loss, outputs.loss);
        same(found.tokenLosses, outputs.token_loss);
        same(found.ratios, outputs.ratio);
        same(found.tokenKl!, outputs.token_kl);
        same(found.kl!, outputs.kl);
        same(found.clippedLow, outputs.clip_low);
        same(found.clippedHigh, outputs.clip_high);
        backward(found.loss);
        same(policy!.gradient!, grads.new);
      }
      const { sequence_mean, token_mean, token_mean_per_group, constant, micro_token_mean } = outputs.aggregates as Record<string, number>;
      const inputsOf = (): Parameters<typeof grpoLoss>[0] => ({ policy: tensorOf(x.new), old: tensorOf(x.old), reference: tensorOf(x.reference), advantages, mask });
      const all = { ...grpoOptions(options) };
      delete all.maximumLength;
      delete all.parts;
      for (const [more, expected] of [
        [{ reduction: 'grpo' }, sequence_mean],
        [{ reduction: 'dapo' }, token_mean],
        [{ reduction: 'dapo-paper', parts: options.groups as number }, token_mean_per_group],
        [{ reduction: 'dr-grpo', maximumLength: options.constant as number }, constant],
        [{ reduction: 'bnpo', parts: options.micro as number }, micro_token_mean],
      ] as const) same(grpoLoss(inputsOf(), { ...all, ...more }).loss, expected);
    });

    // Two answers of 1 and 3 tokens, advantages 2 and -1, pi = pi_old: the gradient of a token is -A times its weight.
    const unequal = (options: GrpoOptions): number[] => {
      const policy = parameterOf([[-1, 7, 7], [-2, -1, -3]]);
      const old = tensorOf([[-1, 9, 9], [-2, -1, -3]]);
      backward(grpoLoss({ policy, old, advantages: tensorOf([2, -1]), mask: tensorOf([[1, 0, 0], [1, 1, 1]]) }, options).loss);
      return [...policy.gradient!.dataSync()];
    };
    it.each([
      // Each answer weighs 1/2, its tokens equal parts of it.
      [{ reduction: 'grpo' }, [-2 / 2, 0, 0, 1 / 6, 1 / 6, 1 / 6]],
      // Each of the four tokens weighs 1/4.
      [{ reduction: 'dapo' }, [-2 / 4, 0, 0, 1 / 4, 1 / 4, 1 / 4]],
      // Each answer is a group of its own here: 1/2 for each, in it equal parts.
      [{ reduction: 'dapo-paper', parts: 2 }, [-2 / 2, 0, 0, 1 / 6, 1 / 6, 1 / 6]],
      // Each token weighs one half by the longest that an answer may be, 5 tokens.
      [{ reduction: 'dr-grpo', maximumLength: 5 }, [-2 / 10, 0, 0, 1 / 10, 1 / 10, 1 / 10]],
      [{ reduction: 'dr-grpo', maximumLength: 1 }, [-2 / 2, 0, 0, 1 / 2, 1 / 2, 1 / 2]],
    ] as const)('%j weighs the tokens of unequal answers as worked out by hand', (options, expected) => near(unequal(options), expected, tolerance));

    it('a ratio beyond its limit has no gradient where the answer would gain by it, and delta limits bad answers', () => {
      const log = Math.log;
      // ratios 1.5, 0.5, 1.5, 0.5; advantages 1, 1, -1, -1
      const run = (options: GrpoOptions): number[] => {
        const policy = parameterOf([[log(1.5)], [log(0.5)], [log(1.5)], [log(0.5)]]);
        backward(grpoLoss({ policy, old: tensorOf([[0], [0], [0], [0]]), advantages: tensorOf([1, 1, -1, -1]), mask: tensorOf([[1], [1], [1], [1]]) }, options).loss);
        return [...policy.gradient!.dataSync()];
      };
      near(run({}), [0, -0.5 / 4, 1.5 / 4, 0], tolerance);
      near(run({ delta: 1.4 }), [0, -0.5 / 4, 0, 0], tolerance);
      near(run({ epsilonHigh: 0.6 }), [-1.5 / 4, -0.5 / 4, 1.5 / 4, 0], tolerance);
    });

    it('the KL divergence of a model from itself is exactly 0', () => {
      const policy = parameterOf([[-1.3, -0.1], [-2.7, -3.1]]);
      const { kl } = grpoLoss({ policy, old: policy, reference: policy, advantages: tensorOf([1, -1]), mask: tensorOf([[1, 1], [1, 0]]) });
      expect(kl!.dataSync()[0]).toBe(0);
    });
  });

  describe('PPO', () => {
    it.each(casesOf('ppo'))('$name', ({ one: { options, inputs, outputs, grads } }) => {
      const { clip, clip_value: clipValue, vf_coef: valueCoefficient } = options as Record<string, number>;
      const x = inputs as Record<'mask' | 'old' | 'new' | 'values' | 'new_values', number[][]>;
      for (const hole of [undefined, Number.NaN, 500]) {
        const of = (numbers: unknown): Tensor => parameterOf(holed(numbers as number[][], x.mask, hole));
        const [policy, values] = [of(x.new), of(x.new_values)];
        const found = ppoLoss({ policy, old: of(x.old), values, oldValues: of(x.values), advantages: of(outputs.whitened_advantages), returns: of(outputs.returns), mask: tensorOf(x.mask) }, { clip, clipValue, valueCoefficient });
        same(found.loss, outputs.loss);
        same(found.policyLoss, outputs.policy_loss);
        same(found.valueLoss, outputs.value_loss);
        same(found.clippedPolicy, outputs.policy_clip_fraction);
        same(found.clippedValue, outputs.value_clip_fraction);
        same(found.approximateKl, (outputs.approx_kl as { k3: number }).k3);
        backward(found.loss);
        same(policy.gradient!, grads.new);
        same(values.gradient!, grads.new_values);
      }
    });
  });
});

describe('refuses', async () => {
  const engine = await init('cpu');
  const two = engine.tensor([-1, -2, -3, -4], [2, 2]);
  const advantages = engine.tensor([1, -1]);
  const mask = engine.tensor([1, 1, 1, 0], [2, 2]);
  const inputs = { policy: two, old: two, advantages, mask };
  const ppo = { policy: two, old: two, values: two, oldValues: two, advantages: two, returns: two, mask };

  it.each([
    ['an unknown option', () => grpoLoss(inputs, { betta: 1 } as never), /unknown option 'betta', did you mean 'beta'/],
    ['an unknown reduction', () => grpoLoss(inputs, { reduction: 'drgrpo' as never }), /reduction is "drgrpo"; expected 'grpo', 'dapo', 'dapo-paper', 'dr-grpo', 'bnpo'/],
    ['no length to divide by', () => grpoLoss(inputs, { reduction: 'dr-grpo' }), /maximumLength is missing/],
    ['a length that nothing divides by', () => grpoLoss(inputs, { maximumLength: 3 }), /the reduction 'grpo' does not divide by it/],
    ['no groups', () => grpoLoss(inputs, { reduction: 'dapo-paper' }), /parts is missing; expected the number of groups/],
    ['parts of what has none', () => grpoLoss(inputs, { reduction: 'dapo', parts: 2 }), /the reduction 'dapo' has none/],
    ['parts that do not fit', () => grpoLoss(inputs, { reduction: 'bnpo', parts: 3 }), /parts is 3, and there are 2 answers/],
    ['a delta within the limit', () => grpoLoss(inputs, { delta: 1.1 }), /delta is 1.1; expected a finite number above 1.2/],
    ['no reference', () => grpoLoss(inputs, { beta: 0.1 }), /reference is missing/],
    ['an advantage for each token', () => grpoLoss({ ...inputs, advantages: two }), /advantages is .*; expected floating-point numbers of the shape \(2\)/],
    ['another mask', () => grpoLoss({ ...inputs, mask: advantages }), /mask is .*; expected floating-point numbers of the shape \(answers, positions\)/],
    ['a clip of 1', () => ppoLoss(ppo, { clip: 1 }), /clip is 1; expected a finite number above 0 and below 1/],
    ['rows for tokens', () => ppoLoss({ ...ppo, returns: advantages }), /returns is .*; expected floating-point numbers of the shape \(2, 2\)/],
    ['a group of one', () => groupAdvantages([1, 2], { groupSize: 1 }), /groupSize is 1; expected a whole number of at least 2/],
    ['half a group', () => groupAdvantages([1, 2, 3], { groupSize: 2 }), /there are 3 rewards; expected a multiple of the 2 answers/],
    ['a reward that is no number', () => groupAdvantages([1, Number.NaN], { groupSize: 2 }), /reward 1 is NaN/],
    ['an answer without tokens', () => tokenRewards({ scores: [1, 1], old: [0, 0], reference: [0, 0], mask: [1, 0] }), /answer 1 has no token that counts/],
    ['too few numbers', () => tokenRewards({ scores: [1], old: [0], reference: [0, 0], mask: [1, 1] }), /old has 1 numbers; expected 2/],
    ['a gamma above 1', () => generalizedAdvantages({ rewards: [1], values: [0], mask: [1], answers: 1 }, { gamma: 1.1 }), /gamma is 1.1; expected a number from 0 to 1/],
    ['one token to whiten', () => generalizedAdvantages({ rewards: [1], values: [0], mask: [1], answers: 1 }), /1 tokens count, of which no unbiased deviation/],
  ])('%s', (_, run, message) => expect(run).toThrow(message));

  it('equal rewards have the advantage 0 by every scale, and are counted', () => {
    for (const scale of ['group', 'batch', 'none'] as const) {
      const { advantages, withoutVariance } = groupAdvantages([0.1, 0.1, 0.1, 0, 1, 1], { groupSize: 3, scale });
      expect([...advantages.slice(0, 3)]).toEqual([0, 0, 0]);
      expect(withoutVariance).toBe(1);
      expect(advantages[3]).toBeLessThan(0);
    }
  });
});
