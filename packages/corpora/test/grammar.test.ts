// The engine on small grammars, where every text can be written out: exact values against a full enumeration.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkGrammar } from '../src/grammar/check.js';
import { randomDecider, replay } from '../src/grammar/decide.js';
import { measure } from '../src/grammar/measure.js';
import { agree, capital, cast, form, oneOf, pick, sequence, weighted, type Node } from '../src/grammar/nodes.js';
import { parse } from '../src/grammar/parse.js';
import { line, say, sometimes, tell } from '../src/grammar/template.js';
import { category, variable, type Category } from '../src/grammar/words.js';
import { write, writeTraced } from '../src/grammar/write.js';

const animals = category('animal', 'base', [
  { id: 'cat', forms: { base: 'cat', many: 'cats' }, features: { pronoun: 'she' } },
  { id: 'fox', forms: { base: 'fox', many: 'foxes' }, features: { pronoun: 'he' } },
  { id: 'goat', forms: { base: 'goat', many: 'goats' }, features: { pronoun: 'he' } },
  { id: 'hen', forms: { base: 'hen', many: 'hens' }, features: { pronoun: 'she' } },
  { id: 'ox', forms: { base: 'ox', many: 'oxen' }, features: { pronoun: 'he' } },
]);
const plain = (name: string, ...words: string[]): Category => category(name, 'base', words.map((base) => ({ id: base, forms: { base }, features: {} })));

/** Every derivation of a grammar with its text and probability: all lists of decisions, tried out one after the other. */
function enumerate(root: Node): { text: string; probability: number }[] {
  const found: { text: string; probability: number }[] = [];
  const next = (decisions: number[]): number[] | undefined => {
    const limits: number[] = [];
    const taken: number[] = [];
    const decide = (limit: number, allowed: (index: number) => boolean = () => true): number => {
      const at = taken.length;
      let index = decisions[at] ?? 0;
      while (index < limit && !allowed(index)) index++;
      let last = limit;
      while (last > 0 && !allowed(last - 1)) last--;
      limits.push(last);
      taken.push(index);
      return index;
    };
    const { text, choices } = writeTraced(root, {
      option: (choice) => decide(choice.options.length),
      word: ({ variable: { category: { words } } }, excepted) => decide(words.length, (index) => !excepted.includes(words[index])),
    });
    found.push({ text, probability: choices.reduce((product, choice) => product * choice.probability, 1) });
    for (let i = taken.length - 1; i >= 0; i--) if (taken[i] + 1 < limits[i]) return [...taken.slice(0, i), taken[i] + 1];
    return undefined;
  };
  for (let decisions: number[] | undefined = []; decisions; ) decisions = next(decisions);
  return found;
}

function expectMeasured(root: Node): void {
  const all = enumerate(root);
  const mean = (of: (text: string) => number) => all.reduce((sum, { text, probability }) => sum + probability * of(text), 0);
  const exact = measure(root);
  expect(all.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 10);
  expect(exact.derivations).toBe(all.length);
  expect(exact.entropy).toBeCloseTo(-all.reduce((sum, { probability }) => sum + probability * Math.log(probability), 0), 10);
  expect(exact.characters).toBeCloseTo(mean((text) => [...text].length), 10);
  expect(exact.bytes).toBeCloseTo(mean((text) => Buffer.byteLength(text)), 10);
  expect(exact.spaces).toBeCloseTo(mean((text) => text.split(' ').length - 1), 10);
  expect(exact.marks).toBeCloseTo(mean((text) => text.replace(/[^.!?]/g, '').length), 10);
}

const [a, b, c] = ['a', 'b', 'c'].map((name) => variable(name, animals));
const she = (of: typeof a) => agree(of, 'pronoun', { she: 'she', he: say`he, the ${plain('adjective', 'big', 'small', 'tiny')} one` });

/** Two and three different animals, agreement, unequal weights, an optional line, an umlaut and a character beyond 16 bits. */
const fable = cast([a, [b, a]], tell(
  line`the ${a} met ${b}.`,
  oneOf('event',
    weighted(3, line`${she(a)} said: "Grüß dich, ${b}!"`),
    weighted(1, pick(c, line`${she(b)} saw ${form(c, 'many')} 🦊.`, [a, b])),
  ),
  sometimes('coda', line`${she(b)} slept.`, 1, 4),
));

describe('measure', () => {
  it('agrees with the enumeration of every text', () => {
    expectMeasured(fable);
  });

  it('agrees with the enumeration on random grammars', () => {
    const leaf = fc.oneof(
      fc.constantFrom('x', 'yy. ', 'ö?').map((text): Node => ({ kind: 'text', text, free: [] })),
      fc.constantFrom(a, b).chain((of) => fc.constantFrom<Node>(form(of, 'base'), form(of, 'many'), agree(of, 'pronoun', { he: 'he', she: 'she ' }))),
    );
    const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
      tree: fc.oneof({ maxDepth: 3 },
        leaf,
        fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((children) => sequence(...children)),
        fc.tuple(fc.integer({ min: 1, max: 5 }), tie('tree'), tie('tree')).map(([weight, left, right]) => oneOf('choice', weighted(weight, left, 'left'), weighted(1, right, 'right'))),
      ),
    }));
    fc.assert(fc.property(tree, fc.boolean(), (body, different) => {
      const root = cast([a, different ? [b, a] : b], body);
      fc.pre(measure(root).derivations <= 2000);
      expectMeasured(root);
    }), { numRuns: 60 });
  });
});

