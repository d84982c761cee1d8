// The losses of preferences against PyTorch in float64: losses, gradients and what is logged, each variant with three seeds.
import { readFileSync } from 'node:fs';
import { backward, init, type Engine, type Tensor } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bradleyTerryLoss, dpoLoss, ktoLoss, orpoLoss, rewardMeasures, simpoLoss, type DpoOptions, type OrpoNll, type Pair, type SimpoOptions } from '../src/index.js';
import { backends, engineOn } from './support/backends.js';

interface Case {
  options: Readonly<Record<string, number | string | boolean | null>>;
  inputs: Readonly<Record<string, number[]>>;
  outputs: Readonly<Record<string, unknown>>;
  grads: Readonly<Record<string, number[]>>;
}

const casesOf = (name: string): { name: string; one: Case }[] =>
  readFileSync(new URL(`fixtures/${name}.torch.jsonl`, import.meta.url), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Case).map((one) => ({ name: JSON.stringify(one.options), one }));

describe.each(backends)('on $backend', ({ backend, tolerance }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await engineOn(backend);
  });
  afterAll(() => engine.dispose());

  /** Relative to numbers above 1: IPO's losses are up to 400, of which float32 knows 1e-5 no more. */
  const near = (actual: number, expected: number): void => expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.max(1, backend === 'wasm' ? Math.abs(expected) : 1));
  function sameNumbers(actual: Tensor, expected: unknown): void {
    const numbers = [expected].flat() as number[];
    expect(actual.size).toBe(numbers.length);
    const found = actual.dataSync();
    numbers.forEach((value, i) => near(found[i]!, value));
  }
  const tensorOf = (numbers: readonly number[]): Tensor => engine.parameter(engine.tensor(numbers));
  const tensorsOf = ({ inputs }: Case): Record<string, Tensor> => Object.fromEntries(Object.entries(inputs).map(([name, numbers]) => [name, tensorOf(numbers)]));
  const lengthsOf = (x: Record<string, Tensor>): Pair<Tensor> => ({ chosen: x.chosen_length!, rejected: x.rejected_length! });

  /** The loss, what is logged, and all gradients; an input without one has the gradient 0. */
  function compare({ outputs, grads }: Case, x: Record<string, Tensor>, loss: Tensor, found: Record<string, Tensor>): void {
    sameNumbers(loss, outputs.loss);
    for (const [name, tensor] of Object.entries(found)) sameNumbers(tensor, outputs[name]);
    backward(loss);
    for (const [name, expected] of Object.entries(grads)) {
      const { gradient } = x[name]!;
      if (gradient) sameNumbers(gradient, expected);
      else expect(expected.every((value) => value === 0), name).toBe(true);
    }
  }
  const logged = (rewards: Pair<Tensor>): Record<string, Tensor> => ({ chosen_rewards: rewards.chosen, rejected_rewards: rewards.rejected, ...rewardMeasures(rewards) });

  describe('DPO', () => {
    it.each(casesOf('dpo'))('$name', ({ one }) => {
      const x = tensorsOf(one);
      const [loss, share] = String(one.options.loss).split(':');
      const form = ({ 'label-smoothing': 'sigmoid', 'reference-free': 'sigmoid', ipo: 'ipo-trl', 'ipo-sum': 'ipo-paper' } as Record<string, DpoOptions['form']>)[loss!] ?? (loss as DpoOptions['form'])!;
      const isFree = loss === 'reference-free';
      const options: DpoOptions = { form, beta: one.options.beta as number, ...(share && { labelSmoothing: Number(share) }), ...(isFree && { referenceFree: true }) };
      const inputs = { policy: { chosen: x.policy_chosen!, rejected: x.policy_rejected! }, reference: { chosen: x.reference_chosen!, rejected: x.reference_rejected! }, lengths: lengthsOf(x) };
      const { losses, loss: mean, rewards } = dpoLoss(inputs, options);
      compare(one, x, mean, { losses, ...logged(rewards) });
      if (!isFree) return;
      const against = one.outputs.rewards_against_reference as Record<string, number[]>;
      for (const [name, tensor] of Object.entries(logged(dpoLoss(inputs, { ...options, referenceFreeRewards: 'mitchell' }).rewards))) sameNumbers(tensor, against[name]);
      sameNumbers(dpoLoss({ policy: inputs.policy }, options).losses, one.outputs.losses);
    });
  });

  describe('KTO', () => {
    it.each(casesOf('kto'))('$name', ({ one }) => {
      const x = tensorsOf(one);
      const { desirable, undesirable, beta } = one.options as Record<string, number>;
      const { loss, losses, rewards, kl, unclampedKl } = ktoLoss({ policy: x.policy!, reference: x.reference!, desirable: x.desirable!, mismatched: { policy: x.kl_policy!, reference: x.kl_reference! } }, { beta, desirableWeight: desirable, undesirableWeight: undesirable });
      compare(one, x, loss, { losses, rewards, kl, kl_unclamped: unclampedKl });
    });

    it('raises a negative estimate of the KL divergence to 0', () => {
      const [policy, reference] = [tensorOf([-3, -5]), tensorOf([-2, -1])];
      const { kl, unclampedKl, losses } = ktoLoss({ policy: reference, reference, desirable: tensorOf([1, 0]), mismatched: { policy, reference } });
      sameNumbers(unclampedKl, -2.5);
      sameNumbers(kl, 0);
      sameNumbers(losses, [0.5, 0.5]);
    });
  });

  describe('ORPO', () => {
    it.each(casesOf('orpo'))('$name', ({ one }) => {
      const x = tensorsOf(one);
      const policy = { chosen: x.chosen!, rejected: x.rejected! };
      const prompt = { logProbabilities: x.prompt!, lengths: x.prompt_length! };
      const forms: Record<string, OrpoNll> = { sequence: 'paper', token: 'tokens', full: 'trl' };
      const { loss, losses, logOdds, rewards } = orpoLoss({ policy, lengths: lengthsOf(x), prompt }, { beta: one.options.beta as number, nll: forms[one.options.nll as string]! });
      compare(one, x, loss, { odds_ratio_losses: losses, log_odds: logOdds, ...logged(rewards) });
      const nll = one.outputs.nll as Record<string, number>;
      for (const [name, form] of Object.entries(forms)) sameNumbers(orpoLoss({ policy, lengths: lengthsOf(x), prompt }, { nll: form }).nll, nll[name]);
    });

    it('has the right odds of an answer that is nearly certain, and finite ones of one that is', () => {
      const lengths = { chosen: tensorOf([1, 1]), rejected: tensorOf([1, 1]) };
      const policy = { chosen: tensorOf([-1e-4, 0]), rejected: tensorOf([-Math.LN2, 0]) };
      const { logOdds, loss } = orpoLoss({ policy, lengths });
      const [nearly, certain] = logOdds.dataSync();
      // Of 1 - exp(-1e-4) float32 would keep four digits; the odds of one half are 1.
      expect(Math.abs(nearly! - (-1e-4 - Math.log(-Math.expm1(-1e-4))))).toBeLessThan(backend === 'cpu' ? 1e-11 : 3e-6);
      expect(certain).toBe(0);
      backward(loss);
      for (const side of ['chosen', 'rejected'] as const) expect([...policy[side].gradient!.dataSync()].every(Number.isFinite)).toBe(true);
    });
  });

  describe('SimPO', () => {
    it.each(casesOf('simpo'))('$name', ({ one }) => {
      const x = tensorsOf(one);
      const { beta, gamma, hinge, label_smoothing: labelSmoothing, sft_weight: sftWeight } = one.options as { beta: number; gamma: number; hinge: boolean; label_smoothing: number; sft_weight: number };
      const inputs = { policy: { chosen: x.chosen!, rejected: x.rejected! }, lengths: lengthsOf(x) };
      const options: SimpoOptions = { beta, hinge, labelSmoothing, sftWeight };
      const { loss, losses, nll, rewards } = simpoLoss(inputs, { ...options, gamma });
      compare(one, x, loss, { losses, nll, ...logged(rewards) });
      sameNumbers(simpoLoss(inputs, { ...options, gammaBetaRatio: gamma / beta }).loss, one.outputs.loss);
      if (gamma === 0.25 * beta) sameNumbers(simpoLoss(inputs, options).loss, one.outputs.loss);
    });
  });

  describe('Bradley-Terry', () => {
    it.each(casesOf('reward'))('$name', ({ one }) => {
      const x = tensorsOf(one);
      const { margin, center } = one.options as { margin: boolean; center: number };
      const { loss, losses, rewards, centering } = bradleyTerryLoss({ rewards: { chosen: x.chosen!, rejected: x.rejected! }, ...(margin && { margins: x.margin! }) }, { centering: center });
      compare(one, x, loss, { losses, centering, ...rewardMeasures(rewards) });
    });
  });

  it('loss and gradient of DPO are right where the policy is the reference, and far from it', () => {
    const reference = { chosen: tensorOf([-30, -30, -30]), rejected: tensorOf([-20, -20, -20]) };
    const policy = { chosen: tensorOf([-30, -3e4, -30]), rejected: tensorOf([-20, -20, -3e4]) };
    const { losses, loss } = dpoLoss({ policy, reference }, { beta: 1 });
    const ln2 = backend === 'cpu' ? Math.LN2 : Math.fround(Math.LN2);
    expect(losses.dataSync()[0]).toBe(ln2);
    sameNumbers(losses, [Math.LN2, 3e4 - 30, 0]);
    backward(loss);
    sameNumbers(policy.chosen.gradient!, [-1 / 6, -1 / 3, 0]);
    sameNumbers(policy.rejected.gradient!, [1 / 6, 1 / 3, 0]);
  });

  it('what is logged has no gradient, and equal rewards are no success', () => {
    const policy = { chosen: tensorOf([-3, -4]), rejected: tensorOf([-3, -5]) };
    const { rewards } = dpoLoss({ policy }, { referenceFree: true });
    sameNumbers(rewardMeasures(rewards).accuracy, 0.5);
    expect(() => backward(rewardMeasures(rewards).margin)).toThrow();
  });
});

