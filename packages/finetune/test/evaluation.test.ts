// Evaluation against counts by hand, the logits themselves and slow searches, with a model whose answers are known.

import { GPT, Llama } from '@kk/gpt';
import { init, type Engine } from '@kk/nn-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareModels, CopyFinder, evaluateAnswers, evaluatePairs, lossOf, normalizeAnswer, sequenceProbability, type AnswerOptions, type Question } from '@kk/finetune';
import { countingModel } from './support/counting-model.js';

let engine: Engine;
beforeAll(async () => { engine = await init('cpu', { precision: 'float64' }); });
afterAll(() => { engine.dispose(); });

const letters = '.abcdefgh';
const decode = (ids: readonly number[]) => ids.map((id) => letters[id]).join('');
const ids = (text: string) => [...text].map((letter) => letters.indexOf(letter));
const options: AnswerOptions = { decode, stopTokens: [0], maxTokens: 5 };
const question = (kind: string, prompt: string, more: Partial<Question> = {}): Question => ({ kind, text: prompt, prompt: ids(prompt), ...more });

describe('answers', () => {
  // After a letter it writes the next one of the alphabet, and after the last one the end.
  it('counts exact matches, forms and ends by kind', async () => {
    const model = countingModel(engine, letters.length, 16);
    const questions = [
      question('short', 'f', { answers: ['gh'], hasRightForm: (text) => text.length === 2 }),
      question('short', 'e', { answers: ['gh', ' fgh\n'], hasRightForm: (text) => text.length === 2 }),
      question('short', 'g', { answers: ['x'] }),
      question('long', 'a', { answers: ['bcdefgh'] }),
      question('free', 'gh'),
    ];
    const { answers, all, kinds } = await evaluateAnswers(model, questions, { ...options, sequences: 2 });
    expect(answers.map(({ text }) => text)).toEqual(['gh', 'fgh', 'h', 'bcdef', '']);
    expect(answers.map(({ isExact }) => isExact)).toEqual([true, true, false, false, null]);
    expect(answers.map(({ endsByItself }) => endsByItself)).toEqual([true, true, true, false, true]);
    expect(kinds).toEqual({
      short: { questions: 3, exact: 2 / 3, rightForm: 1 / 2, endsByItself: 1, meanTokens: 2 },
      long: { questions: 1, exact: 0, rightForm: null, endsByItself: 0, meanTokens: 5 },
      free: { questions: 1, exact: null, rightForm: null, endsByItself: 1, meanTokens: 0 },
    });
    expect(all).toEqual({ questions: 5, exact: 1 / 2, rightForm: 1 / 2, endsByItself: 4 / 5, meanTokens: 11 / 5 });
    model.dispose();
  });

  it('draws by the seed, and the same whatever the number side by side', async () => {
    const model = new GPT(engine, { vocabSize: letters.length, contextLength: 16, layers: 1, heads: 1, width: 8 }, { seed: 3 });
    const questions = 'abcdef'.split('').map((letter) => question('any', letter));
    const drawn = async (seed: number, sequences: number) => (await evaluateAnswers(model, questions, { ...options, temperature: 1, seed, sequences })).answers.map(({ text }) => text);
    expect(await drawn(1, 2)).toEqual(await drawn(1, 6));
    expect(await drawn(1, 6)).not.toEqual(await drawn(50, 6));
    model.dispose();
  });

  it('reports progress and stops at the signal', async () => {
    const model = countingModel(engine, letters.length, 16);
    const seen: number[] = [];
    await evaluateAnswers(model, [question('a', 'g'), question('a', 'f')], { ...options, onProgress: (done, total) => seen.push(done / total) });
    expect(seen.at(-1)).toBe(1);
    await expect(evaluateAnswers(model, [question('a', 'g')], { ...options, signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    model.dispose();
  });

  it('names what is wrong', async () => {
    const model = countingModel(engine, letters.length, 16);
    await expect(evaluateAnswers(model, [], options)).rejects.toThrow('there are no questions');
    await expect(evaluateAnswers(model, [question('who', 'a'.repeat(16))], options)).rejects.toThrow('question 0 (who) has 16 tokens; expected 1 to 15');
    await expect(evaluateAnswers(model, [question('who', '')], options)).rejects.toThrow('has 0 tokens');
    await expect(evaluateAnswers(model, [question('who', 'a')], { ...options, maxTokens: 0 })).rejects.toThrow('maxTokens is 0');
    await expect(evaluateAnswers(model, [question('who', 'a')], { ...options, stopToken: [1] } as never)).rejects.toThrow("did you mean 'stopTokens'");
    model.dispose();
  });

  it('normalises white space and Unicode only', () => {
    expect(normalizeAnswer('  Im \n Garten. ')).toBe('Im Garten.');
    expect(normalizeAnswer('scho\u0308n')).toBe('schön');
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(normalizeAnswer(normalizeAnswer(text))).toBe(normalizeAnswer(text));
      expect(normalizeAnswer(` ${text}\n`)).toBe(normalizeAnswer(text));
    }));
    expect(normalizeAnswer('Im Garten')).not.toBe(normalizeAnswer('im Garten.'));
  });
});

