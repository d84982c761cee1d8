// Filters that look only at the logits: known answers, comparison with a full sort, and what they have in common.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, dynamicTemperature, entropy, epsilonCutoff, etaCutoff, greedy, minP, mirostat1, mirostat2, pLess, softmax, tailFree, temperature, topNSigma, typical, xtc } from '../src/index.js';
import { keptBy, logitsArbitrary, sum } from './arbitraries.js';

const never = -Infinity;
// Probabilities 0.5, 0.25, 0.125, 0.125 in another order: exact in binary, so that the edges are, too.
const halves = Float32Array.of(0.125, 0.5, 0.125, 0.25).map(Math.log);
const always = { uniform: () => 0 };

const filters: [string, (logits: Float32Array) => Float32Array][] = [
  ['minP', (logits) => minP(logits, 0.1)],
  ['typical', (logits) => typical(logits, 0.7)],
  ['epsilonCutoff', (logits) => epsilonCutoff(logits, 0.02)],
  ['etaCutoff', (logits) => etaCutoff(logits, 0.05)],
  ['topNSigma', (logits) => topNSigma(logits, 1)],
  ['tailFree', (logits) => tailFree(logits, 0.9)],
  ['pLess', (logits) => pLess(logits)],
  ['pLess normalized', (logits) => pLess(logits, { normalized: true })],
  ['xtc', (logits) => xtc(logits, { probability: 1, threshold: 0.1 }, always)],
  ['mirostat1', (logits) => mirostat1(logits, 3)],
  ['mirostat2', (logits) => mirostat2(logits, 3)],
];

describe.each(filters)('%s', (_, filter) => {
  it('drops tokens and changes no logit of those that stay, at least one', () => {
    fc.assert(
      fc.property(logitsArbitrary, (logits) => {
        const filtered = filter(logits);
        expect(keptBy(filtered).length).toBeGreaterThan(0);
        filtered.forEach((logit, id) => expect(logit === never || logit === logits[id]).toBe(true));
        expect(Math.abs(sum(softmax(filtered)) - 1)).toBeLessThan(1e-5);
      }),
    );
  });

});

describe.each(filters.filter(([name]) => name !== 'typical' && name !== 'xtc'))('%s', (_, filter) => {
  it('keeps the best, and nobody who is worse than one who goes', () => {
    fc.assert(
      fc.property(logitsArbitrary, (logits) => {
        const kept = new Set(keptBy(filter(logits)));
        expect(kept.has(greedy(logits))).toBe(true);
        const worstKept = Math.min(...[...kept].map((id) => logits[id]));
        logits.forEach((logit, id) => !kept.has(id) && expect(logit).toBeLessThanOrEqual(worstKept));
      }),
    );
  });
});

describe('minP', () => {
  it('compares with the best', () => {
    expect(keptBy(minP(halves, 0.26))).toEqual([1, 3]);
    expect(keptBy(minP(halves, 0.24))).toEqual([0, 1, 2, 3]);
    expect(keptBy(minP(halves, 1))).toEqual([1]);
    expect(keptBy(minP(Float32Array.of(2, 2, 1), 1))).toEqual([0, 1]);
    const steep = Float32Array.of(0, -500, never);
    expect(minP(steep, 0)).toEqual(steep);
  });
});

