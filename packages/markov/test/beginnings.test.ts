// How a text without a prompt begins: as the training texts begin, or their sentences.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markovFromArpa, markovFromBytes, markovFromJSON, markovToArpa, markovToBytes, markovToJSON, readArpa, TextMarkov, type TextMarkovOptions, type TextSource } from '../src/index.js';

type Beginning = 'text' | 'sentence' | undefined;
const two = 'Der Hund bellt. Die Katze schläft.';

/** A tokenizer whose tokens are letters. */
const letters = { encode: (text: string) => Array.from(text, (letter) => letter.charCodeAt(0)), decode: (ids: number[]) => String.fromCharCode(...ids), vocabSize: 128 };

/** How often each beginning came, of 200 seeds. */
function beginnings(model: TextMarkov, length: number, beginning?: Beginning): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let seed = 0; seed < 200; seed++) {
    const text = model.generate({ length, seed, beginning });
    counts[text] = (counts[text] ?? 0) + 1;
  }
  return counts;
}

/** 71 to 129: four standard deviations of a fair coin over 200 throws are 28. */
const half = expect.closeTo(100, -1.76) as number;

describe('a text without a prompt', () => {
  it.each<[string, string | TextSource[], TextMarkovOptions, number, Beginning, Record<string, number>]>([
    ['begins as the only text begins', two, { unit: 'word', order: 1 }, 1, undefined, { Der: 200 }],
    ['also by letters', two, { unit: 'character', order: 1 }, 1, undefined, { D: 200 }],
    ['with the first `order` units of a text', two, { unit: 'character', order: 5 }, 5, undefined, { 'Der H': 200 }],
    ['as one of the texts, by their weights', [{ text: 'rot ist es', weight: 1 }, { text: 'grün ist es', weight: 1 }], { unit: 'word', order: 2 }, 2, 'text', { 'rot ist': half, 'grün ist': half }],
    ['never as a text that counts nothing beside another', [{ text: 'a b', weight: 1_000_000 }, { text: 'b a', weight: 1 }], { unit: 'word', order: 1 }, 1, 'text', { a: 200 }],
    ['with what stands second at a beginning, not elsewhere', 'a b a c a c', { unit: 'word', order: 2 }, 2, 'text', { 'a b': 200 }],
    ['as its sentences with `sentences`', two, { unit: 'word', order: 1, sentences: true }, 1, undefined, { Der: half, Die: half }],
    ['as its lines by letters with `sentences`', 'ab\ncd', { unit: 'character', order: 2, sentences: true }, 2, undefined, { ab: half, cd: half }],
    ['on request as its sentences, the first one included', two, { unit: 'word', order: 1 }, 1, 'sentence', { Der: half, Die: half }],
    ['on request as its sentences by letters', 'Hallo. Du', { unit: 'character', order: 2 }, 1, 'sentence', { H: half, D: half }],
    ['as the text where letters cannot tell an end of a sentence', 'Ja. Du da', { unit: 'character', order: 1 }, 1, 'sentence', { J: 200 }],
    ['after the white space before it', '\n\n  Ja', { unit: 'character', order: 2 }, 2, undefined, { Ja: 200 }],
    ['shorter than the order', 'la', { unit: 'word', order: 4 }, 2, undefined, { 'la la': 200 }],
    ['with whole graphemes', '👩‍👧a', { unit: 'grapheme', order: 1 }, 1, undefined, { '👩‍👧': 200 }],
  ])('%s', (_, texts, options, length, beginning, expected) => {
    expect(beginnings(TextMarkov.train(texts, options), length, beginning)).toEqual(expected);
  });

  it('begins anywhere where the chain has no memory', () => {
    expect(Object.keys(beginnings(TextMarkov.train('ab', { unit: 'character', order: 0 }), 1)).sort()).toEqual(['a', 'b']);
  });

  it('begins as the texts of a tokenizer begin', () => {
    expect(beginnings(TextMarkov.train(' cab', { unit: letters, order: 2 }), 2)).toEqual({ ca: 200 });
  });

  it('does not begin with <unk>', () => {
    const model = TextMarkov.train(['x a a', 'a x a'], { unit: 'word', order: 1, unknowns: true, minCount: 3 });
    expect(beginnings(model, 1)).toEqual({ a: 200 });
  });

  it('is chosen by temperature, too', () => {
    const model = TextMarkov.train(['a', 'a', 'b'], { unit: 'word', order: 1 });
    for (let seed = 0; seed < 50; seed++) expect(model.generate({ length: 1, seed, temperature: 0 })).toBe('a');
    expect(Object.keys(beginnings(model, 1)).sort()).toEqual(['a', 'b']);
  });

  it('begins as some text, letter by letter, whatever the texts', () => {
    const strings = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(strings, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 1000 }), (texts, order, seed) => {
        const written = TextMarkov.train(texts, { unit: 'character', order }).generate({ length: order, seed });
        // A text that ends before has no say in what follows.
        expect(texts.some((text) => text.slice(0, order) === written.slice(0, text.length))).toBe(true);
      }),
    );
  });

  it('follows texts that are added and removed', () => {
    const model = TextMarkov.train([{ text: 'a b', name: 'first' }, { text: 'c d', name: 'second' }], { unit: 'word', order: 2 });
    model.add({ text: 'e f', name: 'third' });
    expect(Object.keys(beginnings(model, 2)).sort()).toEqual(['a b', 'c d', 'e f']);
    model.remove('third');
    expect(beginnings(model, 2)).toEqual({ 'a b': half, 'c d': half });
    expect(beginnings(model.withSmoothing('witten-bell'), 2)).toEqual({ 'a b': half, 'c d': half });
  });

  it('knows how texts began that were not kept', async () => {
    const model = await TextMarkov.trainStream(['a b', 'c d'], { unit: 'word', order: 2 });
    expect(beginnings(model, 2)).toEqual({ 'a b': half, 'c d': half });
  });

  it('is the same from a file, which tells how texts begin', () => {
    const model = TextMarkov.train(['a b a', 'c d'], { unit: 'word', order: 2 });
    for (const read of [markovFromBytes(markovToBytes(model, { texts: false })), markovFromJSON(JSON.parse(JSON.stringify(markovToJSON(model))))]) {
      for (let seed = 0; seed < 20; seed++) expect(read.generate({ length: 8, seed })).toBe(model.generate({ length: 8, seed }));
    }
    const broken = { ...(markovToJSON(model) as object), beginnings: [{ ids: [0, 9], count: 1 }] };
    expect(() => markovFromJSON(broken)).toThrow('an id of a beginning of the model is 9: expected an integer from 0 to 3');
  });

  it('finds in the counts how the texts of an older file began', () => {
    const older = (texts: string | TextSource[] | string[], options: TextMarkovOptions, writeOptions = {}): TextMarkov => markovFromJSON({ ...markovToJSON(TextMarkov.train(texts, options), writeOptions), beginnings: undefined });
    expect(beginnings(older(two, { unit: 'word', order: 1 }), 1)).toEqual({ Der: 200 });
    expect(beginnings(older(two, { unit: 'word', order: 1 }, { texts: false }), 1)).toEqual({ Der: 200 });
    expect(beginnings(older(['Rosen sind rot', 'Veilchen sind blau'], { unit: 'word', order: 2 }), 2)).toEqual({ 'Rosen sind': half, 'Veilchen sind': half });
    expect(beginnings(older('\n Ja', { unit: 'character', order: 4 }), 2)).toEqual({ Ja: 200 });
    expect(older(['a b', 'a b c d', 'b', 'a b'], { unit: 'word', order: 3 }).parts.beginnings.list).toEqual([{ ids: [0, 1, 2], count: 1 }, { ids: [0, 1], count: 2 }, { ids: [1], count: 1 }]);
  });

  it('finds them for any texts as training does', () => {
    const texts = fc.array(fc.record({ text: fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 }), weight: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 6 });
    const sorted = ({ parts }: TextMarkov): string[] => parts.beginnings.list.map(({ ids, count }) => `${ids.join()}: ${count}`).sort();
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 5 }), (sources, order) => {
        const trained = TextMarkov.train(sources, { unit: 'character', order });
        expect(sorted(markovFromJSON({ ...markovToJSON(trained), beginnings: undefined }))).toEqual(sorted(trained));
      }),
    );
  });

  it('begins as sentences do where nothing tells how texts begin', () => {
    const arpa = markovFromArpa(readArpa(markovToArpa(TextMarkov.train(two, { unit: 'word', order: 1, sentences: true }))), { unit: 'word' });
    expect(beginnings(arpa, 1)).toEqual({ Der: half, Die: half });
  });

  it.each<[string, TextSource[], TextMarkovOptions, number, Record<string, number>]>([
    ['letters', [{ text: 'abc', weight: 5 }, { text: 'acb', weight: 2 }, { text: 'bac' }], { unit: 'character', order: 2 }, 2, { ab: 5, ac: 2, ba: 1 }],
    ['words', [{ text: 'Rosen sind rot', weight: 4 }, { text: 'Veilchen sind blau', weight: 3 }, { text: 'Veilchen blühen' }], { unit: 'word', order: 2, smoothing: 'witten-bell' }, 2, { 'Rosen sind': 4, 'Veilchen sind': 3, 'Veilchen blühen': 1 }],
    ['sentences of words', [{ text: 'Er bellt. Sie bellt. Er schläft.' }, { text: 'Sie schläft. Er ruft! Es ruft.' }], { unit: 'word', order: 1, sentences: true }, 1, { Er: 3, Sie: 2, Es: 1 }],
    ['tokens', [{ text: 'xy', weight: 3 }, { text: 'zy', weight: 1 }], { unit: letters, order: 2 }, 2, { xy: 3, zy: 1 }],
  ])('begins as often with each beginning as the texts do: %s', (_, sources, options, length, weights) => {
    const model = TextMarkov.train(sources, options);
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < 4000; seed++) {
      const text = model.generate({ length, seed });
      counts[text] = (counts[text] ?? 0) + 1;
    }
    expect(Object.keys(counts).sort()).toEqual(Object.keys(weights).sort());
    const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
    const chiSquare = Object.entries(weights).reduce((sum, [text, weight]) => sum + (counts[text] - (4000 * weight) / total) ** 2 / ((4000 * weight) / total), 0);
    // The 99.9 % points of the distribution with 1 and 2 degrees of freedom (any table of it).
    expect(chiSquare).toBeLessThan(Object.keys(weights).length === 2 ? 10.828 : 13.816);
  });

  it('goes on with a new text where every text ends', () => {
    const texts = ['Rosen sind rot', 'Veilchen sind blau'];
    for (const unit of ['word', 'whitespace'] as const) {
      for (const smoothing of ['mle', 'witten-bell'] as const) {
        const model = TextMarkov.train(texts, { unit, order: 2, smoothing });
        // "rot" and "blau" only end texts. With smoothing anything may come, but not after them.
        for (let seed = 0; seed < 40; seed++) {
          const written = model.generate({ length: 30, seed });
          expect(written).not.toMatch(/(rot|blau) (?!Rosen|Veilchen)/);
          if (smoothing === 'mle') expect(written).toMatch(/^((Rosen sind rot|Veilchen sind blau)( |$))+$/);
        }
        expect(model.generate({ length: 1, seed: 1, prompt: 'sind blau' })).toMatch(/^sind blau (Rosen|Veilchen)$/);
      }
    }
    expect(TextMarkov.train(['ab', 'cd'], { unit: 'character', order: 1 }).generate({ length: 20, seed: 3 })).toMatch(/^(ab|cd)+$/);
  });

  it('refuses another beginning', () => {
    expect(() => TextMarkov.train('a', { unit: 'word', order: 1 }).generate({ length: 1, beginning: 'page' as 'text' })).toThrow('beginning must be text or sentence, got "page"');
  });
});
