import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CharacterTokenizer, tokenizerFromJSON } from '@kk/tokenizer';
import { wellFormedText } from './support/texts.js';

describe('CharacterTokenizer', () => {
  it('numbers the characters in the order of their code points', () => {
    const tokenizer = CharacterTokenizer.train('hello, 😀\uFB01\nworld');
    const vocabulary = Array.from({ length: tokenizer.vocabSize }, (_, id) => tokenizer.idToToken(id));
    expect(vocabulary).toEqual(['\n', ' ', ',', 'd', 'e', 'h', 'l', 'o', 'r', 'w', '\uFB01', '😀']);
    expect(tokenizer.encode('held 😀')).toEqual([5, 4, 6, 3, 1, 11]);
    expect(tokenizer.decode([5, 4, 6, 3, 1, 11])).toBe('held 😀');
    expect(tokenizer.kind).toBe('character');
  });

  it('learns from several texts and gives every known text back', () => {
    fc.assert(
      fc.property(fc.array(wellFormedText, { minLength: 1 }), (parts) => {
        fc.pre(parts.some((part) => part !== ''));
        const tokenizer = CharacterTokenizer.train(parts);
        const text = parts.toReversed().join('');
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
        expect(tokenizer.encode(text)).toHaveLength([...text].length);
      }),
    );
  });

  it('says which character it does not know, and where', () => {
    const tokenizer = CharacterTokenizer.train('abc');
    expect(() => tokenizer.encode('ab😀')).toThrow('Cannot encode "😀" (U+1F600) at position 2: it is none of the 3 tokens.');
    expect(() => tokenizer.encode('a\nb')).toThrow('Cannot encode "\\n" (U+000A) at position 1');
  });

  it('counts the position from the beginning of the text, special tokens included', () => {
    const tokenizer = CharacterTokenizer.train('abc', { specialTokens: ['<end>'] });
    expect(() => tokenizer.encode('a<end>x', { allowedSpecial: 'all' })).toThrow('at position 6');
  });

  it('maps unknown characters to the unknown token when it has one', () => {
    const tokenizer = CharacterTokenizer.train('abc', { unknownToken: '<unk>', specialTokens: ['<end>'] });
    expect([...tokenizer.specialTokens]).toEqual([
      ['<unk>', 0],
      ['<end>', 1],
    ]);
    expect(tokenizer.encode('a😀c')).toEqual([2, 0, 4]);
    expect(tokenizer.decode([2, 0, 4])).toBe('a<unk>c');
    expect(tokenizer.decode([2, 0, 4], { skipSpecialTokens: true })).toBe('ac');
    expect(tokenizerFromJSON(tokenizer.toJSON()).encode('a😀c')).toEqual([2, 0, 4]);
  });

  it('sees a lone surrogate as U+FFFD, in training as in encoding', () => {
    const tokenizer = CharacterTokenizer.train('a\uD800');
    expect(tokenizer.idToToken(1)).toBe('\uFFFD');
    expect(tokenizer.decode(tokenizer.encode('\uDC00a\uD83D'))).toBe('\uFFFDa\uFFFD');
  });

  it('stays without an unknown token in a file, even when a special token is called <unk>', () => {
    const tokenizer = CharacterTokenizer.train('abc', { specialTokens: ['<unk>'] });
    expect(() => tokenizerFromJSON(tokenizer.toJSON()).encode('x')).toThrow('Cannot encode "x"');
  });

  it('keeps the characters of __proto__ and long files', () => {
    const tokenizer = CharacterTokenizer.train('__proto__');
    expect(tokenizer.decode(tokenizer.encode('__proto__'.repeat(50_000)))).toHaveLength(450_000);
  });

  it.each([
    ['', {}, 'the training text is empty'],
    [[], {}, 'the training text is empty'],
    [['a', 7], {}, 'Training text 1 is 7; expected a string'],
    [null, {}, 'The training text is null; expected a string or an iterable of strings'],
    [{}, {}, 'The training text is an object'],
    ['abc', { specialTokens: ['x'] }, 'The special token "x" is a single character'],
    ['abc', { unknownToken: '?' }, 'The special token "?" is a single character'],
    ['abc', { specialTokens: ['<a>', '<a>'] }, 'The special token "<a>" is given twice'],
    ['abc', { specialTokens: [''] }, 'A special token is ""'],
    ['abc', { specialTokens: [7] }, 'A special token is 7'],
    ['abc', { specialTokens: '<a>' }, 'specialTokens is "<a>"; expected a list'],
    ['abc', { specialTokens: ['<\uD800>'] }, 'holds a lone surrogate'],
  ])('refuses to learn from %j with %j', (texts, options, message) => {
    expect(() => CharacterTokenizer.train(texts as string, options as object)).toThrow(message);
  });

  it('refuses parts that do not fit together', () => {
    expect(() => new CharacterTokenizer({ tokens: ['a', 'bc'] })).toThrow('Token 1, "bc", is more than one character');
    expect(() => new CharacterTokenizer({ tokens: ['a'], unknownToken: '<unk>' })).toThrow('The unknown token "<unk>" is not in the vocabulary');
    expect(() => new CharacterTokenizer({ tokens: [] })).toThrow('at least one token');
    expect(() => new CharacterTokenizer({ tokens: ['a', 'b', 'a'] })).toThrow('holds "a" twice, as ids 0 and 2');
    expect(() => new CharacterTokenizer({ tokens: ['a', ''] })).toThrow('Token 1 of the vocabulary is ""');
  });
});