describe('typical', () => {
  it('can leave out the best', () => {
    // One token of 0.3, seven of 0.1: the entropy, 1.97 nats, is nearer to -ln 0.1 = 2.30 than to -ln 0.3 = 1.20.
    const logits = Float32Array.of(0.3, ...new Array<number>(7).fill(0.1)).map(Math.log);
    expect(keptBy(typical(logits, 0.5))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(keptBy(typical(logits, 0.9))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('keeps what a full sort keeps', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.double({ min: 0, max: 0.999, noNaN: true }), (logits, mass) => {
        const p = [...logits].map((logit) => Math.exp(logit - Math.max(...logits)));
        const total = p.reduce((a, b) => a + b);
        const h = -p.reduce((a, w) => a + (w > 0 ? (w / total) * Math.log(w / total) : 0), 0);
        const far = [...logits].map((logit) => Math.abs(Math.max(...logits) + Math.log(total) - logit - h));
        const order = [...logits.keys()].filter((id) => logits[id] > never).sort((a, b) => far[a] - far[b]);
        let reached = 0;
        let last = 0;
        while (last < order.length - 1 && (reached += p[order[last]]) < mass * total) last++;
        const kept = keptBy(typical(logits, mass));
        // What is clearly nearer than the edge stays, what is clearly further goes.
        for (const id of order) {
          if (far[id] < far[order[last]] - 1e-9) expect(kept).toContain(id);
          if (far[id] > far[order[last]] + 1e-9) expect(kept).not.toContain(id);
        }
      }),
    );
  });
});

describe('epsilonCutoff and etaCutoff', () => {
  it('are floors under the probability, and the best and its equals always stay', () => {
    expect(keptBy(epsilonCutoff(halves, 0.24))).toEqual([1, 3]);
    expect(keptBy(epsilonCutoff(halves, 0.9))).toEqual([1]);
    expect(keptBy(epsilonCutoff(new Float32Array(8), 0.5))).toHaveLength(8);
    expect(epsilonCutoff(halves, 0)).toEqual(halves);
    // Entropy 1.213 nats: eta = min(0.5, 0.7071 * 0.2973) = 0.2102.
    expect(keptBy(etaCutoff(halves, 0.5))).toEqual([1, 3]);
    // eta = min(0.2, 0.4472 * 0.2973) = 0.1330; below 0.125 with epsilon 0.17.
    expect(keptBy(etaCutoff(halves, 0.2))).toEqual([1, 3]);
    expect(keptBy(etaCutoff(halves, 0.17))).toEqual([0, 1, 2, 3]);
  });
});

describe('topNSigma', () => {
  it('measures in standard deviations of the logits, impossible ones left aside', () => {
    // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, deviation 2.
    const logits = Float32Array.of(2, 4, 4, 4, 5, 5, 7, 9, never);
    expect(keptBy(topNSigma(logits, 1))).toEqual([6, 7]);
    expect(keptBy(topNSigma(logits, 0.99))).toEqual([7]);
    expect(keptBy(topNSigma(logits, 2))).toEqual([4, 5, 6, 7]);
    expect(keptBy(topNSigma(logits, 0))).toEqual([7]);
  });

  it('keeps the same tokens at every temperature', () => {
    const logits = Float32Array.from({ length: 100 }, (_, id) => Math.sin(id * id) * 4);
    expect(keptBy(topNSigma(temperature(logits, 4), 1.5))).toEqual(keptBy(topNSigma(logits, 1.5)));
  });
});

describe('tailFree', () => {
  it('cuts behind the bend of the sorted probabilities', () => {
    // Probabilities 0.5, 0.3, 0.1, 0.06, 0.04: second differences 0.0, 0.16, 0.02; shares 0, 0.889, 0.111.
    const logits = Float32Array.of(0.06, 0.5, 0.1, 0.04, 0.3).map(Math.log);
    expect(keptBy(tailFree(logits, 0.5))).toEqual([1]);
    expect(keptBy(tailFree(logits, 0.95))).toEqual([1, 4]);
    expect(tailFree(logits, 1)).toEqual(logits);
  });

  it('takes the rounding of a straight line for flat', () => {
    for (const size of [10, 40, 300]) {
      // Probabilities that fall evenly: every second difference is 0, but logits of float32 do not say so exactly.
      const logits = Float32Array.from({ length: size }, (_, rank) => Math.log((size - rank) / size));
      for (const z of [0.15, 0.35, 0.55, 0.85]) {
        // All size - 2 places have the same share, so the sum exceeds z at this place.
        expect(keptBy(tailFree(logits, z)), `${size} tokens, z ${z}`).toHaveLength(Math.floor(z * (size - 2)));
      }
    }
  });

  it('leaves two tokens alone, and splits ties by id', () => {
    expect(keptBy(tailFree(Float32Array.of(1, 5, never), 0))).toEqual([0, 1]);
    expect(keptBy(tailFree(new Float32Array(10), 0.5))).toEqual([0, 1, 2, 3]);
  });
});

describe('pLess', () => {
  it('sets its floor at the sum of squared probabilities', () => {
    // 0.16 + 0.09 + 0.04 + 2 * 0.0025 = 0.295; normalized (5 * 0.295 - 1) / 4 = 0.119.
    const logits = Float32Array.of(0.05, 0.4, 0.05, 0.3, 0.2).map(Math.log);
    expect(keptBy(pLess(logits))).toEqual([1, 3]);
    expect(keptBy(pLess(logits, { normalized: true }))).toEqual([1, 3, 4]);
    expect(keptBy(pLess(new Float32Array(6)))).toHaveLength(6);
    expect(keptBy(pLess(Float32Array.of(3, never), { normalized: true }))).toEqual([0]);
  });
});

describe('xtc', () => {
  it('takes all top choices away but the least probable', () => {
    expect(keptBy(xtc(halves, { probability: 1, threshold: 0.2 }, always))).toEqual([0, 2, 3]);
    expect(keptBy(xtc(halves, { probability: 1, threshold: 0.1 }, always))).toEqual([2]);
    expect(keptBy(xtc(halves, { probability: 1, threshold: 0.4 }, always))).toEqual([0, 1, 2, 3]);
  });

  it('does so as often as asked', () => {
    const random = new Random(7);
    let removed = 0;
    for (let i = 0; i < 4000; i++) if (keptBy(xtc(halves, { probability: 0.3, threshold: 0.2 }, random)).length < 4) removed++;
    // Four standard deviations of a binomial distribution.
    expect(Math.abs(removed - 1200)).toBeLessThan(4 * Math.sqrt(4000 * 0.3 * 0.7));
    expect(keptBy(xtc(halves, { probability: 0, threshold: 0.2 }, always))).toHaveLength(4);
  });
});

describe('dynamicTemperature', () => {
  it('is low where the model is certain and high where it is not', () => {
    const uniform = Float32Array.of(1, 1, 1, 1);
    expect([...dynamicTemperature(uniform, { low: 0.5, high: 4 })]).toEqual([0.25, 0.25, 0.25, 0.25]);
    const certain = dynamicTemperature(Float32Array.of(100, 0), { low: 0.5, high: 4 });
    expect(certain[0]).toBeCloseTo(200, 3);
    const h = entropy(halves) / Math.log(4);
    const t = 0.5 + 1.5 * h ** 2;
    dynamicTemperature(halves, { low: 0.5, high: 2, exponent: 2 }).forEach((logit, id) => expect(logit).toBeCloseTo(halves[id] / t, 5));
  });

  it('leaves a token that is alone as it is, and at 0 takes the best', () => {
    expect([...dynamicTemperature(Float32Array.of(3, never), { low: 0.5, high: 2 })]).toEqual([3, never]);
    expect(keptBy(dynamicTemperature(halves, { low: 0, high: 0 }))).toEqual([1]);
  });
});

describe('mirostat truncation', () => {
  it('version 2 drops what is more surprising than mu bits', () => {
    expect(keptBy(mirostat2(halves, 2.5))).toEqual([1, 3]);
    expect(keptBy(mirostat2(halves, 1.5))).toEqual([1]);
    expect(keptBy(mirostat2(halves, -4))).toEqual([1]);
    expect(keptBy(mirostat2(halves, 3.1))).toHaveLength(4);
  });

  it('version 1 keeps the k that its formula gives for a Zipf law', () => {
    // p of rank r proportional to r^-1.5: the fit finds the exponent 1.5.
    const logits = Float32Array.from({ length: 1000 }, (_, rank) => -1.5 * Math.log(rank + 1));
    for (const mu of [2, 4, 6]) {
      const k = ((0.5 * 2 ** mu) / (1 - 1000 ** -0.5)) ** (1 / 1.5);
      expect(keptBy(mirostat1(logits, mu))).toHaveLength(Math.floor(k));
    }
    expect(keptBy(mirostat1(new Float32Array(50), 3))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(keptBy(mirostat1(Float32Array.of(never, 2, never), 3))).toEqual([1]);
  });
});
