// Chapter 8, second half: the stages of the sampler, continuations, the tree of alternatives, and the code that the figures show.
import { surprise } from '@kk/sampler';
import { afterAll, describe, expect, it } from 'vitest';
import { branchesCode, continuationCode, stagesCode } from '../src/chapters/08-continue/code.js';
import type { Sampling } from '../src/chapters/08-continue/sampling.js';
import { idsOfText, pathText, Walked } from '../src/chapters/08-continue/walked.js';
import branchesJob from '../src/lab/jobs/branches.js';
import continuationJob from '../src/lab/jobs/continuation.js';
import stagesJob from '../src/lab/jobs/sampler-stages.js';
import { promptOf } from '../src/lab/model-text.js';
import { runCode } from './support/run-code.js';
import { runJob } from './support/run-job.js';
import { tinyModel } from './support/tiny-model.js';

const tiny = await tinyModel('tiny', 'de');
afterAll(() => tiny.dispose());
const { model } = tiny;
const tools = { model: async () => model };
const run = (source: string): Promise<string> => runCode(source.replace('apps/demo/models/tiny', tiny.folder).replace("init('wasm')", "init('cpu')"));
const off: Sampling = { temperature: 1, topK: 0, topP: 1, minP: 0, repetition: 1 };
const prompt = 'Es war ein';

describe('the stages', () => {
  const input = { model: 'tiny', prompt, sampling: off, seed: 7, rows: 8 };

  it('all show the distribution of the model when everything is off', async () => {
    const { result } = await runJob(stagesJob, input, tools);
    expect(result.stages.map(({ name, isOn }) => [name, isOn])).toEqual([['input', true], ['repetitionPenalty', false], ['temperature', false], ['topK', false], ['topP', false], ['minP', false]]);
    for (const { remaining, probabilities } of result.stages) expect([remaining, probabilities]).toEqual([600, result.stages[0]!.probabilities]);
    expect(result.rows.length).toBeGreaterThanOrEqual(8);
  });

  it('cut what they are told to cut', async () => {
    const { result } = await runJob(stagesJob, { ...input, sampling: { temperature: 0.5, topK: 5, topP: 0.7, minP: 0.3, repetition: 1.5 } }, tools);
    expect(result.stages.every(({ isOn }) => isOn)).toBe(true);
    const [, , , topK, topP] = result.stages;
    expect(topK!.remaining).toBe(5);
    expect(topP!.remaining).toBeLessThan(5);
    expect(topP!.probabilities.filter((share) => share !== null)).toHaveLength(topP!.remaining);
    expect(topP!.probabilities.reduce<number>((sum, share) => sum + (share ?? 0), 0)).toBeCloseTo(1, 6);
  });

  it('show a drawn token that is not among the most probable ones', async () => {
    const { result } = await runJob(stagesJob, { ...input, rows: 1, seed: 8 }, tools);
    expect(result.rows.map(({ piece }) => piece.id).slice(1)).toEqual([result.drawn.id]);
  });

  it.each([off, { ...off, topK: 5 }, { ...off, temperature: 0 }])('lay the bars end to end, and the number falls onto the one that was drawn: %o', async (sampling) => {
    for (let seed = 0; seed < 20; seed++) {
      const { result } = await runJob(stagesJob, { ...input, sampling, seed }, tools);
      const { number, span } = result.drawn;
      expect([number >= span!.from - 1e-6, number <= span!.to + 1e-6]).toEqual([true, true]);
      const row = result.rows.findIndex(({ piece }) => piece.id === result.drawn.id);
      expect(span!.to - span!.from).toBeCloseTo(result.stages.at(-1)!.probabilities[row]!, 6);
    }
  });

  it.each([off, { temperature: 0.5, topK: 5, topP: 0.9, minP: 0.1, repetition: 1.5 }])('print what their code prints: %o', async (sampling) => {
    const { result } = await runJob(stagesJob, { ...input, sampling }, tools);
    const { source, prints } = stagesCode({ model: 'tiny', prompt, sampling, seed: 7 }, result.stages, result.drawn.id);
    expect(await run(source)).toBe(prints);
  });
});

