// Votes on pairs of answers: how pairs are sampled, who is asked what, what is learned from votes, and how far voters agree.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { GPTConfig } from '@kk/gpt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agreementOf, asPreference, asRatings, cohensKappa, krippendorffsAlpha, PreferenceRows, preferenceMargins, PreferenceTuning, readVotes, RewardModel, rewardMargins, samplePairs, scoreAnswers, VoteQueue, votesAsLines, type AnswerPair, type Choice, type Vote } from '../src/index.js';
import { loadVoteQueue, saveVoteQueue, saveVotes } from '../src/node.js';
import { engineOn } from './support/backends.js';
import { trainedBase } from './support/trained-base.js';

const ids = (...all: number[]): Int32Array => Int32Array.from(all);
const pairOf = (n: number): AnswerPair => ({ prompt: ids(n), a: ids(n + 1, 11), b: ids(n + 2, 11) });
const pairs = [0, 1, 2, 3, 4].map(pairOf);
const queueOf = (...votes: [pair: number, voter: string, choice: Choice][]): VoteQueue => {
  const queue = new VoteQueue(pairs);
  for (const [pair, voter, choice] of votes) queue.vote({ pair: queue.pairs[pair]!.id, voter, choice });
  return queue;
};
const numbersOf = (some: readonly { prompt: Int32Array }[]): number[] => some.map(({ prompt }) => prompt[0]!);

