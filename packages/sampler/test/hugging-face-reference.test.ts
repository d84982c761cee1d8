// Agreement with the definitions of Hugging Face transformers' processors; how the file was made stands in fixtures/make-hugging-face-fixture.py.
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';
import reference from './fixtures/hugging-face-reference.json';

type Argument = number & number[] & number[][];
const apply: Record<string, (logits: Float32Array, history: number[], a: Argument[]) => Float32Array> = {
  temperature: (logits, _, [t]) => api.temperature(logits, t),
  topK: (logits, _, [k]) => api.topK(logits, k),
  topP: (logits, _, [p]) => api.topP(logits, p),
  minP: (logits, _, [p]) => api.minP(logits, p),
  typical: (logits, _, [mass]) => api.typical(logits, mass),
  epsilonCutoff: (logits, _, [epsilon]) => api.epsilonCutoff(logits, epsilon),
  etaCutoff: (logits, _, [epsilon]) => api.etaCutoff(logits, epsilon),
  repetitionPenalty: (logits, history, [penalty]) => api.repetitionPenalty(logits, history, penalty),
  noRepeatNGram: (logits, history, [n]) => api.noRepeatNGram(logits, history, n),
  badWords: (logits, history, [words]) => api.badWords(logits, history, words),
  logitBias: (logits, _, [pairs]) => api.logitBias(logits, pairs as unknown as [number, number][]),
  suppressTokens: (logits, _, [ids]) => api.suppressTokens(logits, ids),
  minLength: (logits, history, [length, end]) => api.minLength(logits, history, length, end),
  classifierFreeGuidance: (logits, _, [other, scale]) => api.classifierFreeGuidance(logits, Float32Array.from(other as number[]), scale),
};

const fromJson = (values: (number | null)[]): Float32Array => Float32Array.from(values, (value) => value ?? -Infinity);

describe.each(reference.cases.map((entry, index) => ({ index, ...entry })))('case $index: $processor', (entry) => {
  it('keeps the same tokens with the same logits', () => {
    const processed = apply[entry.processor](fromJson(entry.logits), entry.history, entry.arguments as Argument[]);
    const expected = fromJson(entry.processed);
    expect(processed.map((logit) => (logit === -Infinity ? 1 : 0))).toEqual(expected.map((logit) => (logit === -Infinity ? 1 : 0)));
    processed.forEach((logit, id) => logit > -Infinity && expect(Math.abs(logit - expected[id])).toBeLessThan(2e-5));
  });
});

describe.each(reference.chains.map((entry, index) => ({ index, ...entry })))('chain $index', ({ options, history, logits, probabilities }) => {
  it('of nine processors gives the same distribution', () => {
    const ours = api.distribution(fromJson(logits), options, { ids: history, promptLength: 0 });
    expect([...ours].map((p) => p > 0)).toEqual(probabilities.map((p) => p > 0));
    ours.forEach((p, id) => expect(Math.abs(p - probabilities[id])).toBeLessThan(2e-6));
  });
});
