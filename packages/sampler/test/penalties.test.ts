// Processors that look at the text so far.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badWords, dry, forceTokens, frequencyPenalty, minLength, noRepeatNGram, presencePenalty, repetitionPenalty } from '../src/index.js';
import { keptBy } from './arbitraries.js';

const never = -Infinity;
const text = { ids: [0, 1, 1, 2, 1, 0], promptLength: 3 };

describe('repetition, frequency and presence penalty', () => {
  it('repetition divides what is positive and multiplies what is not, once per token', () => {
    expect([...repetitionPenalty(Float32Array.of(2, -2, 0, 3), text, 2)]).toEqual([1, -4, 0, 3]);
    expect([...repetitionPenalty(Float32Array.of(2, -2, 4, 3), text, 2, { lastTokens: 1 })]).toEqual([1, -2, 4, 3]);
    expect([...repetitionPenalty(Float32Array.of(2, -2, 4, 3), { ids: [0, 3], promptLength: 1 }, 2, { includePrompt: false })]).toEqual([2, -2, 4, 1.5]);
  });

  it('frequency counts, presence does not; both look only at what was written unless told', () => {
    const logits = new Float32Array(4);
    expect([...frequencyPenalty(logits, text, 0.5)]).toEqual([-0.5, -0.5, -0.5, 0]);
    expect([...frequencyPenalty(logits, text, 0.5, { includePrompt: true })]).toEqual([-1, -1.5, -0.5, 0]);
    expect([...frequencyPenalty(logits, text.ids, 0.5)]).toEqual([-1, -1.5, -0.5, 0]);
    expect([...presencePenalty(logits, text, 0.5, { includePrompt: true })]).toEqual([-0.5, -0.5, -0.5, 0]);
    expect([...presencePenalty(logits, text, 0.5, { lastTokens: 2 })]).toEqual([-0.5, -0.5, 0, 0]);
    expect([...presencePenalty(logits, text, 0.5, { lastTokens: 0, includePrompt: true })]).toEqual([0, 0, 0, 0]);
    expect([...frequencyPenalty(logits, text, -1)]).toEqual([1, 1, 1, 0]);
  });

  it('skip ids that are no tokens of this vocabulary, and leave nothing behind for the next call', () => {
    const logits = Float32Array.of(1, 1);
    for (let i = 0; i < 2; i++) expect([...frequencyPenalty(logits, [7, -1, 1, 1, 0.5], 1)]).toEqual([1, -1]);
  });

  it('agree with counting by hand', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), fc.nat(70), fc.nat(60), (ids, lastTokens, prompt) => {
        const promptLength = Math.min(prompt, ids.length);
        const window = ids.slice(Math.max(promptLength, ids.length - lastTokens));
        const got = frequencyPenalty(new Float32Array(10), { ids, promptLength }, 1, { lastTokens });
        got.forEach((logit, id) => expect(0 - logit).toBe(window.filter((other) => other === id).length));
      }),
    );
  });
});

describe('dry', () => {
  const options = { multiplier: 1, base: 2, allowedLength: 2 };

  it('costs more, the longer the repetition', () => {
    // The text ends with 1 2 3, which stood before 9; and with 3, before 7 (too short to count).
    const ids = [1, 2, 3, 9, 3, 7, 1, 2, 3];
    expect([...dry(new Float32Array(10), ids, options)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, -2]);
    expect(dry(new Float32Array(10), ids, { ...options, allowedLength: 3 })[9]).toBe(-1);
    expect(dry(new Float32Array(10), ids, { ...options, allowedLength: 4 })[9]).toBe(0);
    expect(dry(new Float32Array(10), ids, { ...options, allowedLength: 1 })[7]).toBe(-1);
  });

  it('reaches over no breaker, and never penalises one', () => {
    const ids = [1, 2, 3, 9, 1, 2, 3];
    expect(dry(new Float32Array(10), ids, { ...options, breakers: [1] })[9]).toBe(-1);
    expect(keptBy(dry(new Float32Array(10), ids, { ...options, breakers: [2] }))).toHaveLength(10);
    expect([...dry(new Float32Array(10), ids, { ...options, breakers: [2] })]).toEqual([...new Float32Array(10)]);
    expect([...dry(new Float32Array(10), ids, { ...options, breakers: [9] })]).toEqual([...new Float32Array(10)]);
  });

  it('stays finite for endless repetition', () => {
    const logits = dry(new Float32Array(2), new Array<number>(20_000).fill(1), { multiplier: 1 });
    expect(logits[1]).toBe(Math.fround(-3.4028234663852886e38));
    expect(logits[0]).toBe(0);
  });

  it('agrees with trying every place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 80 }), fc.integer({ min: 1, max: 4 }), fc.subarray([0, 3]), fc.nat(90), (ids, allowedLength, breakers, lastTokens) => {
        const window = ids.slice(Math.max(0, ids.length - lastTokens));
        const longest = new Map<number, number>();
        for (let end = 1; end < window.length; end++) {
          let length = 0;
          while (length < end && !breakers.includes(window[window.length - 1 - length]) && window[end - 1 - length] === window[window.length - 1 - length]) length++;
          if (length >= allowedLength && !breakers.includes(window[end])) longest.set(window[end], Math.max(length, longest.get(window[end]) ?? 0));
        }
        const logits = dry(new Float32Array(4), ids, { multiplier: 0.5, base: 1.25, allowedLength, breakers, lastTokens });
        logits.forEach((logit, id) => expect(-logit).toBeCloseTo(longest.has(id) ? 0.5 * 1.25 ** (longest.get(id)! - allowedLength) : 0, 3));
      }),
      { numRuns: 500 },
    );
  });
});

