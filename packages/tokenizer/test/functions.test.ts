// Functions over any tokenizer: decoding with offsets and to bytes, words, vocabularies, truncation to whole characters, added tokens, pairs in batches.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BytePairTokenizer, CharacterTokenizer, decodeBytes, decodeWithOffsets, encodeWords, type Tokenizer, truncateText, UnigramTokenizer, vocabularyOf, withAddedTokens, withSpecialTokens, WordPieceTokenizer } from '@kk/tokenizer';
import { loadCl100kBase } from '@kk/tokenizer/cl100k_base';
import { anyText, wellFormedText } from './support/texts.js';

const real = Intl.Segmenter.prototype.segment;
const story = 'Once upon a time there was a fox. The fox was clever; the goose was not. 🦊🪿 äöü '.repeat(20);
const bytePair = BytePairTokenizer.train(story, { vocabSize: 300 });
const cl100k = await loadCl100kBase();
const unigram = UnigramTokenizer.train(story, { vocabSize: 60 });
const wordPiece = WordPieceTokenizer.train(story, { vocabSize: 80 });
const tokenizers: [string, Tokenizer][] = [['byte pairs', bytePair], ['cl100k_base', cl100k], ['Unigram', unigram], ['WordPiece', wordPiece], ['characters', CharacterTokenizer.train(story, { unknownToken: '<unk>' })]];

describe.each(tokenizers)('%s', (name, tokenizer) => {
  it('decodes with offsets that rise and cut the text into what each token adds', () => {
    fc.assert(fc.property(wellFormedText, (text) => {
      const ids = tokenizer.encode(text, { addSpecialTokens: false });
      const { text: decoded, offsets } = decodeWithOffsets(tokenizer, ids);
      expect(decoded).toBe(tokenizer.decode(ids));
      expect(offsets).toHaveLength(ids.length);
      offsets.forEach((offset, i) => expect(offset).toBeGreaterThanOrEqual(offsets[i - 1] ?? 0));
    }), { numRuns: 100 });
  });

  it('cuts a text to a number of tokens, never in half a character, and as little as it can', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a fox ', 'the', '🦊', '👩‍👩‍👧', 'ä', '\n', '  ', 'goose'), { maxLength: 60 }), fc.nat(40), (parts, limit) => {
      const text = parts.join('');
      const cut = truncateText(tokenizer, text, limit);
      expect(text.startsWith(cut)).toBe(true);
      expect(cut).not.toMatch(/\p{Surrogate}/u);
      if (cut === '') return;
      expect(tokenizer.count(cut)).toBeLessThanOrEqual(limit);
      if (cut === text) expect(tokenizer.isWithinLimit(text, limit)).toBe(true);
    }), { numRuns: 200 });
    expect(truncateText(tokenizer, story, tokenizer.count(story))).toBe(story);
    expect(truncateText(tokenizer, story, 50).length).toBeGreaterThan(30);
    expect(() => truncateText(tokenizer, 'a', -1)).toThrow(/limit is -1/);
  });

  it('cuts no emoji, flag, letter with marks or line break that has several code points', () => {
    const clusters = ['👩‍👩‍👧‍👦', '👍🏽', '🇩🇪', 'e\u0301\u0323', '\r\n', '각', 'क्षि', 'a', ' the', '中', '🦊'];
    fc.assert(fc.property(fc.array(fc.constantFrom(...clusters), { maxLength: 40 }), fc.nat(60), (parts, limit) => {
      const cut = truncateText(tokenizer, parts.join(''), limit);
      const bounds = new Set([0, ...[...new Intl.Segmenter('en').segment(parts.join(''))].map(({ index, segment }) => index + segment.length)]);
      expect(bounds).toContain(cut.length);
    }), { numRuns: 200, seed: 1 });
  });

  it('lists its vocabulary in the order of ids', () => {
    const vocabulary = vocabularyOf(tokenizer);
    expect([...vocabulary.values()]).toEqual([...vocabulary.values()].sort((a, b) => a - b));
    for (const [token, id] of [...vocabulary].slice(0, 500)) expect([tokenizer.tokenToId(token), tokenizer.idToToken(id)]).toEqual([id, token]);
    expect(vocabulary.size).toBeLessThanOrEqual(tokenizer.vocabSize);
  });

  it('encodes words by themselves, with their numbers', () => {
    const words = ['a', 'clever', 'fox', '', 'goose'];
    const { ids, words: numbers } = encodeWords(tokenizer, words);
    expect(numbers).toHaveLength(ids.length);
    words.forEach((word, i) => expect(ids.filter((_, place) => numbers[place] === i)).toEqual(tokenizer.encode(word, { addSpecialTokens: false })));
    expect(() => encodeWords(tokenizer, 'a fox' as never)).toThrow('encodeWords got "a fox"; expected a list of strings, one for each word.');
  });

  it('encodes pairs in batches as it does alone', () => {
    expect(tokenizer.encodeBatch(['a fox', ['a', 'the goose']])).toEqual([tokenizer.encode('a fox'), tokenizer.encode('a', { pair: 'the goose' })]);
    expect(() => tokenizer.encodeBatch([['a', 'b', 'c'] as never])).toThrow('encodeBatch got a list of 3 among the texts; expected a string, or a pair of strings.');
    expect(() => tokenizer.encodeBatch([['a', 'b']], { pair: 'c' })).toThrow('encodeBatch got a pair and the option pair; expected one of them.');
    expect(() => tokenizer.encodeBatch([['a', 1] as never])).toThrow('encodeBatch got 1; expected a string.');
  });
});

