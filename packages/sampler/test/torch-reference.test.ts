// Agreement with PyTorch on temperature, top-k and top-p; how the file was made stands in fixtures/make-torch-fixture.py.
import { describe, expect, it } from 'vitest';
import { distribution, softmax, temperature, topK, topP } from '../src/index.js';
import reference from './fixtures/torch-reference.json';

describe.each(reference.cases.map((entry, index) => ({ index, ...entry })))('torch case $index: T $temperature, k $topK, p $topP', (entry) => {
  const logits = Float32Array.from(entry.logits, (logit) => logit ?? -Infinity);
  const options = { temperature: entry.temperature, topK: entry.topK ?? undefined, topP: entry.topP ?? undefined };

  it('distribution() gives the same probabilities and keeps the same tokens', () => {
    const probabilities = distribution(logits, options);
    expect(largestDifference(probabilities, entry.probabilities)).toBeLessThan(1e-6);
    expect(idsWhere(probabilities, (p) => p > 0)).toEqual(entry.kept);
  });

  it('so do the processors one after another', () => {
    let processed = temperature(logits, options.temperature);
    if (options.topK !== undefined) processed = topK(processed, options.topK);
    if (options.topP !== undefined) processed = topP(processed, options.topP);
    expect(idsWhere(processed, (logit) => logit > -Infinity)).toEqual(entry.kept);
    expect(largestDifference(softmax(processed), entry.probabilities)).toBeLessThan(1e-6);
  });
});

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i])), 0);
}

function idsWhere(values: Float32Array, keep: (value: number) => boolean): number[] {
  return [...values.keys()].filter((id) => keep(values[id]));
}
