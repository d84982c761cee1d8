// Edit distances and the names that they find.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distance, nearest } from '../src/nearest.js';

it.each([
  ['kitten', 'sitting', 3], // the example of Levenshtein's distance in most textbooks
  ['saturday', 'sunday', 3],
  ['intention', 'execution', 5], // Jurafsky and Martin, Speech and Language Processing, chapter 2
  ['', 'abc', 3],
  ['flaw', 'lawn', 2],
])('%s and %s', (a, b, changes) => {
  expect(distance(a, b)).toBe(changes);
});

it('is a metric', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      expect(distance(a, b)).toBe(distance(b, a));
      expect(distance(a, b) === 0).toBe(a === b);
      expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c));
    }),
    { seed: 1 },
  );
});

it.each([
  ['temprature', 'temperature'],
  ['learningrate', 'learningRate'],
  ['top_k', 'topK'],
  ['max_new_tokens', 'maxNewTokens'],
  ['topk', 'topK'],
  ['seed', undefined],
  ['', undefined],
])('%s means %s', (misspelt, meant) => {
  expect(nearest(misspelt, ['learningRate', 'topP', 'topK', 'temperature', 'maxNewTokens'])).toBe(meant);
});

it('finds nothing where nothing is known', () => {
  expect(nearest('topK', [])).toBeUndefined();
});
