// What goes wrong elsewhere: extreme settings, large vocabularies, options out of range.
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';
import * as stages from '../src/stages/index.js';
import { keptBy } from './arbitraries.js';

const never = -Infinity;
describe('settings at their ends', () => {
  const logits = Float32Array.of(1, 5, never, 5, -40);

  it('top-p 0 and 1, top-k above the vocabulary, temperature next to 0', () => {
    const kept = (...some: api.Stage[]): number[] => new api.Sampler(some, { seed: 0 }).explain(logits).stages.at(-1)!.tokens.map(({ id }) => id);
    expect(kept(stages.topP(0))).toEqual([1]);
    expect(kept(stages.topP(1))).toEqual([1, 3, 0, 4]);
    expect(kept(stages.topK(1_000_000))).toEqual([1, 3, 0, 4]);
    const cold = new api.Sampler([stages.temperature(Number.MIN_VALUE)], { seed: 0 }).distribution(logits);
    expect([...cold]).toEqual([0, 0.5, 0, 0.5, 0]);
    expect(kept(stages.temperature(0))).toEqual([1]);
  });

  it('a chain that forbids everything says so, wherever it happens', () => {
    const all = [0, 1, 2, 3, 4];
    expect(() => new api.Sampler([stages.suppressTokens(all)]).sample(logits)).toThrow('all 5 logits are -Infinity: no token is possible; a mask or filter before this one forbids everything');
    expect(() => new api.Sampler([stages.topK(1), stages.allowTokens([0])]).sample(logits)).toThrow('no token is possible');
    expect(() => new api.Sampler([stages.allowTokens([2]), stages.topP(0.5)]).sample(logits)).toThrow('no token is possible');
    expect(() => new api.Sampler([stages.suppressTokens(all)], { draw: 'gumbel' }).sample(logits)).toThrow('no token is possible');
  });

  it('a prompt that is longer than the text is refused, wherever a history goes', () => {
    for (const promptLength of [4, -1, 0.5, NaN]) {
      const history = { ids: [0, 1, 2], promptLength };
      const message = `history.promptLength is ${promptLength}: expected an integer from 0 to the 3 ids of the text`;
      expect(() => new api.Sampler([]).sample(logits, history)).toThrow(message);
      expect(() => api.explain(logits, [], { history })).toThrow(message);
      expect(() => api.forceTokens(logits, history, [0])).toThrow(message);
    }
  });

  it('finds NaN behind any first stage', () => {
    for (const stage of [stages.topK(1), stages.topP(0.5), stages.minP(0.5), stages.typical(0.5), stages.temperature(2), stages.repetitionPenalty(2), stages.logitBias({ 0: 1 })]) {
      expect(() => new api.Sampler([stage]).sample(Float32Array.of(1, 2, NaN)), stage.name).toThrow('logits[2] is NaN');
    }
  });
});

describe('131,072 tokens', () => {
  const size = 131_072;

  it('top-p keeps what float64 sums demand, where a float32 sum is off by more than a hundred tokens', () => {
    const logits = Float32Array.from({ length: size }, (_, id) => Math.sin(id) * 2);
    const weights = [...logits].map(Math.exp).sort((a, b) => b - a);
    const total = weights.reduce((a, b) => a + b);
    let needed = 0;
    for (let reached = 0; reached < 0.999 * total; needed++) reached += weights[needed];
    const kept = keptBy(api.topP(logits, 0.999)).length;
    expect(Math.abs(kept - needed)).toBeLessThanOrEqual(1);

    let inFloat32 = 0;
    for (let reached = 0; reached < Math.fround(0.999); inFloat32++) reached = Math.fround(reached + Math.fround(weights[inFloat32] / total));
    expect(Math.abs(inFloat32 - needed)).toBeGreaterThan(100);
  });

  it('all equal: every filter by rank cuts at the right id', () => {
    const equal = new Float32Array(size);
    expect(keptBy(api.topP(equal, 0.25))).toHaveLength(size / 4);
    expect(keptBy(api.topK(equal, 40))).toHaveLength(size);
    expect(keptBy(api.typical(equal, 0.25))).toHaveLength(size);
    expect(new api.Sampler([stages.topK(40, { ties: 'lowestIds' })], { seed: 0 }).explain(equal).stages[1].remaining).toBe(40);
  });
});

