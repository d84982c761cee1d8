// Details of a text in steps are those of the whole text: ids, ranges, words and pieces, also where a part ends beside a character of
// several units, in a special token, or in white space.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CharacterTokenizer, tokenizerFromJSON, UnigramTokenizer, WordPieceTokenizer } from '@kk/tokenizer';
import { finished } from './support/finished.js';
import { anyText, code, emoji, english, german, scripts, whiteSpace } from './support/texts.js';
import { all, bytePairs } from './support/trained.js';

const corpus = [english, german, code, emoji, scripts, whiteSpace];
const trimmed = tokenizerFromJSON({ ...bytePairs.toJSON(), post_processor: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true } });
const tokenizers = [...all, ['WordPiece', WordPieceTokenizer.train(corpus, { vocabSize: 300 })], ['Unigram', UnigramTokenizer.train(corpus, { vocabSize: 300 })], ['trimmed ranges', trimmed]] as const;
const parts = fc.array(fc.oneof(fc.constantFrom('ein ', 'Wort', ' und 😀', ' eins. ', 'The 2 foxes ran ', '猫 ', '<|endof', 'text|> ', ' a\u0301b', ' \ud83d', '\n\n'), anyText), { maxLength: 12 });

it.each(tokenizers)('%s', (_name, tokenizer) => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 30 }), fc.boolean(), (list, unitsPerStep, byteOffsets) => {
      const text = list.join('');
      const options = { allowedSpecial: 'all', byteOffsets } as const;
      expect(finished(tokenizer.encodeWithDetailsInSteps(text, { ...options, unitsPerStep })).encoding).toEqual(tokenizer.encodeWithDetails(text, options));
    }),
  );
});

it('tells how much is done, and cuts between words', () => {
  const text = `${german} 😀 `.repeat(20);
  const { encoding, shares } = finished(bytePairs.encodeWithDetailsInSteps(text, { pair: text.slice(0, 500), unitsPerStep: 64 }));
  expect(encoding).toEqual(bytePairs.encodeWithDetails(text, { pair: text.slice(0, 500) }));
  expect(shares.length).toBeGreaterThan(text.length / 64);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect([shares[0]! > 0, shares[0]! < 0.1, shares.at(-1)! <= 1]).toEqual([true, true, true]);
});

it('cuts, pads and drops out as for the whole text', () => {
  for (const options of [{ truncation: { maxLength: 20, stride: 3 } }, { padding: { length: 400, id: 0, token: '<|pad|>' } }, { dropout: { probability: 0.3, seed: 5 } }]) {
    expect(finished(bytePairs.encodeWithDetailsInSteps(german, { ...options, unitsPerStep: 7 })).encoding).toEqual(bytePairs.encodeWithDetails(german, options));
  }
});

it('refuses what encodeWithDetails refuses, with the place in the whole text', () => {
  const known = CharacterTokenizer.train('ab ');
  const text = `${'ab '.repeat(20)}c`;
  expect(() => known.encodeWithDetails(text)).toThrow('at position 60');
  expect(() => finished(known.encodeWithDetailsInSteps(text, { unitsPerStep: 8 }))).toThrow('at position 60');
  expect(() => bytePairs.encodeWithDetailsInSteps('a', { unitsPerStep: 0 })).toThrow('unitsPerStep is 0');
  expect(() => finished(bytePairs.encodeWithDetailsInSteps(7 as never))).toThrow('encodeWithDetailsInSteps got 7');
});