describe('refuses', async () => {
  const engine = await init('cpu');
  const two = (): Pair<Tensor> => ({ chosen: engine.tensor([-1, -2]), rejected: engine.tensor([-3, -4]) });
  const [policy, reference, lengths] = [two(), two(), two()];

  it.each([
    ['an unknown option', () => dpoLoss({ policy, reference }, { betta: 1 } as never), /unknown option 'betta', did you mean 'beta'/],
    ['an unknown form', () => dpoLoss({ policy, reference }, { form: 'ipo' as never }), /form is "ipo"; expected 'sigmoid', 'robust', 'hinge', 'ipo-trl', 'ipo-paper', 'sigmoid-norm'/],
    ['a beta of 0', () => dpoLoss({ policy, reference }, { beta: 0 }), /beta is 0; expected a finite number above 0/],
    ['smoothing of a form that has none', () => dpoLoss({ policy, reference }, { form: 'hinge', labelSmoothing: 0.1 }), /labelSmoothing is 0.1, but the form 'hinge' has none/],
    ['preferences that are all chance', () => dpoLoss({ policy, reference }, { form: 'robust', labelSmoothing: 0.5 }), /labelSmoothing is 0.5; expected a finite number of at least 0 and below 0.5/],
    ['no reference', () => dpoLoss({ policy }), /reference is missing/],
    ['no reference for rewards', () => dpoLoss({ policy }, { referenceFree: true, referenceFreeRewards: 'mitchell' }), /reference is missing/],
    ['rewards of another loss', () => dpoLoss({ policy, reference }, { referenceFreeRewards: 'mitchell' }), /but the loss has a reference/],
    ['no lengths', () => dpoLoss({ policy, reference }, { form: 'ipo-trl' }), /lengths are missing; expected the tokens of each answer, by which the form 'ipo-trl' divides/],
    ['another number of rows', () => dpoLoss({ policy, reference: { chosen: engine.tensor([1]), rejected: engine.tensor([1]) } }), /reference.chosen is .*; expected floating-point numbers of the shape \(2\)/],
    ['no rows', () => simpoLoss({ policy: { chosen: engine.tensor([]), rejected: engine.tensor([]) }, lengths }), /at least one row/],
    ['no prompts', () => orpoLoss({ policy, lengths }, { nll: 'trl' }), /prompt is missing/],
    ['two margins', () => simpoLoss({ policy, lengths }, { gamma: 1, gammaBetaRatio: 0.5 }), /gamma is 1 and gammaBetaRatio 0.5; expected one of them/],
    ['a smoothed hinge', () => simpoLoss({ policy, lengths }, { hinge: true, labelSmoothing: 0.1 }), /the hinge has none/],
    ['a negative weight', () => ktoLoss({ policy: policy.chosen, reference: policy.chosen, desirable: policy.chosen, mismatched: { policy: policy.chosen, reference: policy.chosen } }, { desirableWeight: -1 }), /desirableWeight is -1; expected a finite number of at least 0/],
    ['a negative centring', () => bradleyTerryLoss({ rewards: policy }, { centering: -1 }), /centering is -1/],
  ])('%s', (_, run, message) => expect(run).toThrow(message));
});
