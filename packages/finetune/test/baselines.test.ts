// Best-of-n and rejection sampling: which answers they keep, and how far best-of-n goes from its model.
import { GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { bestOf, bestOfKl, rejectionSampling, rewardAll, rollouts } from '../src/index.js';
import { config, decode, END, prompts, sevens } from './support/sevens.js';

describe('answers without reinforcement', async () => {
  const model = new GPT(await init('wasm', { threads: 1 }), config, { seed: 1 });
  const drawn = { stopTokens: [END], maxTokens: 6, seed: 7, round: 2 };
  const options = { ...drawn, n: 5, reward: sevens, decode };
  const answers = await rollouts(model, prompts, { ...drawn, groupSize: 5 });
  const rewards = await rewardAll(sevens, answers, decode);

  it('best-of-n keeps the first of the best answers to each prompt', async () => {
    const best = await bestOf(model, prompts, options);
    expect(best).toHaveLength(prompts.length);
    for (const [i, one] of best.entries()) {
      const own = [...rewards.slice(5 * i, 5 * i + 5)];
      const at = own.indexOf(Math.max(...own));
      expect(one).toEqual({ ...answers[5 * i + at], reward: own[at] });
    }
    expect(new Set(rewards).size).toBeGreaterThan(1);
    expect((await bestOf(model, prompts, { ...options, n: 1 })).map(({ promptIds }) => promptIds)).toEqual(prompts.map((prompt) => [...prompt]));
  });

  it('rejection sampling keeps all answers that are good enough, in their order', async () => {
    for (const least of [0, 1, 4]) {
      const kept = await rejectionSampling(model, prompts, { ...options, least });
      expect(kept).toEqual(answers.map((answer, i) => ({ ...answer, reward: rewards[i]! })).filter(({ reward }) => reward >= least));
    }
  });

  it('refuse what is wrong', async () => {
    await expect(bestOf(model, prompts, { ...options, n: 0 })).rejects.toThrow(/groupSize is 0/);
    await expect(rejectionSampling(model, prompts, { ...options, least: Number.NaN })).rejects.toThrow(/least is NaN; expected a finite number/);
    expect(() => bestOfKl(0)).toThrow(/n is 0; expected a whole number of at least 1/);
  });
});

it('the KL divergence of best-of-n is at most what the formula says, and nearly that where answers are many and differ', () => {
  expect(bestOfKl(1)).toBe(0);
  for (const n of [2, 4, 16]) {
    for (const outcomes of [2, 10, 100_000]) {
      // Equally probable answers, the better the higher their number: the best of n is at most the k-th with probability (k / outcomes) ** n.
      let kl = 0;
      for (let k = 1; k <= outcomes; k++) {
        const probability = (k / outcomes) ** n - ((k - 1) / outcomes) ** n;
        if (probability > 0) kl += probability * Math.log(probability * outcomes);
      }
      expect(kl).toBeLessThanOrEqual(bestOfKl(n) + 1e-9);
      if (outcomes === 100_000) expect(kl).toBeCloseTo(bestOfKl(n), 3);
    }
  }
});