describe('parse', () => {
  it('finds the one derivation of every text', () => {
    for (const { text, probability } of enumerate(fable)) {
      const derivations = parse(fable, text);
      expect(derivations).toHaveLength(1);
      const again = writeTraced(fable, replay(derivations[0]));
      expect(again.text).toBe(text);
      expect(again.choices.reduce((product, choice) => product * choice.probability, 1)).toBeCloseTo(probability, 12);
    }
  });

  it('finds every derivation of an ambiguous text', () => {
    const ambiguous = oneOf('split', say`a${oneOf('tail', 'b', 'bb')}`, say`ab${oneOf('tail', 'b', 'c')}`);
    expect(parse(ambiguous, 'abb')).toEqual([[0, 1], [1, 0]]);
  });

  it('counts a word that is drawn and never written as ambiguous', () => {
    expect(parse(pick(a, 'nothing'), 'nothing')).toHaveLength(5);
  });

  it('rejects what the grammar cannot write', () => {
    for (const text of ['', 'The cat met cat.', 'The cat met fox. He said', 'the cat met fox. He, the big one slept.']) expect(parse(fable, text)).toEqual([]);
  });
});

describe('write', () => {
  it('draws options and words as often as their probabilities say', () => {
    const grammar = cast([a, [b, a]], say`${a} ${b} ${oneOf('weight', weighted(7, 'often'), weighted(1, 'seldom'))}`);
    const decider = randomDecider(3);
    const counts = new Map<string, number>();
    const n = 40_000;
    for (let i = 0; i < n; i++) for (const [place, word] of write(grammar, decider).split(' ').entries()) counts.set(`${place}${word}`, (counts.get(`${place}${word}`) ?? 0) + 1);
    const deviation = (key: string, p: number) => Math.abs((counts.get(key) ?? 0) - n * p) / Math.sqrt(n * p * (1 - p));
    for (const word of ['cat', 'fox', 'goat', 'hen', 'ox']) {
      expect(deviation(`0${word}`, 1 / 5)).toBeLessThan(4.5);
      expect(deviation(`1${word}`, 1 / 5)).toBeLessThan(4.5);
    }
    expect(deviation('2often', 7 / 8)).toBeLessThan(4.5);
  });

  it('traces where a choice shows in the text', () => {
    const { text, choices } = writeTraced(fable, replay([1, 0, 0, 1, 1]));
    expect(text).toBe('The fox met cat. He, the small one said: "Grüß dich, cat!"');
    expect(choices.map(({ name, chosen, start, end }) => [name, chosen, text.slice(start, end)])).toEqual([
      ['a', 'fox', 'fox'], ['b', 'cat', 'cat'], ['event', 'she said: "Grüß dich, {b}!"', 'He, the small one said: "Grüß dich, cat!"'],
      ['adjective', 'small', 'small'], ['coda', 'left out', ''],
    ]);
  });

  it('capitalises the first letter after quotation marks, umlauts too', () => {
    expect(write(sequence(capital, '„', 'über'), randomDecider(0))).toBe('„Über');
  });
});

describe('mistakes of an author', () => {
  it.each([
    ['an empty category', () => category('none', 'base', []), /"none" has no words/],
    ['a word listed twice', () => plain('twice', 'x', 'x'), /lists "x" twice/],
    ['words of different shape', () => category('mixed', 'base', [{ id: 'x', forms: { base: 'x' }, features: {} }, { id: 'y', forms: { other: 'y' }, features: {} }]), /"y" has other forms/],
    ['a missing base form', () => category('based', 'nom', [{ id: 'x', forms: { base: 'x' }, features: {} }]), /no form "nom"/],
    ['a missing form', () => form(a, 'dative'), /no form "dative"/],
    ['a missing case of agreement', () => agree(a, 'pronoun', { he: 'he' }), /no case for "she"/],
    ['a choice of one', () => oneOf('lonely', 'x'), /at least two options/],
    ['two options alike', () => oneOf('twins', 'x', 'x'), /look the same/],
    ['a weight of one half', () => oneOf('half', weighted(0.5, 'x'), 'y'), /not a positive whole number/],
    ['an exception from another category', () => pick(a, 'x', [variable('other', plain('plain', 'x', 'y'))]), /different categories/],
    ['a line that does not end', () => line`no end`, /must end a sentence/],
    ['a word used where none is drawn', () => checkGrammar(sequence(a)), /no word is drawn for: a/],
    ['a variable drawn inside its own reach', () => checkGrammar(pick(a, pick(a, sequence(a)))), /drawn again/],
    ['exceptions that may be the same word', () => checkGrammar(cast([a, b, [c, a, b]], sequence(a, b, c))), /may be the same word/],
  ])('%s is an error', (_, build, message) => {
    expect(build).toThrow(message);
  });

  it('too few words for the exceptions is an error', () => {
    const single = plain('single', 'x');
    const [x, y] = [variable('x', single), variable('y', single)];
    expect(() => cast([x, [y, x]], sequence(x, y))).toThrow(/too few words/);
  });
});
