import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { greedy, softmax, temperature, topK, topP } from '../src/index.js';
import { keptBy, logitsArbitrary, temperatureArbitrary, topKArbitrary, topPArbitrary } from './arbitraries.js';

const never = -Infinity;

describe('temperature', () => {
  it('divides', () => {
    expect([...temperature(Float32Array.of(1, -3, never), 0.5)]).toEqual([2, -6, never]);
    expect([...temperature(Float32Array.of(1, -3, 0), 2)]).toEqual([0.5, -1.5, 0]);
  });

  it('0 leaves only the token that greedy takes', () => {
    expect([...temperature(Float32Array.of(1, 7, 7, 3), 0)]).toEqual([never, 7, never, never]);
  });

  it('next to 0 it still gives finite logits and greedy’s token', () => {
    for (const logits of [Float32Array.of(1, 7, 3), Float32Array.of(-1, -7, -3)]) {
      const best = greedy(logits);
      const probabilities = softmax(temperature(logits, Number.MIN_VALUE));
      expect([...probabilities]).toEqual([0, 1, 2].map((id) => (id === best ? 1 : 0)));
    }
  });

  it.each([-0.1, NaN, Infinity])('refuses %s', (t) => {
    expect(() => temperature(Float32Array.of(1), t)).toThrow(`temperature must be a finite number from 0 (0 takes the most probable token, 1 changes nothing), got ${t}`);
  });
});

describe('topK', () => {
  it('keeps the k largest and every tie of the k-th', () => {
    expect(keptBy(topK(Float32Array.of(1, 5, 3, 4), 2))).toEqual([1, 3]);
    expect(keptBy(topK(Float32Array.of(2, 5, 2, 1, 2), 2))).toEqual([0, 1, 2, 4]);
    expect(keptBy(topK(Float32Array.of(0, -0, 1, -1), 2))).toEqual([0, 1, 2]);
  });

  it('changes nothing from the size of the vocabulary on', () => {
    const logits = Float32Array.of(1, never, 3);
    expect(topK(logits, 3)).toEqual(logits);
    expect(topK(logits, 100)).toEqual(logits);
  });

  it.each([0, -1, 1.5, NaN])('refuses k = %s', (k) => {
    expect(() => topK(Float32Array.of(1), k)).toThrow(`topK must be an integer from 1, got ${k}; leave it out to keep every token`);
  });

  it('keeps what a full sort keeps', () => {
    fc.assert(
      fc.property(logitsArbitrary, topKArbitrary, (logits, k) => {
        const kth = [...logits].sort((a, b) => b - a)[Math.min(k, logits.length) - 1];
        expect(topK(logits, k)).toEqual(logits.map((logit) => (logit >= kth ? logit : never)));
      }),
    );
  });
});

