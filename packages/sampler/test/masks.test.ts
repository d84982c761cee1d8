// Processors that name tokens: bias, allow and suppress lists; and guidance.
import { describe, expect, it } from 'vitest';
import { allowTokens, classifierFreeGuidance, logitBias, logProbs, softmax, suppressTokens } from '../src/index.js';
import { keptBy } from './arbitraries.js';

const never = -Infinity;

describe('logitBias', () => {
  it('takes a map, pairs or an object as JSON has it', () => {
    const logits = Float32Array.of(1, 2, 3);
    const expected = [1, 1, never];
    expect([...logitBias(logits, new Map([[1, -1], [2, never]]))]).toEqual(expected);
    expect([...logitBias(logits, [[1, -1], [2, never]])]).toEqual(expected);
    expect([...logitBias(logits, { 1: -1, '2': never })]).toEqual(expected);
  });

  it('refuses what is no id or no bias', () => {
    expect(() => logitBias(new Float32Array(2), { x: 1 })).toThrow('logitBias: NaN is no token id');
    expect(() => logitBias(new Float32Array(2), { '': 1 })).toThrow('logitBias: NaN is no token id');
    expect(() => logitBias(new Float32Array(2), { 2: 1 })).toThrow('logitBias: 2 is no token of this vocabulary, whose ids run from 0 to 1; was it made with another tokenizer?');
    expect(() => logitBias(new Float32Array(2), { 1: NaN })).toThrow('logitBias of token 1 must be a finite number, or -Infinity to forbid it, got NaN');
    expect(() => logitBias(new Float32Array(2), { 1: Infinity })).toThrow('got Infinity');
  });
});

describe('allowTokens and suppressTokens', () => {
  it('are each other’s complement', () => {
    expect(keptBy(allowTokens(new Float32Array(5), [3, 1, 3]))).toEqual([1, 3]);
    expect(keptBy(suppressTokens(new Float32Array(5), [3, 1, 3]))).toEqual([0, 2, 4]);
    expect(keptBy(suppressTokens(new Float32Array(5), []))).toHaveLength(5);
  });

  it('refuse what is no token of the vocabulary, and a list that forbids all', () => {
    for (const list of [allowTokens, suppressTokens]) {
      expect(() => list(new Float32Array(5), [5])).toThrow('5 is no token of this vocabulary');
      expect(() => list(new Float32Array(5), [-1])).toThrow('-1 is no token id');
      expect(() => list(new Float32Array(5), [0.5])).toThrow('0.5 is no token id');
    }
    expect(() => allowTokens(new Float32Array(5), [])).toThrow('allowTokens: the list is empty');
    expect(keptBy(suppressTokens(new Float32Array(2), [0, 1]))).toEqual([]);
  });
});

describe('classifierFreeGuidance', () => {
  const conditional = Float32Array.of(1, 2, never, 0.5);
  const unconditional = Float32Array.of(2, 0, 1, never);

  it('goes from the one distribution through the other and beyond', () => {
    const c = logProbs(conditional);
    const u = logProbs(unconditional);
    softmax(classifierFreeGuidance(conditional, unconditional, 1)).forEach((p, id) => expect(p).toBeCloseTo(softmax(conditional)[id], 6));
    const strong = classifierFreeGuidance(conditional, unconditional, 3);
    expect(strong[0]).toBeCloseTo(u[0] + 3 * (c[0] - u[0]), 5);
    expect(strong[1]).toBeCloseTo(u[1] + 3 * (c[1] - u[1]), 5);
  });

  it('keeps what is impossible with the prompt impossible, and what is so only without it as it was', () => {
    const guided = classifierFreeGuidance(conditional, unconditional, 2);
    expect(guided[2]).toBe(never);
    expect(guided[3]).toBeCloseTo(logProbs(conditional)[3], 5);
  });

  it('refuses arrays of different lengths and unusable ones', () => {
    expect(() => classifierFreeGuidance(conditional, new Float32Array(3), 2)).toThrow('3 logits without the prompt, expected as many as with it: 4');
    expect(() => classifierFreeGuidance(conditional, Float32Array.of(NaN, 0, 0, 0), 2)).toThrow('logits[0] is NaN');
    expect(() => classifierFreeGuidance(conditional, unconditional, NaN)).toThrow('classifierFreeGuidance scale must be a finite number, got NaN; 1 changes nothing');
  });
});