describe('the end of a text that is cut', () => {
  const letters = CharacterTokenizer.train('a👩\u200D👧🇩🇪');

  it('is before a family, a flag or a long row of flags that does not fit as a whole', () => {
    expect(truncateText(letters, 'a👩‍👩‍👧a', 5)).toBe('a');
    expect(truncateText(letters, 'a👩‍👩‍👧a', 6)).toBe('a👩‍👩‍👧');
    expect(truncateText(letters, '🇩🇪'.repeat(500), 501)).toBe('🇩🇪'.repeat(250));
  });

  it('is behind a whole code point where there is no Intl.Segmenter', () => {
    const { Segmenter } = Intl;
    try {
      Object.assign(Intl, { Segmenter: undefined });
      expect(truncateText(letters, 'a👩‍👩‍👧a', 5)).toBe('a👩‍👩\u200D');
    } finally {
      Object.assign(Intl, { Segmenter });
    }
  });

  it('is found without reading the text before it, however long', () => {
    const { Segmenter } = Intl;
    let longest = 0;
    const spy = vi.spyOn(Segmenter.prototype, 'segment').mockImplementation(function (this: Intl.Segmenter, text: string) {
      longest = Math.max(longest, text.length);
      return real.call(this, text);
    });
    expect(truncateText(letters, '👩‍👩‍👧'.repeat(20_000), 49_999)).toBe('👩‍👩‍👧'.repeat(9_999));
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(1030);
    spy.mockRestore();
  });
});

it('the offsets of tokens inside a character are those of the character, as in tiktoken', () => {
  // An emoji of four bytes and three tokens: tiktoken's decode_with_offsets gives each of them the place of the character (there in characters, here in UTF-16 units).
  const ids = cl100k.encode('a🦊b');
  expect(decodeWithOffsets(cl100k, ids)).toEqual({ text: 'a🦊b', offsets: [0, ...Array.from({ length: ids.length - 2 }, () => 1), 3] });
});

it('bytes of a byte-level tokenizer keep half a character, others give UTF-8', () => {
  fc.assert(fc.property(anyText, fc.nat(20), (text, cut) => {
    const ids = cl100k.encode(text).slice(0, cut);
    expect([...decodeBytes(cl100k, ids)]).toEqual(ids.flatMap((id) => [...cl100k.tokenBytes(id)]));
  }), { numRuns: 200 });
  const [first] = cl100k.encode('🦊');
  expect(decodeBytes(cl100k, [first!])).toEqual(new TextEncoder().encode('🦊').slice(0, cl100k.tokenBytes(first!).length));
  const ids = unigram.encode('the fox');
  expect(new TextDecoder().decode(decodeBytes(unigram, ids))).toBe(unigram.decode(ids));
  expect(() => decodeBytes(cl100k, [9e9])).toThrow(RangeError);
});

it('words of BERT have numbers, and what stands around them has none', () => {
  const { ids, words } = encodeWords(wordPiece, ['fox', 'goose']);
  expect(wordPiece.decode(ids).length).toBeGreaterThan(0);
  expect(words.filter((word) => word === null).length).toBe(wordPiece.encode('').length);
});

it('adds words that are always one token, and special ones', () => {
  const tokenizer = withAddedTokens(bytePair, ['goose-feather', { content: '<end>', special: true }, { content: 'fox', singleWord: true }]);
  expect(tokenizer.vocabSize).toBe(bytePair.vocabSize + 3);
  expect(tokenizer.encode('a goose-feather').at(-1)).toBe(bytePair.vocabSize);
  expect(tokenizer.encode('<end>')).toEqual(bytePair.encode('<end>'));
  expect(tokenizer.encode('<end>', { allowedSpecial: 'all' })).toEqual([bytePair.vocabSize + 1]);
  expect(tokenizer.encode('foxes')).toEqual(bytePair.encode('foxes'));
  expect(tokenizer.encode('fox')).toEqual([bytePair.vocabSize + 2]);
  expect(tokenizer.decode(tokenizer.encode('a goose-feather, a fox<end>'))).toBe('a goose-feather, a fox<end>');
  expect(withSpecialTokens(bytePair, ['<end>']).specialTokens.get('<end>')).toBe(bytePair.vocabSize);
  expect(() => withAddedTokens(bytePair, ['a', 'a'])).toThrow('withAddedTokens got the token "a" twice; expected each once.');
  expect(() => withAddedTokens(bytePair, [7 as never])).toThrow('withAddedTokens got the token 7; expected a text of at least one character');
});