describe('a queue of votes', () => {
  it('asks each voter for every pair once, in their order', () => {
    const queue = queueOf([0, 'Anna', 'a'], [1, 'Anna', 'neither'], [0, 'Ben', 'b']);
    expect(numbersOf(queue.open('Anna'))).toEqual([2, 3, 4]);
    expect(numbersOf(queue.open('Ben'))).toEqual([1, 2, 3, 4]);
    for (let pair = queue.next('Anna'); pair; pair = queue.next('Anna')) queue.vote({ pair: pair.id, voter: 'Anna', choice: 'b' });
    expect(queue.votes.filter(({ voter }) => voter === 'Anna')).toHaveLength(5);
    expect(queue.next('Anna')).toBeUndefined();
  });

  it('takes the last vote of a voter back, and asks for it again', () => {
    const queue = queueOf([0, 'Anna', 'a'], [1, 'Anna', 'b'], [0, 'Ben', 'b']);
    expect(queue.back('Anna')).toMatchObject({ voter: 'Anna', choice: 'b', pair: queue.pairs[1]!.id });
    expect(queue.next('Anna')).toEqual(queue.pairs[1]);
    expect(queue.back('Ben')).toMatchObject({ voter: 'Ben' });
    expect(queue.back('Ben')).toBeUndefined();
    expect(queue.votes).toHaveLength(1);
  });

  it('asks first where the rewards of a model are nearest to each other', () => {
    const queue = queueOf([1, 'Anna', 'a']);
    const margins = Object.fromEntries(queue.pairs.map(({ id }, i) => [id, [3, 0.01, -0.2, 2, -5][i]!]));
    queue.setGuesses({ margins, learned: [queue.pairs[1]!.id] });
    expect(numbersOf(queue.open('Anna'))).toEqual([2, 3, 0, 4]);
    expect(numbersOf(queue.open('Ben'))).toEqual([1, 2, 3, 0, 4]);
    queue.add([pairOf(7)]);
    expect(numbersOf(queue.open('Anna'))).toEqual([2, 3, 0, 4, 7]);
    expect(queue.guessOf(queue.pairs[2]!.id)).toEqual({ choice: 'b', probability: expect.closeTo(1 / (1 + Math.exp(-0.2)), 12) as unknown, isLearned: false });
    expect(queue.guessOf(queue.pairs[1]!.id)).toMatchObject({ choice: 'a', isLearned: true });
    expect(queue.guessOf(queue.pairs[5]!.id)).toBeUndefined();
  });

  it('counts what a model guesses right, of votes that it learned from and of others', () => {
    const queue = queueOf([0, 'Anna', 'a'], [1, 'Anna', 'a'], [2, 'Anna', 'b'], [3, 'Anna', 'neither']);
    queue.setGuesses({ margins: Object.fromEntries(queue.pairs.map(({ id }, i) => [id, [1, -1, -1, 1, 1][i]!])), learned: [queue.pairs[0]!.id] });
    expect(queue.guessedRight()).toEqual({ learned: { right: 1, of: 1 }, others: { right: 1, of: 2 } });
  });

  it('decides a pair by its most votes, as preferences and as ratings', () => {
    const queue = queueOf([0, 'Anna', 'a'], [1, 'Anna', 'a'], [1, 'Ben', 'b'], [2, 'Anna', 'b'], [2, 'Ben', 'b'], [2, 'Cleo', 'a'], [3, 'Anna', 'a'], [3, 'Ben', 'neither'], [3, 'Cleo', 'neither'], [4, 'Ben', 'neither']);
    const decided = queue.decided();
    expect(decided.map(({ prompt, better }) => [prompt[0], better])).toEqual([[0, 'a'], [2, 'b']]);
    expect(decided.map(asPreference)).toEqual([{ prompt: ids(0), chosen: ids(1, 11), rejected: ids(2, 11) }, { prompt: ids(2), chosen: ids(4, 11), rejected: ids(3, 11) }]);
    expect(decided.flatMap(asRatings)).toEqual([
      { prompt: ids(0), answer: ids(1, 11), desirable: true },
      { prompt: ids(0), answer: ids(2, 11), desirable: false },
      { prompt: ids(2), answer: ids(3, 11), desirable: false },
      { prompt: ids(2), answer: ids(4, 11), desirable: true },
    ]);
  });

  it('is the same again after JSON, whatever was voted', () => {
    const step = fc.record({ pair: fc.nat(4), voter: fc.constantFrom('Anna', 'Ben', 'Zoë “z”\n'), choice: fc.constantFrom<Choice>('a', 'b', 'neither'), back: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.option(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 5, maxLength: 5 }), { nil: undefined }), (steps, margins) => {
        const queue = new VoteQueue(pairs);
        for (const { pair, voter, choice, back } of steps) {
          const { id } = queue.pairs[pair]!;
          if (back) queue.back(voter);
          else if (queue.open(voter).some((one) => one.id === id)) queue.vote({ pair: id, voter, choice });
        }
        if (margins) queue.setGuesses({ margins: Object.fromEntries(queue.pairs.map(({ id }, i) => [id, margins[i]!])), learned: [] });
        const again = VoteQueue.fromJSON(JSON.parse(JSON.stringify(queue)));
        expect(again.toJSON()).toEqual(JSON.parse(JSON.stringify(queue)));
        for (const voter of ['Anna', 'Ben']) expect(again.open(voter)).toEqual(queue.open(voter));
      }),
    );
  });

  it('refuses what is wrong, and says what', () => {
    const queue = queueOf([0, 'Anna', 'a']);
    const { id } = queue.pairs[0]!;
    const state = queue.toJSON();
    expect(() => queue.vote({ pair: id, voter: 'Anna', choice: 'b' })).toThrow(/VoteQueue: vote: "Anna" has voted on .* already; expected one vote .* take the earlier one back first\./);
    expect(() => queue.vote({ pair: 'other', voter: 'Anna', choice: 'b' })).toThrow(/there is no pair "other" in this queue; expected the id of one of its 5 pairs/);
    expect(() => queue.vote({ pair: id, voter: '', choice: 'b' })).toThrow(/voter is ""; expected a text that is not empty/);
    expect(() => queue.setGuesses({ margins: { [id]: NaN }, learned: [] })).toThrow(/margin of .* is NaN; expected a finite number/);
    expect(() => new VoteQueue([{ ...pairOf(1), b: pairOf(1).a }])).toThrow(/pairs\[0\]: both answers are the same tokens/);
    expect(() => new VoteQueue([{ ...pairOf(1), a: ids() }])).toThrow(/pairs\[0\]: a is empty; expected at least one token id/);
    expect(new VoteQueue([pairOf(1), pairOf(1)]).pairs).toHaveLength(1);
    for (const [value, message] of [
      [null, /its format is missing; expected "kk-vote-queue-1"/],
      [{ ...state, format: 'kk-vote-queue-9' }, /its format is "kk-vote-queue-9"/],
      [{ ...state, pairs: 3 }, /expected two lists/],
      [{ ...state, pairs: [{ prompt: [1], a: [2], b: [-3] }] }, /pairs\[0\]\.b is \[-3\]; expected a list of token ids/],
      [{ ...state, pairs: [...state.pairs, state.pairs[0]] }, /holds a pair twice/],
      [{ ...state, votes: [...state.votes, ...state.votes] }, /votes\[1\]: "Anna" has voted/],
      [{ ...state, votes: [{ pair: id, voter: 'Anna', choice: 'c' }] }, /votes\[0\]: choice is "c"; expected "a", "b" or "neither"/],
      [{ ...state, votes: [{ pair: id, voter: 'Anna', choice: 'a', mood: 'good' }] }, /there is a field "mood"/],
      [{ ...state, votes: [{ pair: id, voter: 'Anna', choice: 'a', time: 'soon' }] }, /time is "soon"/],
      [{ ...state, guesses: { margins: { other: 1 }, learned: [] } }, /guesses: there is no pair "other"/],
      [{ ...state, guesses: { margins: { [id]: 'high' }, learned: [] } }, /margin of .* is high; expected a finite number/],
      [{ ...state, guesses: { margins: {} } }, /expected \{"margins"/],
    ] as const) expect(() => VoteQueue.fromJSON(value), String(message)).toThrow(message);
  });
});

