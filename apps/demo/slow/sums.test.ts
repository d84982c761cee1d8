// A small GPT that adds is rewarded for right sums (GRPO), as in chapter 10, beside its controls: the right answers to the same prompts, its own answers
// that were right, and a coin as its reward. About three minutes of processor time for each seed; `SEEDS=1,2,3` takes other seeds than 1, `-t GRPO` one of the four.
import { rejectionSampling } from '@kk/finetune';
import type { GPT } from '@kk/gpt';
import { init } from '@kk/nn-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { adderOf, answering, begin, coin, decode, isRight, labelled, newAdder, promptsOf, rewarded, shareOfRight, solutions, supervised, testedSums, type LessonOptions } from '../src/lab/sums/adder.js';
import { GROUP, LESSON, RATES, START } from '../src/lab/sums/recipe.js';

const HOUR = 3_600_000;
const TESTED = 1000;
const seeds = (process.env.SEEDS ?? '1').split(',').map(Number);
const exactShare = async (model: GPT): Promise<number> => shareOfRight(await testedSums(model, TESTED));

interface Stepping {
  readonly isDone: boolean;
  step(): Promise<unknown>;
  dispose(): void;
}

async function toTheEnd(trainer: Stepping): Promise<void> {
  while (!trainer.isDone) await trainer.step();
  trainer.dispose();
}

/** Rejection sampling: the same number of answers to the same prompts, in rounds; supervised on those that are right. */
async function learnFromRight(model: GPT, { seed, steps, learningRate }: LessonOptions, rounds = 4): Promise<void> {
  const all = promptsOf({ seed, steps });
  for (let round = 0; round < rounds; round++) {
    const own = all.slice((round * all.length) / rounds, ((round + 1) * all.length) / rounds);
    const right = await rejectionSampling(model, own, { ...answering, n: GROUP, reward: isRight, least: 1, decode, seed, round });
    await toTheEnd(supervised(model, right.map(({ promptIds, ids }) => labelled(promptIds, ids)), { seed: seed + round, steps: Math.floor(steps / rounds), learningRate, batchSize: (LESSON.sums * GROUP) / 4 }));
  }
}

describe.each(seeds)('a model that is right in a third of the sums, seed %i', async (seed) => {
  const engine = await init('wasm', { threads: 1 });
  const lesson = { seed, steps: LESSON.steps, learningRate: RATES.right };
  let weights: Uint8Array;
  const exact: Record<string, number> = {};
  const processorSeconds = async (work: () => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage().user;
    await work();
    return Math.round((process.cpuUsage().user - before) / 1e6);
  };

  beforeAll(async () => {
    const model = newAdder(engine, seed);
    const rounds = await begin(model, { seed, ...START });
    weights = await model.save();
    exact.start = await exactShare(model);
    model.dispose();
    console.log(JSON.stringify({ seed, rounds, start: exact.start }));
  }, HOUR);

  it.each([
    ['GRPO', async (model: GPT) => toTheEnd((await rewarded(model, isRight, lesson)).trainer)],
    ['the right answers', (model: GPT) => toTheEnd(solutions(model, lesson))],
    ['rejection sampling', (model: GPT) => learnFromRight(model, lesson)],
    ['coin', async (model: GPT) => toTheEnd((await rewarded(model, coin(seed), { ...lesson, learningRate: RATES.coin })).trainer)],
  ] as const)('%s', { timeout: HOUR }, async (name, tune) => {
    const model = adderOf(engine, weights);
    const seconds = await processorSeconds(() => tune(model));
    exact[name] = await exactShare(model);
    model.dispose();
    console.log(JSON.stringify({ seed, name, seconds, start: exact.start, exact: exact[name] }));
    expect(exact.start).toBeGreaterThan(0.2);
    expect(exact.start).toBeLessThan(0.45);
    if (name === 'GRPO') expect(exact.GRPO! - exact.start!).toBeGreaterThanOrEqual(0.3);
    if (name === 'coin') expect(exact.coin! - exact.start!).toBeLessThan(0.1);
  });
});
