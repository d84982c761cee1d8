// Best-of, contrastive search, classifier-free guidance.
import { describe, expect, it } from 'vitest';
import { bestOf, contrastiveSearch, type ContrastiveSearchOptions, generate, greedy, guided, type HiddenStateModel, logProbs, type NextTokenModel, Sampler, softmax } from '../../src/index.js';
import { tableModel } from './models.js';

async function collect(ids: AsyncIterable<number>): Promise<number[]> {
  const all: number[] = [];
  for await (const id of ids) all.push(id);
  return all;
}

describe('bestOf', () => {
  const model = tableModel(5, 4, 1);

  it('scores by the model, not by what the sampler leaves, and puts the best first', async () => {
    const found = await bestOf(model, [1], { n: 8, maxTokens: 6, stopTokens: [0], temperature: 3, topK: 4, seed: 1 });
    expect(found).toHaveLength(8);
    expect(new Set(found.map(({ ids }) => ids.join())).size).toBeGreaterThan(3);
    for (const { ids, stopToken, logProbability, meanLogProbability } of found) {
      const all = stopToken === undefined ? ids : [...ids, stopToken];
      let sum = 0;
      all.forEach((id, i) => (sum += logProbs(model.next([1, ...ids.slice(0, i)]) as Float32Array)[id]));
      expect(logProbability).toBeCloseTo(sum, 5);
      expect(meanLogProbability).toBeCloseTo(sum / all.length, 5);
    }
    const means = found.map(({ meanLogProbability }) => meanLogProbability);
    expect(means).toEqual([...means].sort((a, b) => b - a));
  });

  it('gives the same for the same seed, and leaves the state of a given sampler alone', async () => {
    const draw = (seed: number) => bestOf(model, [1], { n: 3, maxTokens: 5, seed });
    expect(await draw(1)).toEqual(await draw(1));
    expect(await draw(1)).not.toEqual(await draw(2));
    const taken: number[] = [];
    const recorder = (own: number[]) => ({ name: 'recorder', apply: () => undefined, accept: (id: number) => void own.push(id), fork: () => recorder([...own]) });
    await bestOf(model, [1], { n: 2, maxTokens: 4, sampler: new Sampler([recorder(taken)]) });
    expect(taken).toEqual([]);
  });

  it('names what is wrong, and aborts', async () => {
    await expect(bestOf(model, [1], { n: 0, maxTokens: 4 })).rejects.toThrow('n must be an integer from 1, got 0');
    await expect(bestOf(model, [9], { n: 1, maxTokens: 4 })).rejects.toThrow('prompt[0] is 9');
    await expect(bestOf(model, [1], { n: 1, maxTokens: 4, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bestOf(model, [1], { n: 1, maxTokens: 0 })).toEqual([{ ids: [], logProbability: 0, meanLogProbability: 0, stopToken: undefined }]);
  });
});

describe('contrastiveSearch', () => {
  /** Hidden states that depend on the last token only: its direction in the plane. */
  const directions = [[1, 0], [0, 1], [-1, 0.2], [0.7, 0.7]];
  const table = tableModel(4, 8, 1, 2);
  const model: HiddenStateModel = {
    ...table,
    nextWithHidden: async (context) => ({ logits: await table.next(context), hidden: Float32Array.from(directions[context[context.length - 1]], (x) => x * 3) }),
  };
  const write = (options: Partial<ContrastiveSearchOptions>, prompt = [0, 3]) => collect(contrastiveSearch(model, prompt, { maxTokens: 8, ...options }));

  it('with k = 1, or without penalty, is greedy', async () => {
    const expected = await collect(generate(table, [0, 3], { maxTokens: 8, temperature: 0 }));
    expect(await write({ topK: 1 })).toEqual(expected);
    expect(await write({ penalty: 0 })).toEqual(expected);
  });

  it.each([0.2, 0.6, 1])('takes the token of the highest score by the definition (penalty %d)', async (penalty) => {
    const ids = [0, 3];
    for (let step = 0; step < 8; step++) {
      const p = softmax(await table.next(ids));
      const cosine = (a: number, b: number) => {
        const dot = (x: number[], y: number[]) => x[0] * y[0] + x[1] * y[1];
        return dot(directions[a], directions[b]) / Math.sqrt(dot(directions[a], directions[a]) * dot(directions[b], directions[b]));
      };
      const candidates = [0, 1, 2, 3].sort((a, b) => p[b] - p[a]).slice(0, 3);
      const scores = candidates.map((v) => (1 - penalty) * p[v] - penalty * Math.max(...ids.map((past) => cosine(v, past))));
      // A repeated token has a likeness of 1 up to rounding: among several of them with penalty 1 rounding decides.
      const best = candidates[scores.indexOf(Math.max(...scores))];
      const [chosen] = await write({ penalty, topK: 3, maxTokens: 1 }, [...ids]);
      expect(scores[candidates.indexOf(chosen)]).toBeCloseTo(scores[candidates.indexOf(best)], 5);
      ids.push(chosen);
    }
    expect(await write({ penalty, topK: 3 })).toHaveLength(8);
  });

  it('ends before a stop token, and names what is wrong', async () => {
    const [first] = await write({});
    expect(await write({ stopTokens: [first] })).toEqual([]);
    expect(await write({ maxTokens: 0 })).toEqual([]);
    await expect(write({}, [])).rejects.toThrow('the prompt is empty');
    await expect(write({ penalty: 2 })).rejects.toThrow('penalty must be a number from 0 to 1, got 2');
    await expect(write({ topK: 0 })).rejects.toThrow('topK must be an integer from 1, got 0');
    await expect(write({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const blank: HiddenStateModel = { ...table, nextWithHidden: async (context) => ({ logits: await table.next(context), hidden: new Float32Array(2) }) };
    await expect(collect(contrastiveSearch(blank, [0], { maxTokens: 1 }))).rejects.toThrow('has no direction to compare');
  });
});

describe('guided', () => {
  const model = tableModel(6, 11, 3);

  it('is u + scale (c - u) of the log-probabilities with and without the prompt', async () => {
    const both = guided(model, { scale: 2.5, promptLength: 2, negativePrompt: [5] });
    const conditional = logProbs(await model.next([1, 2, 3, 4]));
    const unconditional = logProbs(await model.next([5, 3, 4]));
    const expected = softmax(conditional.map((c, id) => unconditional[id] + 2.5 * (c - unconditional[id])));
    softmax(await both.next([1, 2, 3, 4])).forEach((p, id) => expect(p).toBeCloseTo(expected[id], 5));
  });

  it('with scale 1 is the model, also one that uses its memory anew', async () => {
    const shared = new Float32Array(6);
    const thrifty: NextTokenModel = { vocabSize: 6, next: (context) => (shared.set(model.next(context) as Float32Array), shared) };
    const same = guided(thrifty, { scale: 1, promptLength: 1, negativePrompt: [] });
    expect(greedy(await same.next([1, 2]))).toBe(greedy(await model.next([1, 2])));
    softmax(await same.next([1, 2])).forEach((p, id) => expect(p).toBeCloseTo(softmax(model.next([1, 2]) as Float32Array)[id], 5));
  });

  it('names what is wrong', async () => {
    const options = { scale: 2, promptLength: 2, negativePrompt: [0] };
    expect(() => guided(model, { ...options, scale: NaN })).toThrow('scale must be a finite number, got NaN');
    expect(() => guided(model, { ...options, promptLength: -1 })).toThrow('promptLength must be an integer from 0, got -1');
    expect(() => guided(model, { ...options, negativePrompt: [9] })).toThrow('negativePrompt[0] is 9');
    expect(() => guided(model, options, tableModel(5, 1))).toThrow('the unconditional model has a vocabulary of 5 tokens, expected that of the model: 6');
    await expect(guided(model, options).next([1])).rejects.toThrow('the context has 1 ids, fewer than promptLength 2');
  });
});
