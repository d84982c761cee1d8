import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BytePairTokenizer, tokenizerFromJSON } from '@kk/tokenizer';
import { anyText, texts, wellFormedText } from './support/texts.js';
import { bytePairs, bytePairsWithPattern } from './support/trained.js';

const mergesOf = (tokenizer: BytePairTokenizer): string[] => (tokenizer.toJSON().model.merges as [string, string][]).map((merge) => merge.join(' '));

describe('training', () => {
  it('merges what stands together most often, and of equals the pair with the smaller ids', () => {
    // Sennrich et al. (2016) learn from these counts: low 5, lower 2, newest 6, widest 3.
    const words = [' low'.repeat(5), ' lower'.repeat(2), ' newest'.repeat(6), ' widest'.repeat(3)].join('');
    const merges = mergesOf(BytePairTokenizer.train(words, { vocabSize: 256 + 8 }));
    // e+s and s+t occur 9 times, and "e" has the smaller id. Ġ+l, l+o and o+w occur 7 times, and "l" has the smallest id;
    // then Ġ+lo and lo+w, where "Ġ" has the smaller one, for it was there first.
    expect(merges.slice(0, 5)).toEqual(['e s', 'es t', 'l o', 'Ġ lo', 'Ġlo w']);
  });

  it('counts overlaps, and merges from the left', () => {
    const tokenizer = BytePairTokenizer.train('aaa aaaaa', { vocabSize: 260, minFrequency: 1, pattern: '\\S+' });
    expect(mergesOf(tokenizer)[0]).toBe('a a');
    expect(tokenizer.encode('aaa').map((id) => tokenizer.idToToken(id))).toEqual(['aaa']);
  });

  it('starts with the special tokens and the 256 bytes', () => {
    const tokenizer = BytePairTokenizer.train('abab', { vocabSize: 259, specialTokens: ['<a>', '<b>'] });
    expect([...tokenizer.specialTokens]).toEqual([
      ['<a>', 0],
      ['<b>', 1],
    ]);
    expect([tokenizer.idToToken(2), tokenizer.idToToken(257), tokenizer.idToToken(258)]).toEqual(['!', '\u0143', 'ab']);
    expect(tokenizer.vocabSize).toBe(259);
  });

  it('stops when no pair occurs minFrequency times', () => {
    expect(BytePairTokenizer.train('xyz', { vocabSize: 1000 }).vocabSize).toBe(256);
    expect(BytePairTokenizer.train('xyz', { vocabSize: 1000, minFrequency: 1 }).vocabSize).toBe(258);
  });

  it('gives the same result for the same texts, in whatever order they come', () => {
    const parts = texts.filter((text) => text !== '');
    const one = BytePairTokenizer.train(parts, { vocabSize: 400 });
    const other = BytePairTokenizer.train(new Set(parts.toReversed()), { vocabSize: 400 });
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it('never learns a special token from text', () => {
    const text = '<s><s><s><s><s>';
    expect(BytePairTokenizer.train(text, { vocabSize: 300, pattern: '[^>]+>' }).tokenToId('<s>')).toBeDefined();
    const tokenizer = BytePairTokenizer.train(text, { vocabSize: 300, pattern: '[^>]+>', specialTokens: ['<s>'] });
    expect(tokenizer.encode('<s>')).not.toContain(0);
    expect(tokenizer.encode('<s>').length).toBeGreaterThan(1);
    expect(mergesOf(tokenizer).map((merge) => merge.replace(' ', ''))).not.toContain('<s>');
  });

  it('reports progress up to the end', () => {
    const onProgress = vi.fn();
    const tokenizer = BytePairTokenizer.train(texts, { vocabSize: 300, onProgress });
    const tokens = onProgress.mock.calls.map(([progress]) => progress.tokens);
    expect(tokens).toEqual(tokens.toSorted((a, b) => a - b));
    expect(tokens[0]).toBe(256);
    expect(new Set(tokens).size).toBeGreaterThan(40);
    expect(onProgress).toHaveBeenLastCalledWith({ tokens: tokenizer.vocabSize, vocabSize: 300 });
  });

  it.each([
    ['', { vocabSize: 300 }, 'the training text is empty'],
    ['a', { vocabSize: 255 }, 'vocabSize is 255; expected an integer of at least 256, for 256 bytes and 0 special tokens'],
    ['a', { vocabSize: 256, specialTokens: ['<s>'] }, 'at least 257, for 256 bytes and 1 special tokens'],
    ['a', { vocabSize: Number.NaN }, 'vocabSize is NaN'],
    ['a', {}, "BytePairTokenizer.train: the option 'vocabSize' is missing"],
    ['a', undefined, 'BytePairTokenizer.train got undefined as its options; expected an object with vocabSize'],
    ['a', { vocabSize: 300, minFrequency: 0 }, 'minFrequency is 0'],
    ['a', { vocabSize: 300, specialTokens: ['!'] }, 'The special token "!" is also the token of a byte'],
    ['a', { vocabSize: 300, pattern: 'x*' }, 'matches the empty text'],
  ])('refuses to learn from %j with %j', (text, options, message) => {
    expect(() => BytePairTokenizer.train(text, options as { vocabSize: number })).toThrow(message);
  });
});

describe.each([
  ['GPT-2', bytePairs],
  ['another', bytePairsWithPattern],
])('with the pattern of %s', (_name, tokenizer) => {
  it('gives every well-formed string back', () => {
    for (const text of texts) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    fc.assert(fc.property(wellFormedText, (text) => tokenizer.decode(tokenizer.encode(text)) === text), { numRuns: 1000 });
  });

  it('gives lone surrogates back as U+FFFD', () => {
    fc.assert(fc.property(anyText, (text) => tokenizer.decode(tokenizer.encode(text)) === text.replace(/\p{Surrogate}/gu, '\uFFFD')));
  });

  it('does the same after a trip through a file', () => {
    const copy = tokenizerFromJSON(JSON.parse(JSON.stringify(tokenizer)));
    expect(copy.toJSON()).toEqual(tokenizer.toJSON());
    for (const text of texts) expect(copy.encode(text)).toEqual(tokenizer.encode(text));
  });

  it('knows the bytes of its tokens', () => {
    for (const text of texts) {
      const bytes = tokenizer.encode(text).flatMap((id) => [...tokenizer.tokenBytes(id)]);
      expect(bytes).toEqual([...new TextEncoder().encode(text)]);
    }
  });
});

describe('encoding', () => {
  it('gives the same ids from a full cache as from an empty one', () => {
    const parts = Array.from({ length: 80_000 }, (_, i) => ` w${i}x${(i * 7919) % 1000}`);
    const tokenizer = BytePairTokenizer.train(parts.slice(0, 500), { vocabSize: 400 });
    const together = tokenizer.encode(parts.join(''));
    expect(tokenizer.encode(parts.join(''))).toEqual(together);
    const fresh = tokenizerFromJSON(tokenizer.toJSON());
    const checked = [...parts.slice(0, 50), ...parts.slice(-50)];
    expect(checked.flatMap((part) => tokenizer.encode(part))).toEqual(checked.flatMap((part) => fresh.encode(part)));
  });

  it('takes a million letters without a space', () => {
    const text = 'ab'.repeat(500_000);
    expect(bytePairs.decode(bytePairs.encode(text))).toBe(text);
  });
});

describe('a tokenizer from its parts', () => {
  it.each([
    [{ tokens: ['a', 'b'], merges: [['a', 'b']] }, 'merges[0], "a" and "b", needs the token "ab", which is not in the vocabulary'],
    [{ tokens: ['a', 'b', 'ab'], merges: [['a', 'c']] }, 'needs the token "c"'],
    [{ tokens: ['a', 'b', 'ab'], merges: [['a', 'b'], ['a', 'b']] }, 'merges[1], "a" and "b", repeats merges[0]'],
    [{ tokens: ['a', 'a b'], merges: [] }, 'Token 1, "a b", is no byte-level token'],
    [{ tokens: ['a'], merges: [], addedTokens: [{ content: 'x', special: true }] }, 'The added token "x" is not in the vocabulary'],
    [{ tokens: ['a'], merges: [], addedTokens: [{ content: 'a', special: true }, { content: 'a', special: true }] }, 'The added token "a" is given twice'],
  ] as const)('is refused when it is %j', (data, message) => {
    expect(() => new BytePairTokenizer(data)).toThrow(message);
  });

  it('does not let merges make a special token out of ordinary text', () => {
    const tokenizer = new BytePairTokenizer({
      tokens: ['<', 's', '>', '<s', '<s>'],
      merges: [
        ['<', 's'],
        ['<s', '>'],
      ],
      addedTokens: [{ content: '<s>', special: true }],
      pattern: '[^ ]+',
    });
    expect(tokenizer.encode('<s>')).toEqual([3, 2]);
    expect(tokenizer.encode('<s>', { allowedSpecial: 'all' })).toEqual([4]);
  });
});