describe('noRepeatNGram', () => {
  it('forbids what would complete a sequence that has been', () => {
    expect(keptBy(noRepeatNGram(new Float32Array(5), [0, 1, 2, 0, 1], 3))).toEqual([0, 1, 3, 4]);
    expect(keptBy(noRepeatNGram(new Float32Array(5), [0, 1, 2, 0, 1], 1))).toEqual([3, 4]);
    expect(keptBy(noRepeatNGram(new Float32Array(5), [0], 4))).toHaveLength(5);
    // Overlapping: 1 1 stands in 1 1 already.
    expect(keptBy(noRepeatNGram(new Float32Array(3), [1, 1], 2))).toEqual([0, 2]);
  });

  it('never lets an n-gram occur twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(fc.nat(5), { minLength: 1, maxLength: 40 }), (n, wishes) => {
        const ids: number[] = [];
        for (const wish of wishes) {
          const possible = keptBy(noRepeatNGram(new Float32Array(6), ids, n));
          if (possible.length === 0) break;
          ids.push(possible.includes(wish) ? wish : possible[0]);
        }
        const grams = ids.slice(n - 1).map((_, i) => ids.slice(i, i + n).join());
        expect(new Set(grams).size).toBe(grams.length);
      }),
    );
  });
});

describe('badWords', () => {
  it('forbids the last token of a sequence whose beginning is there', () => {
    const kept = (ids: number[]): number[] => keptBy(badWords(new Float32Array(6), ids, [[5], [1, 2], [0, 1, 3]]));
    expect(kept([])).toEqual([0, 1, 2, 3, 4]);
    expect(kept([1])).toEqual([0, 1, 3, 4]);
    expect(kept([0, 1])).toEqual([0, 1, 4]);
  });

  it('may leave the prompt aside', () => {
    const history = { ids: [1], promptLength: 1 };
    expect(keptBy(badWords(new Float32Array(3), history, [[1, 2]]))).toEqual([0, 1]);
    expect(keptBy(badWords(new Float32Array(3), history, [[1, 2]], { includePrompt: false }))).toEqual([0, 1, 2]);
  });
});

describe('minLength and forceTokens', () => {
  it('count what was written', () => {
    expect(keptBy(minLength(new Float32Array(3), text, 4, [0]))).toEqual([1, 2]);
    expect(keptBy(minLength(new Float32Array(3), text, 3, [0]))).toEqual([0, 1, 2]);
    expect(keptBy(minLength(new Float32Array(3), text, 6, [0], { includePrompt: true }))).toEqual([0, 1, 2]);
    expect(keptBy(minLength(new Float32Array(3), text, 7, [0, 2], { includePrompt: true }))).toEqual([1]);
  });

  it('force one token after another, even an impossible one, and then nothing', () => {
    const logits = Float32Array.of(1, never, 3);
    expect([...forceTokens(logits, [], [1, 2])]).toEqual([never, 0, never]);
    expect([...forceTokens(logits, [1], [1, 2])]).toEqual([never, never, 0]);
    expect(forceTokens(logits, [1, 2], [1, 2])).toEqual(logits);
    expect([...forceTokens(logits, { ids: [0, 0, 0], promptLength: 3 }, [1, 2])]).toEqual([never, 0, never]);
  });
});