describe('topP', () => {
  // Probabilities 0.5, 0.25, 0.125, 0.125: exact in binary, so that the edges are, too.
  const halves = Float32Array.of(0.125, 0.5, 0.125, 0.25).map(Math.log);

  it('keeps the smallest set that reaches p', () => {
    expect(keptBy(topP(halves, 0.49))).toEqual([1]);
    expect(keptBy(topP(halves, 0.51))).toEqual([1, 3]);
    expect(keptBy(topP(halves, 0.74))).toEqual([1, 3]);
    expect(keptBy(topP(halves, 0.9))).toEqual([0, 1, 2, 3]);
  });

  it('stops where the sum is exactly p', () => {
    expect(keptBy(topP(Float32Array.of(2, 2, 2, 2), 0.5))).toEqual([0, 1]);
    expect(keptBy(topP(new Float32Array(1024), 0.25))).toHaveLength(256);
  });

  it('of equal tokens at the edge keeps the lower ids', () => {
    expect(keptBy(topP(halves, 0.8))).toEqual([0, 1, 3]);
  });

  it('keeps one token at p = 0 and all at p = 1', () => {
    expect(keptBy(topP(halves, 0))).toEqual([1]);
    expect(topP(halves, 1)).toEqual(halves);
    const steep = Float32Array.of(0, -500, -1000);
    expect(topP(steep, 1)).toEqual(steep);
  });

  it.each([-0.1, 1.1, NaN])('refuses p = %s', (p) => {
    expect(() => topP(Float32Array.of(1), p)).toThrow(`topP must be a number from 0 to 1, got ${p}; leave it out to keep every token`);
  });

  it('keeps what a full sort keeps, but for sums within rounding of p', () => {
    fc.assert(
      fc.property(logitsArbitrary, topPArbitrary, (logits, p) => {
        const byRank = [...logits.keys()].sort((a, b) => logits[b] - logits[a] || a - b);
        const best = logits[byRank[0]];
        const weights = byRank.map((id) => Math.exp(logits[id] - best));
        const total = weights.reduce((a, b) => a + b, 0);
        const sumOf = (count: number): number => weights.slice(0, count).reduce((a, b) => a + b, 0) / total;
        const kept = keptBy(topP(logits, p));
        if (p === 1) return;
        // Always a prefix of the ranking; enough to reach p; and without its last token not enough.
        expect(kept).toEqual(byRank.slice(0, kept.length).sort((a, b) => a - b));
        expect(sumOf(kept.length)).toBeGreaterThanOrEqual(p - 1e-12);
        if (kept.length > 1) expect(sumOf(kept.length - 1)).toBeLessThan(p + 1e-12);
      }),
    );
  });
});

describe('every processor', () => {
  const steps: [string, fc.Arbitrary<(logits: Float32Array, out?: Float32Array) => Float32Array>][] = [
    ['temperature', temperatureArbitrary.map((t) => (logits, out) => temperature(logits, t, out))],
    ['topK', topKArbitrary.map((k) => (logits, out) => topK(logits, k, out))],
    ['topP', topPArbitrary.map((p) => (logits, out) => topP(logits, p, out))],
  ];

  it.each(steps)('%s leaves its input alone, gives a new array, and works in place when asked', (_, step) => {
    fc.assert(
      fc.property(logitsArbitrary, step, (logits, process) => {
        const before = logits.slice();
        const result = process(logits);
        expect(logits).toEqual(before);
        expect(result).not.toBe(logits);
        expect(process(logits, logits)).toBe(logits);
        expect(logits).toEqual(result);
      }),
    );
  });

  it.each(steps)('%s keeps the most probable token', (_, step) => {
    fc.assert(
      fc.property(logitsArbitrary, step, (logits, process) => {
        expect(process(logits)[greedy(logits)]).toBeGreaterThan(never);
      }),
    );
  });

  it.each(steps)('%s refuses an output of another length', (_, step) => {
    fc.assert(
      fc.property(step, (process) => {
        expect(() => process(Float32Array.of(1, 2, 3), new Float32Array(2))).toThrow('out has 2 entries, expected one per logit: 3');
      }),
    );
  });

  it('a larger k, and a larger p, keep everything that a smaller one keeps', () => {
    fc.assert(
      fc.property(logitsArbitrary, topKArbitrary, topKArbitrary, topPArbitrary, topPArbitrary, (logits, k1, k2, p1, p2) => {
        const keeps = (larger: Float32Array, smaller: Float32Array): void => keptBy(smaller).forEach((id) => expect(larger[id]).toBe(smaller[id]));
        keeps(topK(logits, Math.max(k1, k2)), topK(logits, Math.min(k1, k2)));
        keeps(topP(logits, Math.max(p1, p2)), topP(logits, Math.min(p1, p2)));
      }),
    );
  });

  it('a higher temperature never makes the most probable token more probable', () => {
    fc.assert(
      fc.property(logitsArbitrary, temperatureArbitrary, temperatureArbitrary, (logits, t1, t2) => {
        const best = greedy(logits);
        const cool = softmax(temperature(logits, Math.min(t1, t2)))[best];
        const warm = softmax(temperature(logits, Math.max(t1, t2)))[best];
        expect(warm).toBeLessThanOrEqual(cool + 1e-5);
      }),
    );
  });
});