describe('losses', () => {
  it.each([['GPT', (of: Engine) => new GPT(of, { vocabSize: 9, contextLength: 8, layers: 1, heads: 1, width: 8 }, { seed: 1 })], ['Llama', (of: Engine) => new Llama(of, { vocabSize: 9, contextLength: 8, layers: 1, heads: 1, width: 8, feedForwardWidth: 16, family: 'llama' }, { seed: 1 })]])('of a %s are the log-softmax of its logits', async (_, make) => {
    const model = make(engine);
    const example = { ids: Int32Array.of(3, 1, 4, 1, 5), learned: Uint8Array.of(0, 0, 1, 0, 1) };
    const logits = await engine.scope(() => model.forward(engine.tensor([3, 1, 4, 1], [1, 4], 'int32'))).data();
    const logProbability = (place: number, id: number) => {
      const row = Array.from(logits.slice(9 * place, 9 * place + 9));
      return row[id]! - Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
    };
    const expected = logProbability(1, 4) + logProbability(3, 5);
    const { logProbability: found, tokens } = await sequenceProbability(model, example);
    expect(found).toBeCloseTo(expected, 10);
    expect(tokens).toBe(2);
    const other = { ids: Int32Array.of(2, 7), learned: Uint8Array.of(0, 1) };
    const both = await lossOf(model, [example, other]);
    expect(both.loss).toBeCloseTo(-(expected + (await sequenceProbability(model, other)).logProbability) / 3, 10);
    expect(both.perplexity).toBeCloseTo(Math.exp(both.loss), 10);
    expect(both.tokens).toBe(3);
    model.dispose();
  });

  it('name what is wrong', async () => {
    const model = countingModel(engine, letters.length, 4);
    await expect(lossOf(model, [])).rejects.toThrow('there are no examples');
    await expect(lossOf(model, [{ ids: Int32Array.of(1, 2), learned: new Uint8Array(2) }])).rejects.toThrow('no token of an example is learned');
    await expect(lossOf(model, [{ ids: Int32Array.of(1, 2), learned: new Uint8Array(3) }])).rejects.toThrow('2 ids and 3 marks');
    await expect(lossOf(model, [{ ids: new Int32Array(6), learned: new Uint8Array(6).fill(1) }])).rejects.toThrow('6 tokens; expected at most 5');
    await expect(evaluatePairs(model, [])).rejects.toThrow('there are no pairs');
    model.dispose();
  });

  it('compare sentences of a pair', async () => {
    const model = countingModel(engine, letters.length, 16);
    const pairs = [{ probe: 'order', first: ids('abc'), second: ids('acb') }, { probe: 'order', first: ids('ba'), second: ids('bc') }, { probe: 'same', first: ids('ab'), second: ids('ab') }];
    const { order, same } = await evaluatePairs(model, pairs);
    expect(order).toMatchObject({ pairs: 2, firstPreferred: 0.5 });
    expect(same).toEqual({ pairs: 1, firstPreferred: 0.5, meanDifference: 0 });
    const [first, second] = await Promise.all(['abc', 'acb'].map(async (text) => (await sequenceProbability(model, { ids: Int32Array.from(ids(text)), learned: Uint8Array.of(0, 1, 1) })).logProbability));
    const [third, fourth] = await Promise.all(['ba', 'bc'].map(async (text) => (await sequenceProbability(model, { ids: Int32Array.from(ids(text)), learned: Uint8Array.of(0, 1) })).logProbability));
    expect(order!.meanDifference).toBeCloseTo((first! - second! + third! - fourth!) / 2, 10);
    model.dispose();
  });
});