describe('a continuation', () => {
  const input = { model: 'tiny', prompt, samplings: [off, { ...off, temperature: 0.2 }], seed: 7, length: 12 };
  const ids = async (changes: Partial<typeof input> = {}): Promise<number[][]> => (await runJob(continuationJob, { ...input, ...changes }, tools)).result.texts.map(({ pieces }) => pieces.map(({ id }) => id));

  it('is the same for the same seed, and another for another', async () => {
    const first = await ids();
    expect(first.map(({ length }) => length)).toEqual([12, 12]);
    expect(await ids()).toEqual(first);
    expect((await ids({ seed: 8 }))[0]).not.toEqual(first[0]);
  });

  it('says at its end that it has ended', async () => {
    const { updates } = await runJob(continuationJob, input, tools);
    expect(updates.map(({ texts }) => texts.every(({ isDone }) => isDone))).toEqual([...Array.from({ length: 12 }, () => false), true]);
  });

  it('does not depend on what is written beside it', async () => {
    expect((await ids({ samplings: [off] }))[0]).toEqual((await ids())[0]);
  });

  it.each([off, { ...off, topK: 4, repetition: 1.3 }])('is what its code prints: %o', async (sampling) => {
    const [written] = await ids({ samplings: [sampling] });
    const { source, prints } = continuationCode({ model: 'tiny', prompt, sampling, seed: 7 }, written!);
    expect(await run(source)).toBe(prints);
  });
});

describe('the tree', () => {
  const input = { model: 'tiny', prompt, path: [20, 30], other: [20, 31, 7], width: 4, extend: 0 };

  it('shows the most probable tokens at each place, and what was chosen', async () => {
    const { result } = await runJob(branchesJob, input, tools);
    expect(result.levels.map(({ chosen }) => chosen)).toEqual([20, 30, null]);
    for (const { options, chosen } of result.levels) {
      const best = options.slice(0, 4).map(({ probability }) => probability);
      expect(best).toEqual([...best].sort((a, b) => b - a));
      if (chosen !== null) expect(options.map(({ piece }) => piece.id)).toContain(chosen);
    }
  });

  it('says how probable a whole path is', async () => {
    const { result } = await runJob(branchesJob, input, tools);
    let bits = 0;
    const context = promptOf(model, prompt);
    for (const id of input.other) {
      const decoder = model.decoder();
      bits += surprise(await decoder.next(context), id) / Math.LN2;
      decoder.dispose();
      context.push(id);
    }
    expect(result.other.bits).toBeCloseTo(bits, 4);
  });

  it('goes on with the most probable tokens, and leaves out ids that the model does not have', async () => {
    const { result } = await runJob(branchesJob, { ...input, path: [20, 99_999], extend: 3 }, tools);
    expect(result.path.ids).toHaveLength(4);
    result.levels.slice(1, 4).forEach(({ options, chosen }) => expect(options[0]!.piece.id).toBe(chosen));
  });

  it('stops at the end of what the model can read', async () => {
    const { result } = await runJob(branchesJob, { ...input, path: Array.from({ length: 85 }, () => 20), extend: 8 }, tools);
    expect(promptOf(model, prompt).length + result.path.ids.length).toBe(95);
  });

  it('prints what its code prints', async () => {
    const { result } = await runJob(branchesJob, input, tools);
    const { source, prints } = branchesCode({ model: 'tiny', prompt }, result.levels, 4);
    expect(await run(source)).toBe(prints);
  });
});

describe('what was walked', () => {
  it('knows the ways on from each place, and where each ended last', () => {
    const walked = new Walked();
    walked.add([1, 2, 3]);
    walked.add([1, 2]); // back
    walked.add([1, 5]);
    expect([...walked.from([1])]).toEqual([2, 5]);
    expect(walked.furthest([1, 2])).toEqual([1, 2, 3]);
    expect(walked.furthest([1])).toEqual([1, 5]);
    expect(walked.furthest([9])).toEqual([9]);
  });

  it('is written in the address and read again', () => {
    expect(idsOfText(pathText([3, 14, 15]))).toEqual([3, 14, 15]);
    expect(['', '3.', 'a', '3..4', '-1'].map(idsOfText)).toEqual([[], [], [], [], []]);
  });
});
