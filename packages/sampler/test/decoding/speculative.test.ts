// Speculative decoding gives the target's distribution, whatever the draft.
import { describe, expect, it } from 'vitest';
import { distribution, generate, huggingFace, type NextTokenModel, Sampler, type SamplingOptions, speculativeGenerate, type SpeculativeOptions } from '../../src/index.js';
import { mirostat2, xtc } from '../../src/stages/index.js';
import { tableModel, withManyPositions } from './models.js';

const VOCAB = 4;
const DRAWS = 20_000;
const target = tableModel(VOCAB, 1, 2, 3);

/** The target's logits with noise of this size. */
const near = (size: number): NextTokenModel => {
  const noise = tableModel(VOCAB, 99, 2, size);
  return { vocabSize: VOCAB, next: async (context) => (await target.next(context)).map((logit, id) => logit + (noise.next(context) as Float32Array)[id]) };
};
const drafts: [string, NextTokenModel][] = [
  ['a good draft', near(0.7)],
  ['a bad draft', tableModel(VOCAB, 2, 1, 6)],
];
const settings: [string, SamplingOptions][] = [
  ['temperature 1', {}],
  ['temperature 0.6', { temperature: 0.6 }],
  ['temperature 1.7, top-k 3', { temperature: 1.7, topK: 3 }],
  ['top-p 0.8', { topP: 0.8 }],
];

/** Where a chi-square of so many degrees lies with a chance of 0.1 % (Wilson and Hilferty 1931). */
const critical = (degrees: number): number => degrees * (1 - 2 / (9 * degrees) + 3.09 * Math.sqrt(2 / (9 * degrees))) ** 3;

/** The exact probability of every continuation of `length` tokens. */
function exact(options: SamplingOptions, length: number): Map<string, number> {
  let texts = new Map<string, number>([['', 1]]);
  for (let step = 0; step < length; step++) {
    const longer = new Map<string, number>();
    for (const [text, p] of texts) {
      const written = text === '' ? [] : text.split(',').map(Number);
      distribution(target.next([0, ...written]) as Float32Array, options).forEach((q, id) => {
        if (q > 0) longer.set([...written, id].join(), p * q);
      });
    }
    texts = longer;
  }
  return texts;
}

async function collect(run: AsyncIterable<number>): Promise<number[]> {
  const ids: number[] = [];
  for await (const id of run) ids.push(id);
  return ids;
}

/** Chi-square of DRAWS texts against the exact probabilities of their beginnings of one, two ... tokens, and its critical value. */
async function chiSquares(model: NextTokenModel, draft: NextTokenModel, options: SamplingOptions, length: number, draftLength: number): Promise<[sum: number, limit: number][]> {
  const texts: number[][] = [];
  const sampler = new Sampler(huggingFace(options), { seed: 1913 });
  for (let i = 0; i < DRAWS; i++) texts.push(await collect(speculativeGenerate(model, draft, [0], { maxTokens: length, draftLength, sampler })));
  return Array.from({ length }, (_, i) => {
    const expected = exact(options, i + 1);
    const counts = new Map<string, number>();
    for (const text of texts) {
      const beginning = text.slice(0, i + 1).join();
      if (!expected.has(beginning)) throw new Error(`${beginning} is impossible`);
      counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
    }
    let sum = 0;
    for (const [text, p] of expected) sum += ((counts.get(text) ?? 0) - DRAWS * p) ** 2 / (DRAWS * p);
    return [sum, critical(expected.size - 1)];
  });
}

describe.each(drafts)('speculativeGenerate with %s', (_, draft) => {
  it.each(settings)('%s: 20,000 texts follow the target in their first, first two and three tokens (chi-square below its 0.1 % point)', async (_name, options) => {
    for (const [sum, limit] of await chiSquares(target, draft, options, 3, 2)) expect(sum).toBeLessThan(limit);
  });

  it('follows it in one pass over several positions, too', async () => {
    for (const [sum, limit] of await chiSquares(withManyPositions(target), draft, { temperature: 0.8 }, 3, 3)) expect(sum).toBeLessThan(limit);
  });
});