describe('copies', () => {
  /** Every token that lies in a common run of the minimum length, found by comparing all places with all. */
  function slowly(source: readonly number[], text: readonly number[], minimum: number) {
    const copied = new Set<number>();
    let longest = 0;
    for (let at = 0; at < text.length; at++) {
      for (let place = 0; place < source.length; place++) {
        let run = 0;
        while (at + run < text.length && place + run < source.length && text[at + run] === source[place + run]) run++;
        if (run < minimum) continue;
        longest = Math.max(longest, run);
        for (let i = 0; i < run; i++) copied.add(at + i);
      }
    }
    return { copiedTokens: copied.size, tokens: text.length, longest };
  }

  it('are those that a comparison of all places finds', () => {
    const few = (maxLength: number) => fc.array(fc.nat(2), { maxLength });
    fc.assert(fc.property(few(40), few(20), fc.integer({ min: 1, max: 5 }), (source, text, minimum) => {
      expect(new CopyFinder(Int32Array.from(source), minimum).measure([text])).toEqual(slowly(source, text, minimum));
    }), { numRuns: 500 });
  });

  it('do not run from one text into the next', () => {
    const finder = new CopyFinder(Int32Array.of(1, 2, 3, 4), 3);
    expect(finder.measure([[1, 2], [3, 4]])).toEqual({ copiedTokens: 0, tokens: 4, longest: 0 });
    expect(finder.measure([[0, 1, 2, 3], [2, 3, 4]])).toEqual({ copiedTokens: 6, tokens: 7, longest: 3 });
    expect(() => new CopyFinder(Int32Array.of(1), 0)).toThrow('minimumRun is 0');
  });
});

describe('a comparison', () => {
  it('switches one model, and is plain data', async () => {
    const model = countingModel(engine, letters.length, 16);
    const random = new GPT(engine, { vocabSize: letters.length, contextLength: 16, layers: 1, heads: 1, width: 8 }, { seed: 3 });
    const calls: string[] = [];
    const progress: number[] = [];
    const comparison = await compareModels({
      ...options,
      base: { model: random, activate: () => { calls.push('off'); } },
      tuned: { model, name: 'counts', activate: async () => { calls.push('on'); } },
      questions: [question('next', 'f', { answers: ['gh'] }), question('next', 'd')],
      examples: [{ ids: Int32Array.of(1, 2, 3), learned: Uint8Array.of(0, 1, 1) }],
      baseText: Int32Array.from(ids('abcdefgh.abc')),
      copies: new CopyFinder(Int32Array.from(ids('efgh')), 3),
      pairs: [{ probe: 'order', first: ids('abc'), second: ids('acb') }],
      onProgress: (done, total) => progress.push(done / total),
    });
    expect(calls).toEqual(['off', 'on']);
    expect(progress.at(-1)).toBe(1);
    expect([...progress].sort((a, b) => a - b)).toEqual(progress);
    expect(comparison.tuned.name).toBe('counts');
    expect(comparison.tuned.kinds['next']).toMatchObject({ questions: 2, exact: 1 });
    expect(comparison.base.answers.exact).toBe(0);
    expect(comparison.tuned.task!.loss).toBeLessThan(comparison.base.task!.loss);
    expect(comparison.forgotten).toBeCloseTo(comparison.tuned.baseText!.loss / comparison.base.baseText!.loss - 1, 12);
    expect(comparison.tuned.copies).toEqual({ copiedTokens: 4, tokens: 6, longest: 4 });
    expect(comparison.tuned.probes!['order']!.firstPreferred).toBe(1);
    expect(comparison.answers.map(({ expected, tuned }) => [expected, tuned.text])).toEqual([[['gh'], 'gh'], [[], 'efgh']]);
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);

    const short = await compareModels({ ...options, base: { model }, tuned: { model }, questions: [question('next', 'f')] });
    expect(short.base).toMatchObject({ name: 'base', task: null, baseText: null, copies: null, probes: null });
    expect(short.forgotten).toBeNull();
    await expect(compareModels({ ...options, base: { model, switch: () => undefined } as never, tuned: { model }, questions: [] })).rejects.toThrow("unknown option 'switch'");
    model.dispose();
    random.dispose();
  });
});
