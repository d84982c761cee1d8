import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenizerFromJSON, WordTokenizer } from '@kk/tokenizer';
import { wellFormedText } from './support/texts.js';

const tokens = (tokenizer: WordTokenizer): (string | undefined)[] => Array.from({ length: tokenizer.vocabSize }, (_, id) => tokenizer.idToToken(id));

describe('WordTokenizer', () => {
  it('keeps words, punctuation and white space, the most frequent first', () => {
    const tokenizer = WordTokenizer.train("Don't go.  Don't\ngo, \u00C4pfel!");
    expect(tokens(tokenizer)).toEqual(['<unk>', ' ', "Don't", 'go', '\n', '!', ',', '.', 'Äpfel']);
    expect(tokenizer.encode("go Don't!")).toEqual([3, 1, 2, 5]);
    expect(tokenizer.kind).toBe('word');
  });

  it('gives every text back whose words it knows', () => {
    fc.assert(
      fc.property(fc.array(wellFormedText, { minLength: 1 }), (parts) => {
        fc.pre(parts.some((part) => part !== ''));
        const tokenizer = WordTokenizer.train(parts, { unknownToken: null });
        for (const text of parts) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
  });

  it('keeps the most frequent words up to maxVocabSize, special tokens included', () => {
    const tokenizer = WordTokenizer.train('a b b c c c', { maxVocabSize: 4, specialTokens: ['<end>'], pattern: '\\S' });
    expect(tokens(tokenizer)).toEqual(['<unk>', '<end>', ' ', 'c']);
    expect(tokenizer.encode('c b')).toEqual([3, 2, 0]);
    expect(tokenizer.decode([3, 2, 0, 1])).toBe('c <unk><end>');
  });

  it('leaves rare words out with minFrequency', () => {
    expect(tokens(WordTokenizer.train('a-b-b-c-c-c', { minFrequency: 2 }))).toEqual(['<unk>', '-', 'c', 'b']);
  });

  it('says which word it does not know when it has no unknown token', () => {
    const tokenizer = WordTokenizer.train('one two', { unknownToken: null });
    expect(() => tokenizer.encode('one three')).toThrow('Cannot encode the word "three" at position 4');
    expect(() => tokenizerFromJSON(tokenizer.toJSON()).encode('one three')).toThrow('Cannot encode the word "three"');
  });

  it('has words that are also names of properties', () => {
    const text = 'constructor toString hasOwnProperty 0 1 __proto__';
    const tokenizer = WordTokenizer.train(text, { unknownToken: null, pattern: '\\S+' });
    const copy = tokenizerFromJSON(JSON.parse(JSON.stringify(tokenizer)));
    expect(copy.tokenToId('__proto__')).toBe(tokenizer.tokenToId('__proto__'));
    expect(copy.decode(copy.encode(text))).toBe(text);
    expect(copy.tokenToId('valueOf')).toBeUndefined();
  });

  it('does not take ordinary text for a special token that looks like a word', () => {
    const tokenizer = WordTokenizer.train('the END the', { specialTokens: ['END'] });
    expect(tokenizer.encode('the END')).toEqual([tokenizer.tokenToId('the'), tokenizer.tokenToId(' '), 0]);
    expect(tokenizer.encode('END', { allowedSpecial: ['END'] })).toEqual([1]);
  });

  it('sees a lone surrogate as U+FFFD', () => {
    const tokenizer = WordTokenizer.train('a \uFFFD', { unknownToken: null });
    expect(tokenizer.decode(tokenizer.encode('a \uD800'))).toBe('a \uFFFD');
  });

  it.each([
    ['', {}, 'the training text is empty'],
    ['a', { minFrequency: 2 }, 'No word of the training text occurs 2 times'],
    ['a', { minFrequency: 0 }, 'minFrequency is 0; expected an integer of at least 1'],
    ['a', { maxVocabSize: 1 }, 'maxVocabSize is 1; expected an integer of at least 2, for 1 special tokens and a word'],
    ['a', { maxVocabSize: 2.5 }, 'maxVocabSize is 2.5'],
    ['a', { pattern: 'a\\K' }, 'which cannot be translated'],
    ['a', { unknownToken: 7 }, 'A special token is 7'],
  ])('refuses to learn from %j with %j', (texts, options, message) => {
    expect(() => WordTokenizer.train(texts, options as object)).toThrow(message);
  });

  it('refuses an unknown token that is no token', () => {
    expect(() => new WordTokenizer({ tokens: ['a'], unknownToken: '<unk>' })).toThrow('The unknown token "<unk>" is not in the vocabulary');
  });
});