describe('votes as files', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'kk-votes-'))));
  afterAll(() => rmSync(folder, { recursive: true }));
  const read = async (text: string): Promise<Vote[]> => {
    const votes: Vote[] = [];
    for await (const { vote } of readVotes([text], { name: 'votes' })) votes.push(vote);
    return votes;
  };

  it('are one a line, with the time where it is given', async () => {
    const votes: Vote[] = [{ pair: 'p', voter: 'Anna', choice: 'a' }, { pair: 'q', voter: 'Anna', choice: 'neither', time: '2024-05-31T12:00:00Z' }];
    expect(votesAsLines(votes)).toBe('{"pair":"p","voter":"Anna","choice":"a"}\n{"pair":"q","voter":"Anna","choice":"neither","time":"2024-05-31T12:00:00Z"}\n');
    expect(await read(votesAsLines(votes))).toEqual(votes);
    await expect(read('{"pair":"p","voter":"Anna","choice":"a"}\n{"pair":"p","voter":"Anna"}')).rejects.toThrow(/Line 2 of votes: choice is missing; expected "a", "b" or "neither"\./);
    await expect(read('')).rejects.toThrow(/no vote in votes/);
  });

  it('of a folder are the queue again, also without a vote', async () => {
    const queue = queueOf();
    await saveVoteQueue(folder, queue);
    expect((await loadVoteQueue(folder)).toJSON()).toEqual(queue.toJSON());
    queue.vote({ pair: queue.pairs[2]!.id, voter: 'Anna', choice: 'b' });
    await saveVotes(folder, queue);
    expect(readdirSync(folder).sort()).toEqual(['queue.json', 'votes.jsonl']);
    const again = await loadVoteQueue(folder);
    expect(again.toJSON()).toEqual(queue.toJSON());
    expect(readFileSync(join(folder, 'votes.jsonl'), 'utf8')).toBe(votesAsLines(queue.votes));
    writeFileSync(join(folder, 'votes.jsonl'), '{"pair":"other","voter":"Anna","choice":"a"}\n');
    await expect(loadVoteQueue(folder)).rejects.toThrow(/queue\.json with votes\.jsonl: VoteQueue: votes\[0\]: there is no pair "other"/);
    rmSync(join(folder, 'votes.jsonl'));
    await expect(loadVoteQueue(folder)).rejects.toThrow(/Cannot read .*votes\.jsonl: there is no such file or folder/);
  });
});

