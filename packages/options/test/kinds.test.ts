// Arguments of a wrong kind are named with what was given and what is expected; those of the right kind pass.
import { expect, it } from 'vitest';
import { hasMethod, requireFunction, requireIterable, requireList, requireMethod, requireText, wrongKind } from '../src/index.js';

it('says what was given, in quotes where it is a text, and what was expected', () => {
  expect(wrongKind('model', null, 'a model')).toEqual(new TypeError('model is null; expected a model.'));
  expect(wrongKind('model', 'gpt2', 'a model')).toEqual(new TypeError('model is "gpt2"; expected a model.'));
  expect(wrongKind('model', {}, 'a model')).toEqual(new TypeError('model is a plain object; expected a model.'));
});

it('says that a Promise has to be waited for', () => {
  expect(wrongKind('model', Promise.resolve(1), 'a model')).toEqual(new TypeError('model is a Promise; expected a model. Write await before what gives it.'));
});

it.each<[string, (value: unknown) => void, unknown[], unknown[]]>([
  ['a function', (value) => requireFunction('it', value), [(): number => 1, class {}], [undefined, null, 1, 'a', {}]],
  ['a string', (value) => requireText('it', value), ['', 'a'], [undefined, null, 1, ['a']]],
  ['a list', (value) => requireList('it', value, 'a list'), [[], Int32Array.of(1), { length: 0 }], [undefined, null, 1, 'a', {}, new Set(), (a: number): number => a]],
  ['a row', (value) => requireIterable('it', value, 'a row'), [[], new Set(), Int32Array.of(1)], [undefined, null, 1, 'a', {}, { length: 0 }]],
  ['a Map', (value) => requireMethod('it', value, 'get', 'a Map'), [new Map(), { get: (): number => 1 }], [undefined, null, 1, 'a', { get: 1 }]],
])('%s passes, and nothing else', (expected, check, right, wrong) => {
  for (const value of right) expect(() => check(value)).not.toThrow();
  for (const value of wrong) expect(() => check(value)).toThrow(`; expected ${expected}.`);
});

it('finds methods of functions too, and none of a number or a string', () => {
  expect(hasMethod(Array, 'from')).toBe(true);
  expect(hasMethod('a', 'slice')).toBe(false);
  expect(hasMethod(1, 'toFixed')).toBe(false);
});
