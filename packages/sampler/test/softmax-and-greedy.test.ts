import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distribution, greedy, sampleToken, softmax, temperature, topK, topP } from '../src/index.js';
import { logitsArbitrary, sum } from './arbitraries.js';

const never = -Infinity;

describe('softmax', () => {
  it('of ln 1, ln 2, ln 5 is 1/8, 2/8, 5/8', () => {
    const probabilities = softmax(Float32Array.of(0, Math.log(2), Math.log(5)));
    [0.125, 0.25, 0.625].forEach((expected, id) => expect(probabilities[id]).toBeCloseTo(expected, 6));
  });

  it('gives impossible tokens exactly 0', () => {
    expect([...softmax(Float32Array.of(never, 3, never, 3))]).toEqual([0, 0.5, 0, 0.5]);
  });

  it('does not overflow where exp() would', () => {
    expect([...softmax(Float32Array.of(3e38, 3e38, -3e38))]).toEqual([0.5, 0.5, 0]);
    expect([...softmax(Float32Array.of(-2000, -2000))]).toEqual([0.5, 0.5]);
  });

  it('sums to one at a vocabulary of 131,072, where adding up in float32 is off by a thousand times more', () => {
    const logits = Float32Array.from({ length: 131_072 }, (_, id) => Math.sin(id) * 3);
    let inFloat32 = 0;
    for (const logit of logits) inFloat32 = Math.fround(inFloat32 + Math.fround(Math.exp(logit)));
    const exact = logits.reduce((total, logit) => total + Math.exp(logit), 0);
    expect(Math.abs(inFloat32 / exact - 1)).toBeGreaterThan(1e-6);
    expect(Math.abs(sum(softmax(logits)) - 1)).toBeLessThan(1e-7);
  });

  it('sums to one, and a constant added to all logits changes nothing', () => {
    fc.assert(
      fc.property(logitsArbitrary, fc.integer({ min: -20, max: 20 }), (logits, constant) => {
        const probabilities = softmax(logits);
        expect(Math.abs(sum(probabilities) - 1)).toBeLessThan(1e-5);
        const shifted = softmax(logits.map((logit) => logit + constant));
        expect(shifted).toEqual(probabilities);
      }),
    );
  });
});

describe('greedy', () => {
  it('takes the largest logit, of equal ones the lowest id', () => {
    expect(greedy(Float32Array.of(1, 4, 2))).toBe(1);
    expect(greedy(Float32Array.of(1, 4, 2, 4))).toBe(1);
    expect(greedy(Float32Array.of(-0, 0))).toBe(0);
    expect(greedy(Float32Array.of(never, -5))).toBe(1);
  });
});

const takers: [string, (logits: Float32Array) => unknown][] = [
  ['softmax', softmax],
  ['greedy', greedy],
  ['temperature', (logits) => temperature(logits, 0.5)],
  ['temperature 0', (logits) => temperature(logits, 0)],
  ['topK', (logits) => topK(logits, 2)],
  ['topP', (logits) => topP(logits, 0.5)],
  ['topP 1', (logits) => topP(logits, 1)],
  ['distribution', distribution],
  ['distribution with topK', (logits) => distribution(logits, { topK: 2 })],
  ['sampleToken', (logits) => sampleToken(logits, { random: { uniform: () => 0.5 } })],
  ['sampleToken with topK', (logits) => sampleToken(logits, { topK: 2, topP: 0.5, random: { uniform: () => 0.5 } })],
  ['sampleToken at temperature 0', (logits) => sampleToken(logits, { temperature: 0, random: { uniform: () => 0.5 } })],
];

describe.each(takers)('%s with unusable logits', (_, take) => {
  it('names what is wrong', () => {
    expect(() => take(Float32Array.of(1, 2, 3, NaN))).toThrow(new RangeError('logits[3] is NaN: expected finite numbers, or -Infinity for impossible tokens; check the model that computed them'));
    expect(() => take(Float32Array.of(NaN, 2, 3))).toThrow('logits[0] is NaN');
    expect(() => take(Float32Array.of(1, Infinity))).toThrow('logits[1] is +Infinity');
    expect(() => take(Float32Array.of(never, never, never))).toThrow('all 3 logits are -Infinity: no token is possible');
    expect(() => take(new Float32Array(0))).toThrow('logits are empty');
    expect(() => take([1, 2] as unknown as Float32Array)).toThrow('logits must be a Float32Array with one number per token, got a list');
    expect(() => take(undefined as unknown as Float32Array)).toThrow(TypeError);
  });
});