describe('agreement', () => {
  // Cohen (1960), "A coefficient of agreement for nominal scales", table 2: two judges, three categories, 200 people.
  const cohen = [[88, 14, 18], [10, 40, 10], [2, 6, 12]].flatMap((row, i) => row.flatMap((count, j) => Array.from({ length: count }, () => [`${i}`, `${j}`] as const)));
  // Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", section C: four observers, twelve units, some left out.
  const krippendorff = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.'];

  it("is Cohen's published kappa", () => {
    expect(cohen).toHaveLength(200);
    expect(cohensKappa(cohen.map(([one]) => one), cohen.map(([, other]) => other))).toBeCloseTo(0.29 / 0.59, 12); // .492 there
  });

  it("is Krippendorff's published alpha", () => {
    for (const observer of krippendorff) expect(observer).toHaveLength(12);
    const units = Array.from({ length: 12 }, (_, unit) => krippendorff.map((observer) => observer[unit]!).filter((value) => value !== '.'));
    expect(krippendorffsAlpha(units)).toBeCloseTo(0.743, 3);
  });

  it('is 1 where all say the same, 0 and below where they do not, and null where nothing can be said', () => {
    expect(cohensKappa(['a', 'b'], ['a', 'b'])).toBe(1);
    expect(cohensKappa(['a', 'b'], ['b', 'a'])).toBe(-1);
    expect(cohensKappa(['a', 'a'], ['a', 'a'])).toBeNull();
    expect(krippendorffsAlpha([['a', 'a'], ['b', 'b', 'b'], ['c']])).toBe(1);
    expect(krippendorffsAlpha([['a', 'a'], ['a', 'a']])).toBeNull();
    expect(krippendorffsAlpha([['a'], ['b']])).toBeNull();
    expect(() => cohensKappa([], [])).toThrow(/expected as many of both, and at least one/);
    expect(agreementOf([])).toEqual({ voters: 0, pairs: 0, share: null, kappa: null, alpha: null });
  });

  it('of votes counts the pairs that at least two judged', () => {
    const { votes } = queueOf([0, 'Anna', 'a'], [0, 'Ben', 'a'], [1, 'Anna', 'a'], [1, 'Ben', 'b'], [2, 'Anna', 'b'], [2, 'Ben', 'b'], [3, 'Anna', 'a']);
    expect(agreementOf(votes)).toEqual({ voters: 2, pairs: 3, share: 2 / 3, kappa: cohensKappa(['a', 'a', 'b'], ['a', 'b', 'b']), alpha: krippendorffsAlpha([['a', 'a'], ['a', 'b'], ['b', 'b']]) });
    const three = queueOf([0, 'Anna', 'a'], [0, 'Ben', 'a'], [0, 'Cleo', 'b']).votes;
    expect(agreementOf(three)).toMatchObject({ voters: 3, share: 1 / 3, kappa: null, alpha: 0 });
  });
});

