// A reward model as a tuning: what it learns and logs, and going on with the same bits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GPT, type GPTConfig } from '@kk/gpt';
import { init, type Engine } from '@kk/nn-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PreferenceRows, RewardModel, RewardTuning, type PreferenceTokens, type RewardTuningEvent, type RewardTuningOptions } from '../src/index.js';
import { loadRewardHead, saveRewardHead } from '../src/node.js';

const config: GPTConfig = { vocabSize: 12, contextLength: 16, layers: 2, heads: 2, width: 16 };
const ids = (...all: number[]): Int32Array => Int32Array.from(all);
/** People like it better when a number is said again. */
const pair = (n: number): PreferenceTokens => ({ prompt: ids(n % 7, (n + 3) % 8), chosen: ids((n + 3) % 8, 11), rejected: n % 2 ? ids((n + 5) % 8, 11) : ids((n + 1) % 8, 1, 11), margin: n % 3 });
const rowsOf = (numbers: readonly number[], contextLength = 15): PreferenceRows => new PreferenceRows(numbers.map(pair), { contextLength, vocabSize: 12, seed: 5 });
const rows = rowsOf([0, 1, 2, 3, 4, 5, 6, 7]);
const heldOut = rowsOf([8, 9, 10]);
const training = { steps: 40, batchSize: 4, learningRate: 5e-3, seed: 3 };
const lora = { lora: { rank: 4 } };

let engine: Engine;
let folder: string;
beforeAll(async () => {
  engine = await init('wasm', { threads: 1 });
  folder = mkdtempSync(join(tmpdir(), 'kk-reward-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const tune = (options: RewardTuningOptions = {}): RewardTuning<GPT> => RewardTuning.create(new GPT(engine, config, { seed: 2 }), rows, { training, heldOut, ...options });
const all = async (tuning: RewardTuning<GPT>, stop = Infinity): Promise<RewardTuningEvent[]> => {
  const events: RewardTuningEvent[] = [];
  for await (const event of tuning.run({ lookEvery: 10 })) {
    events.push(event);
    if (event.type === 'step' && event.report.step === stop) break;
  }
  return events;
};
const rewardsOf = ({ model }: RewardTuning<GPT>): Promise<number[]> => model.rewardsOf(rows.pairs.flatMap(({ prompt, chosen, rejected }) => [[...prompt, ...chosen], [...prompt, ...rejected]]));

describe.each([['all weights', {}], ['an adapter', { trained: lora }], ['the last layer, with margins and centering', { trained: { lastLayers: 1 }, margins: true, centering: 0.01 }]] as const)('of %s', (_, options) => {
  it('learns which answers are preferred', async () => {
    const tuning = tune(options);
    const events = await all(tuning);
    expect(tuning.looks.map(({ step }) => step)).toEqual([0, 10, 20, 30, 40]);
    expect(tuning.looks.at(-1)!.loss!).toBeLessThan(tuning.looks[0]!.loss!);
    const steps = events.flatMap((event) => (event.type === 'step' ? [event.report] : []));
    expect(steps.at(-1)!.measures.accuracy).toBeGreaterThan(0.7);
    expect(steps.at(-1)!.measures.margin).toBeGreaterThan(steps[0]!.measures.margin);
  });

  it('looks at pairs that are held out, as the rewards say', async () => {
    const tuning = tune(options);
    const events = await all(tuning, 1);
    const [first] = events;
    const fresh = RewardTuning.create(new GPT(engine, config, { seed: 2 }), rows, { training, ...options });
    const rewards = await fresh.model.rewardsOf(heldOut.pairs.flatMap(({ prompt, chosen, rejected }) => [[...prompt, ...chosen], [...prompt, ...rejected]]));
    const margins = heldOut.pairs.map((_pair, i) => rewards[2 * i]! - rewards[2 * i + 1]!);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(first).toMatchObject({ type: 'look', step: 0, accuracy: expect.closeTo(mean(margins.map((margin) => Number(margin > 0))), 5) as unknown, margin: expect.closeTo(mean(margins), 4) as unknown });
  });

  it('goes on with the same bits, and its head is saved', async () => {
    const whole = tune(options);
    await all(whole);
    const cut = tune(options);
    await all(cut, 17);
    const bytes = await cut.toCheckpoint('some');
    const resumed = tune(options);
    expect(await resumed.restore(bytes)).toBe('some');
    await all(resumed);
    expect(await rewardsOf(resumed)).toEqual(await rewardsOf(whole));
    expect(resumed.looks).toEqual(whole.looks);
    await saveRewardHead(folder, whole.model);
    const loaded = await loadRewardHead(folder, whole.model.model);
    const texts = [[1, 2, 3], [4]];
    expect(await loaded.rewardsOf(texts)).toEqual(await whole.model.rewardsOf(texts));
    await expect(tune({ ...options, centering: 0.5 }).restore(bytes)).rejects.toThrow(/give the same data, loss and reference, or start a new run/);
  });
});

it('a step of several batches is that of one batch', async () => {
  const [one, several] = [tune({ training: { ...training, batchSize: 8 } }), tune({ training: { ...training, batchSize: 2, accumulationSteps: 4 } })];
  const [first, second] = [await one.trainer.step(), await several.trainer.step()];
  expect(second.loss).toBeCloseTo(first.loss, 5);
  expect(second.measures.margin).toBeCloseTo(first.measures.margin, 5);
  expect(second.gradientNorm).toBeCloseTo(first.gradientNorm, 4);
});

it('refuses what does not fit, and leaves no adapter behind', async () => {
  const model = new GPT(engine, config, { seed: 2 });
  const names = [...model.namedParameters().keys()];
  for (const [options, said] of [
    [{ trained: lora, training: { ...training, batchSize: 0 } }, /batchSize is 0/],
    [{ trained: { lora: { rank: 2, dropout: 0.1 } } }, /the adapter's dropout is 0\.1, but reward models are trained without dropout/],
    [{ trained: lora, centering: -1 }, /centering is -1/],
    [{ beta: 1 }, /unknown option 'beta'/],
  ] as const) {
    expect(() => RewardTuning.create(model, rows, options as RewardTuningOptions)).toThrow(said);
    expect([...model.namedParameters().keys()]).toEqual(names);
  }
  const long = new PreferenceRows([{ prompt: ids(1), chosen: Int32Array.from({ length: 16 }, () => 1), rejected: ids(2) }], { contextLength: 16, vocabSize: 12 });
  expect(() => RewardTuning.create(model, long)).toThrow(/the rows have 16 positions and the last token.*make the rows with contextLength 15 or less/);
  await expect(loadRewardHead(join(folder, 'none'), model)).rejects.toThrow(/Cannot load the reward model in .*none: reward_head\.safetensors: .*Expected a folder that kk finetune reward wrote/);
  await saveRewardHead(folder, new RewardModel(new GPT(engine, { ...config, width: 8 }, { seed: 1 })));
  await expect(loadRewardHead(folder, model)).rejects.toThrow(/head\.weight has the shape \(8, 1\), and a model of width 16 needs \(16, 1\)/);
});
