// What the check of options refuses, in which words, and what it lets pass.
import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { checkOptions, type OptionNames } from '../src/index.js';

interface Options {
  width?: number;
  topK?: number;
  temperature?: number;
  causal?: boolean;
}
interface Needed extends Options {
  heads: number;
}
const optional: OptionNames<Options> = { width: 'optional', topK: 'optional', temperature: 'optional', causal: 'flag' };
const needed: OptionNames<Needed> = { heads: 'required', ...optional };
const names = { width: true, topK: true, temperature: true, causal: true } as const;

/** Checks anything, as JavaScript does. */
const check = (options: unknown, known: unknown = optional) => () => checkOptions('own', options as Options, known as OptionNames<Options>);

describe('a name that is not known', () => {
  it.each([
    [{ temprature: 1 }, "own: unknown option 'temprature', did you mean 'temperature'?; known: width?, topK?, temperature?, causal?."],
    [{ top_k: 1 }, "own: unknown option 'top_k', did you mean 'topK'?; known: width?, topK?, temperature?, causal?."],
    [{ width: 1, 'TOP-K': 1 }, "own: unknown option 'TOP-K', did you mean 'topK'?; known: width?, topK?, temperature?, causal?."],
    [{ seed: undefined }, "own: unknown option 'seed'; known: width?, topK?, temperature?, causal?."],
    [{ toString: 1 }, "own: unknown option 'toString'; known: width?, topK?, temperature?, causal?."],
    [{ constructor: 1 }, "own: unknown option 'constructor'; known: width?, topK?, temperature?, causal?."],
    [JSON.parse('{ "__proto__": 1 }'), "own: unknown option '__proto__'; known: width?, topK?, temperature?, causal?."],
  ])('%o', (options, message) => {
    expect(check(options)).toThrow(new TypeError(message));
    expect(check(options, names)).toThrow(new TypeError(message.replaceAll('?,', ',').replace('?.', '.').replace(/('\w+'),? ?;/, '$1;')));
  });

  it('is none of any, where nothing is known', () => {
    expect(check({ a: 1 }, {})).toThrow(new TypeError("own: unknown option 'a'; known: none."));
    expect(check({}, {})).not.toThrow();
  });

  it('is found among names that are known, wherever it stands', () => {
    const known = Object.keys(names);
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom(...known)), fc.string().filter((name) => !known.includes(name)), fc.nat(known.length), (some, unknown, place) => {
        const order = [...some.slice(0, place), unknown, ...some.slice(place)];
        const options = Object.fromEntries(order.map((name) => [name, undefined]));
        expect(check(options)).toThrow(`own: unknown option '${unknown}'`);
        expect(check(Object.fromEntries(some.map((name) => [name, undefined])))).not.toThrow();
      }),
      { seed: 1 },
    );
  });
});

it.each([
  [3, '3'],
  ['topK', '"topK"'],
  [null, 'null'],
  [true, 'true'],
  [() => 1, 'a function'],
  [[], 'an empty list'],
  [[2], 'a list'],
  [new Map([['topK', 2]]), 'a Map'],
  [new Uint8Array(2), 'a Uint8Array'],
  [new EventEmitter(), 'an EventEmitter'],
])('%o is no options', (given, words) => {
  expect(check(given)).toThrow(new TypeError(`own got ${words} as its options; expected an object with width?, topK?, temperature?, causal?.`));
});

it('options that are undefined, or hold what is undefined, are as if they were left out', () => {
  for (const options of [undefined, {}, { topK: undefined, causal: undefined }, Object.create(null)]) {
    expect(check(options)).not.toThrow();
    expect(check(options, names)).not.toThrow();
  }
  class Own {
    topK = 3;
    reset(): void {}
  }
  expect(check(new Own())).not.toThrow();
});

it('an option that is missing', () => {
  expect(check({ heads: 1 }, needed)).not.toThrow();
  for (const options of [{}, { heads: undefined }, { width: 2 }]) expect(check(options, needed)).toThrow(new TypeError("own: the option 'heads' is missing; expected an object with heads, width?, topK?, temperature?, causal?."));
  expect(check(undefined, needed)).toThrow(new TypeError('own got undefined as its options; expected an object with heads, width?, topK?, temperature?, causal?.'));
});

it('a flag that is neither true nor false', () => {
  expect(check({ causal: true })).not.toThrow();
  expect(check({ causal: 'false' })).toThrow(new TypeError('own: causal is "false"; expected true or false.'));
  expect(check({ causal: 0 }, names)).not.toThrow(); // there the owner checks what is given
});

it('names that are forgotten, or that there are not, do not compile', () => {
  expectTypeOf<{ width: 'optional'; topK: 'optional'; temperature: 'optional' }>().not.toMatchTypeOf<OptionNames<Options>>();
  expectTypeOf<{ heads: 'optional' } & OptionNames<Options>>().not.toMatchTypeOf<OptionNames<Needed>>();
  // @ts-expect-error `causal` is missing
  checkOptions<Options>('own', {}, { width: true, topK: true, temperature: true });
  // @ts-expect-error there is no `height`
  checkOptions<Options>('own', {}, { ...names, height: true });
});
