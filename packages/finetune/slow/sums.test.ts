// A small GPT that adds is rewarded for right sums (GRPO), beside its controls: the right answers to the same prompts, its own answers that were right,
// and a reward that is chance. About three minutes of processor time for each seed; `SEEDS=1,2,3` takes other seeds than 1, `-t GRPO` one of the four.
import { init } from '@kk/nn-core';
import type { GPT } from '@kk/gpt';
import { beforeAll, describe, expect, it } from 'vitest';
import { chance, exactShare, learnFromRight, makeAdder, modelOf, reinforce, teach } from './recipe/adder.js';

const HOUR = 3_600_000;
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
/** The start is right in about a third. */
const start = { steps: 250, learningRate: 2e-3 };
/** A step asks 64 prompts and gets 8 answers to each. */
const tuned = { steps: 250, learningRate: 3e-4 };

describe.each(seeds)('a model that is right in a third of the sums, seed %i', async (seed) => {
  const engine = await init('wasm', { threads: 1 });
  let weights: Uint8Array;
  const exact: Record<string, number> = {};
  const processorSeconds = async (work: () => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage().user;
    await work();
    return Math.round((process.cpuUsage().user - before) / 1e6);
  };

  beforeAll(async () => {
    const model = await makeAdder(engine, { seed, ...start });
    weights = await model.save();
    exact.start = await exactShare(model);
    model.dispose();
    console.log(JSON.stringify({ seed, start: exact.start }));
  }, HOUR);

  it.each([
    ['GRPO', (model: GPT) => reinforce(model, { seed, ...tuned })],
    ['the right answers', (model: GPT) => teach(model, { seed, ...tuned })],
    ['rejection sampling', (model: GPT) => learnFromRight(model, { seed, ...tuned })],
    ['chance', (model: GPT) => reinforce(model, { seed, ...tuned, reward: chance(seed) })],
  ] as const)('%s', { timeout: HOUR }, async (name, tune) => {
    const model = modelOf(engine, weights);
    const seconds = await processorSeconds(() => tune(model));
    exact[name] = await exactShare(model);
    model.dispose();
    console.log(JSON.stringify({ seed, name, seconds, start: exact.start, exact: exact[name] }));
    expect(exact.start).toBeGreaterThan(0.2);
    expect(exact.start).toBeLessThan(0.45);
    if (name === 'GRPO') expect(exact.GRPO! - exact.start!).toBeGreaterThanOrEqual(0.3);
    if (name === 'chance') expect(exact.chance! - exact.start!).toBeLessThan(0.1);
  });
});