describe('pairs of a model', async () => {
  const END = 11;
  const config: GPTConfig = { vocabSize: 12, contextLength: 16, layers: 2, heads: 2, width: 16 };
  // Texts of 2 to 5 numbers, then the end: what is drawn has unequal lengths.
  const text = Int32Array.from({ length: 800 }, (_, i) => ((i * i) % 7 < 2 ? END : (i * 5) % 8));
  const engine = await engineOn('wasm');
  const base = trainedBase(engine, config, text, { steps: 40, batchSize: 4, learningRate: 1e-2 });
  const prompts = Array.from({ length: 20 }, (_, i) => ids(i % 8, (3 * i) % 8));
  const options = { stopTokens: [END], maxTokens: 8, seed: 5 };

  it.each([1, 2, 3])('are different, ended by themselves and are nearly equally long (seed %i)', async (seed) => {
    const model = base();
    const done: number[] = [];
    const { pairs: sampled, without } = await samplePairs(model, prompts, { ...options, seed, onProgress: (asked) => done.push(asked) });
    expect(sampled.length + without.length).toBe(20);
    expect(sampled.length).toBeGreaterThan(0);
    expect(done).toEqual([16, 20]);
    expect(sampled.map(({ prompt }) => [...prompt])).toEqual(prompts.filter((_, i) => !without.includes(i)).map((prompt) => [...prompt]));
    for (const { a, b } of sampled) {
      expect([...a]).not.toEqual([...b]);
      for (const answer of [a, b]) {
        expect(answer.at(-1)).toBe(END);
        expect(answer.length).toBeGreaterThan(1);
      }
      expect(Math.max(a.length, b.length) / Math.min(a.length, b.length)).toBeLessThanOrEqual(1.25);
    }
    expect(await samplePairs(model, prompts, { ...options, seed })).toEqual({ pairs: sampled, without });
  });

  it('differ in their texts where these are given, and need an end', async () => {
    const model = base();
    const { pairs: sampled } = await samplePairs(model, prompts, { ...options, lengthRatio: 3, rounds: 4, textOf: (all) => (all.length > 2 ? 'long' : all.length > 1 ? 'short' : '') });
    for (const { a, b } of sampled) expect([a.length > 3, b.length > 3].sort()).toEqual([false, true]);
    const none = await samplePairs(model, prompts.slice(0, 3), { ...options, stopTokens: [], maxTokens: 3 });
    expect(none).toEqual({ pairs: [], without: [0, 1, 2] });
    for (const [wrong, message] of [[{ candidates: 1 }, /candidates is 1; expected a whole number of at least 2/], [{ rounds: 0 }, /rounds is 0/], [{ lengthRatio: 0.5 }, /lengthRatio is 0.5; expected a number of at least 1/], [{ candidate: 2 }, /candidate/]] as const) {
      await expect(samplePairs(model, prompts, { ...options, ...wrong }), String(message)).rejects.toThrow(message);
    }
  });

  it('have the guesses of a model that learned from votes on them', async () => {
    const model = base();
    const queue = new VoteQueue((await samplePairs(model, prompts, options)).pairs);
    // Anna likes answers that begin with a higher number.
    for (const { id, a, b } of queue.pairs) if (a[0] !== b[0]) queue.vote({ pair: id, voter: 'Anna', choice: a[0]! > b[0]! ? 'a' : 'b' });
    const decided = queue.decided();
    expect(decided.length).toBeGreaterThan(3);
    const rows = new PreferenceRows(decided.map(asPreference), { contextLength: 16, vocabSize: 12 });
    const tuning = await PreferenceTuning.create(model, rows, { trained: { lora: { rank: 4 } }, training: { steps: 100, learningRate: 1e-2 } });
    expect(await preferenceMargins(model, tuning.adapter!, queue.pairs)).toEqual(queue.pairs.map(() => 0));
    while (!tuning.trainer.isDone) await tuning.trainer.step();
    const margins = await preferenceMargins(model, tuning.adapter!, queue.pairs, { beta: 0.3 });
    // The same with a second model as the reference, and from log-probabilities.
    const other = base();
    const difference = async (answer: 'a' | 'b'): Promise<number> => {
      const answered = [{ prompt: queue.pairs[0]!.prompt, answer: queue.pairs[0]![answer] }];
      return (await scoreAnswers(model, answered))[0]! - (await scoreAnswers(other, answered))[0]!;
    };
    expect(margins[0]).toBeCloseTo(0.3 * ((await difference('a')) - (await difference('b'))), 4);
    (await preferenceMargins(model, other, queue.pairs, { beta: 0.3 })).forEach((margin, i) => expect(margin).toBeCloseTo(margins[i]!, 4));
    queue.setGuesses({ margins: Object.fromEntries(queue.pairs.map(({ id }, i) => [id, margins[i]!])), learned: decided.map(({ id }) => id) });
    const right = queue.decided().filter(({ better }, i) => (better === 'a') === margins[queue.pairs.findIndex(({ id }) => id === decided[i]!.id)]! > 0).length;
    expect(queue.guessedRight()).toEqual({ learned: { right, of: decided.length }, others: { right: 0, of: 0 } });
    expect(right / decided.length).toBeGreaterThan(0.7);
    await expect(preferenceMargins(model, other, queue.pairs, { beta: 0 })).rejects.toThrow(/beta is 0; expected a number above 0/);
  });

  it('have those of a reward model', async () => {
    const reward = new RewardModel(base(), { seed: 2 });
    const [first, second] = [pairOf(1), pairOf(2)];
    const [a, b] = await reward.rewardsOf([[...second.prompt, ...second.a], [...second.prompt, ...second.b]]);
    expect((await rewardMargins(reward, [first, second]))[1]).toBeCloseTo(a! - b!, 6);
  });
});