describe('speculativeGenerate', () => {
  it('would be told from the draft by the same test', async () => {
    for (const [sum, limit] of await chiSquares(near(0.7), near(0.7), {}, 2, 2)) expect(sum).toBeGreaterThan(limit);
  });

  it('accepts everything when the draft is the target', async () => {
    const many = withManyPositions(target);
    const run = speculativeGenerate(many, target, [0], { maxTokens: 100, draftLength: 4, seed: 1, temperature: 0.9, topK: 3 });
    expect(await collect(run)).toHaveLength(100);
    expect(run.report).toEqual({ tokens: 100, drafted: 80, tested: 80, accepted: 80, acceptanceRate: 1, targetCalls: 20, draftCalls: 80, emptyDrafts: 0, batched: true });
    expect(many.passes).toBe(20);
  });

  it('accepts a share of sum over min(p, q), the target having no memory', async () => {
    const p = Float32Array.of(0.5, 0.3, 0.1, 0.1);
    const q = Float32Array.of(0.1, 0.4, 0.4, 0.1);
    const fixed = (probabilities: Float32Array): NextTokenModel => ({ vocabSize: 4, next: () => probabilities.map(Math.log) });
    const run = speculativeGenerate(fixed(p), fixed(q), [], { maxTokens: 6000, draftLength: 3, seed: 2 });
    await collect(run);
    // 0.1 + 0.3 + 0.1 + 0.1; four standard deviations of that many tests are 0.025
    expect(run.report.acceptanceRate).toBeGreaterThan(0.575);
    expect(run.report.acceptanceRate).toBeLessThan(0.625);
    expect(run.report.batched).toBe(false);
    expect(run.report.targetCalls).toBe(6000);
  });

  it('follows the target through stages that use chance themselves: two of them, three tokens', async () => {
    const logits = Float32Array.of(2, 1.8, 1, 0);
    const stages = [xtc({ probability: 0.5, threshold: 0.2 }), xtc({ probability: 0.4, threshold: 0.3 })];
    // By the four cases of what chance may decide.
    const one = new Float64Array(4);
    for (const [first, p] of [[0, 0.5], [0.9, 0.5]]) {
      for (const [second, q] of [[0, 0.4], [0.9, 0.6]]) {
        const chances = [first, second];
        new Sampler(stages, { random: { uniform: () => chances.shift()! } }).distribution(logits).forEach((share, id) => (one[id] += p * q * share));
      }
    }
    const counts = new Map<string, number>();
    const sampler = new Sampler(stages, { seed: 6 });
    const [model, draft] = [logits, Float32Array.of(2, 2, 0, 0)].map((row) => ({ vocabSize: 4, next: () => row.slice() }));
    for (let i = 0; i < DRAWS; i++) {
      const text = (await collect(speculativeGenerate(model, draft, [0], { maxTokens: 3, draftLength: 2, sampler }))).join();
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    let sum = 0;
    for (let i = 0; i < 64; i++) {
      const [a, b, c] = [i >> 4, (i >> 2) & 3, i & 3];
      const expected = DRAWS * one[a] * one[b] * one[c];
      sum += ((counts.get([a, b, c].join()) ?? 0) - expected) ** 2 / expected;
    }
    expect(sum).toBeLessThan(critical(63));
  });

  it('at temperature 0 writes what the target writes alone', async () => {
    for (const [, draft] of drafts) {
      const options = { maxTokens: 30, temperature: 0, seed: 1 };
      expect(await collect(speculativeGenerate(target, draft, [0], options))).toEqual(await collect(generate(target, [0], options)));
    }
  });

  it('gives the same tokens for the same seed', async () => {
    const write = (seed: number) => collect(speculativeGenerate(target, drafts[1][1], [0], { maxTokens: 30, seed }));
    expect(await write(1)).toEqual(await write(1));
    expect(await write(1)).not.toEqual(await write(2));
  });

  it('ends before a stop token, by stopWhen, and at maxTokens', async () => {
    const options: SpeculativeOptions = { maxTokens: 500, seed: 3, draftLength: 5 };
    const stopped = await collect(speculativeGenerate(target, near(0.5), [0], { ...options, stopTokens: [2] }));
    expect(stopped).not.toContain(2);
    expect(stopped.length).toBeLessThan(500);
    expect(await collect(speculativeGenerate(target, near(0.5), [0], { ...options, stopWhen: (ids) => ids.length === 8 }))).toHaveLength(7);
    for (const maxTokens of [0, 1, 2, 7]) expect(await collect(speculativeGenerate(target, near(0.5), [0], { ...options, maxTokens }))).toHaveLength(maxTokens);
  });

  it('keeps the state of stages right: every token was accepted once, and drafts only by forks', async () => {
    const taken: number[] = [];
    const recorder = (own: number[]) => ({
      name: 'recorder',
      apply: (_: unknown, history: { ids: ArrayLike<number> }) => expect([0, ...own]).toEqual(Array.from(history.ids)),
      accept: (id: number) => void own.push(id),
      fork: () => recorder([...own]),
    });
    const sampler = new Sampler([recorder(taken), mirostat2()], { seed: 5 });
    const ids = await collect(speculativeGenerate(target, near(1), [0], { maxTokens: 60, draftLength: 3, sampler }));
    expect(taken).toEqual(ids);
  });

  it('goes on without a draft where the draft knows nothing that is allowed', async () => {
    const onlyZero: NextTokenModel = { vocabSize: VOCAB, next: () => Float32Array.of(0, -Infinity, -Infinity, -Infinity) };
    const noZero = { name: 'noZero', apply: (candidates: { forbid(id: number): void }) => candidates.forbid(0) };
    const run = speculativeGenerate(target, onlyZero, [0], { maxTokens: 20, sampler: new Sampler([noZero], { seed: 1 }) });
    expect(await collect(run)).toHaveLength(20);
    expect(run.report.emptyDrafts).toBe(19);
    const broken: NextTokenModel = { vocabSize: VOCAB, next: () => Float32Array.of(0, NaN, 0, 0) };
    await expect(collect(speculativeGenerate(target, broken, [0], { maxTokens: 20 }))).rejects.toThrow('logits[1] is NaN');
  });

  it('names what is wrong, and aborts', async () => {
    const write = (options: Partial<SpeculativeOptions>, draft: NextTokenModel = target) => collect(speculativeGenerate(target, draft, [0], { maxTokens: 5, ...options }));
    await expect(write({}, tableModel(5, 1))).rejects.toThrow('the draft model has a vocabulary of 5 tokens, expected that of the target: 4');
    await expect(write({ draftLength: 0 })).rejects.toThrow('draftLength must be an integer from 1, got 0');
    await expect(write({ sampler: new Sampler([]), topK: 3 })).rejects.toThrow('give either a sampler or a seed and options of sampling, not both');
    await expect(write({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    const short = { ...withManyPositions(target), nextMany: () => [] };
    await expect(collect(speculativeGenerate(short, target, [0], { maxTokens: 5 }))).rejects.toThrow('nextMany() gave 0 rows of logits for 4 further ids, expected 5');
  });
});