describe('options out of range', () => {
  const l = new Float32Array(2);
  it.each<[string, () => unknown, string]>([
    ['minP', () => api.minP(l, 1.1), 'minP must be a number from 0 to 1, got 1.1; 0 keeps every token, 1 only the most probable'],
    ['typical', () => api.typical(l, -1), 'typical mass must be a number from 0 to 1, got -1'],
    ['epsilonCutoff', () => api.epsilonCutoff(l, NaN), 'epsilonCutoff must be a number from 0 to 1, got NaN'],
    ['etaCutoff', () => api.etaCutoff(l, 2), 'etaCutoff must be a number from 0 to 1, got 2'],
    ['topNSigma', () => api.topNSigma(l, -1), 'topNSigma must be a finite number from 0, got -1'],
    ['tailFree', () => api.tailFree(l, 2), 'tailFree z must be a number from 0 to 1, got 2'],
    ['xtc probability', () => stages.xtc({ probability: 2, threshold: 0 }), 'xtc probability must be a number from 0 to 1, got 2'],
    ['xtc threshold', () => stages.xtc({ probability: 1, threshold: -1 }), 'xtc threshold must be a number from 0 to 1, got -1'],
    ['tau', () => stages.mirostat2({ tau: 0 }), 'mirostat tau must be a finite number above 0, got 0; 5 bits is usual'],
    ['eta', () => stages.mirostat1({ eta: -1 }), 'mirostat eta must be a finite number above 0, got -1'],
    ['mu', () => api.mirostat2(l, NaN), 'mirostat mu must be a finite number, got NaN'],
    ['estimateFrom', () => stages.mirostat1({ estimateFrom: 1 }), 'mirostat estimateFrom must be an integer from 2, got 1'],
    ['low', () => api.dynamicTemperature(l, { low: -1, high: 1 }), 'dynamicTemperature low must be a finite number from 0, got -1'],
    ['high', () => api.dynamicTemperature(l, { low: 2, high: 1 }), 'dynamicTemperature high must be a finite number from 2, got 1; it must not be below low'],
    ['exponent', () => api.dynamicTemperature(l, { low: 1, high: 2, exponent: 0 }), 'dynamicTemperature exponent must be a finite number above 0, got 0'],
    ['repetitionPenalty', () => api.repetitionPenalty(l, [], 0), 'repetitionPenalty must be a finite number above 0, got 0; 1 changes nothing'],
    ['frequencyPenalty', () => api.frequencyPenalty(l, [], Infinity), 'frequencyPenalty must be a finite number, got Infinity; 0 changes nothing'],
    ['presencePenalty', () => api.presencePenalty(l, [], NaN), 'presencePenalty must be a finite number, got NaN'],
    ['lastTokens', () => api.presencePenalty(l, [], 1, { lastTokens: 1.5 }), 'presencePenalty lastTokens must be an integer from 0, got 1.5; leave it out to look at the whole text'],
    ['multiplier', () => api.dry(l, [], { multiplier: -1 }), 'dry multiplier must be a finite number from 0, got -1'],
    ['base', () => api.dry(l, [], { multiplier: 1, base: 0.5 }), 'dry base must be a finite number from 1, got 0.5'],
    ['allowedLength', () => api.dry(l, [], { multiplier: 1, allowedLength: 0 }), 'dry allowedLength must be an integer from 1, got 0'],
    ['breakers', () => api.dry(l, [], { multiplier: 1, breakers: [-1] }), 'dry breakers: -1 is no token id'],
    ['noRepeatNGram', () => api.noRepeatNGram(l, [], 0), 'noRepeatNGram must be an integer from 1, got 0'],
    ['badWords', () => api.badWords(l, [], [[1], []]), 'badWords[1] is empty; expected the ids of at least one token'],
    ['minLength', () => api.minLength(l, [], -1, []), 'minLength must be an integer from 0, got -1'],
    ['ties', () => stages.topK(1, { ties: 'all' as 'keep' }), `topK ties must be 'keep' or 'lowestIds', got "all"`],
  ])('%s', (_, use, message) => {
    expect(use).toThrow(RangeError);
    expect(use).toThrow(message);
  });
});
