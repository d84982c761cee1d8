import { describe, expect, it } from 'vitest';
import { BytePairTokenizer, CharacterTokenizer, type EncodeOptions, StreamDecoder, tokenizerFromJSON, withAddedTokens, withSpecialTokens } from '@kk/tokenizer';
import { all, bytePairs } from './support/trained.js';

describe.each(all)('special tokens of %s', (_name, tokenizer) => {
  const id = tokenizer.specialTokens.get('<|endoftext|>') as number;

  it('are ordinary text unless they are allowed', () => {
    expect(tokenizer.encode('a<|endoftext|>b')).not.toContain(id);
    expect(tokenizer.encode('a<|endoftext|>b', { allowedSpecial: [] })).not.toContain(id);
  });

  it('become one id when they are allowed, all or by name', () => {
    const expected = [...tokenizer.encode('a'), id, id, ...tokenizer.encode('b')];
    expect(tokenizer.encode('a<|endoftext|><|endoftext|>b', { allowedSpecial: 'all' })).toEqual(expected);
    expect(tokenizer.encode('a<|endoftext|><|endoftext|>b', { allowedSpecial: new Set(['<|endoftext|>']) })).toEqual(expected);
  });

  it('are tokens like others, and left out of text on request', () => {
    expect(tokenizer.tokenToId('<|endoftext|>')).toBe(id);
    expect(tokenizer.idToToken(id)).toBe('<|endoftext|>');
    expect(new TextDecoder().decode(tokenizer.tokenBytes(id))).toBe('<|endoftext|>');
    const ids = tokenizer.encode('a<|endoftext|>b', { allowedSpecial: 'all' });
    expect(tokenizer.decode(ids)).toBe('a<|endoftext|>b');
    expect(tokenizer.decode(Uint16Array.from(ids), { skipSpecialTokens: true })).toBe('ab');
  });

  it('that are unknown cannot be allowed', () => {
    expect(() => tokenizer.encode('a', { allowedSpecial: ['<nope>'] })).toThrow('allowedSpecial names "<nope>", which is no special token of this tokenizer; it has ');
  });

  it.each(['<|endoftext|>', 7, {}, null])('cannot be allowed by %j', (allowedSpecial) => {
    expect(() => tokenizer.encode('a', { allowedSpecial } as EncodeOptions)).toThrow("expected 'all' or a list of special tokens");
  });

  it.each([undefined, null, 7, ['a']])('nor any other token come from %j instead of text', (text) => {
    expect(() => tokenizer.encode(text as unknown as string)).toThrow(/^encode got .*; expected a string\.$/);
  });

  it.each([-1, 1.5, Number.NaN, tokenizer.vocabSize, 'a', undefined])('have no id %j', (wrong) => {
    expect(() => tokenizer.decode([0, wrong as number])).toThrow(`is no token id; expected an integer from 0 to ${tokenizer.vocabSize - 1}`);
    expect(() => tokenizer.tokenBytes(wrong as number)).toThrow(RangeError);
    if (wrong === tokenizer.vocabSize) expect(tokenizer.idToToken(wrong)).toBeUndefined();
    else expect(() => tokenizer.idToToken(wrong as number)).toThrow('is no token id; expected an integer from 0 to');
  });

  it.each([1n, '1'])('have no id that is no number: %s', (wrong) => {
    const pipeline = tokenizerFromJSON({ ...tokenizer.toJSON(), normalizer: { type: 'NFC' } });
    for (const any of [tokenizer, pipeline]) {
      const said = `is no token id; expected an integer from 0 to ${any.vocabSize - 1}, and it is a ${typeof wrong}: convert it with Number(id).`;
      expect(() => any.decode([0, wrong as never])).toThrow(said);
      expect(() => any.startDecoding().push(wrong as never)).toThrow(said);
      expect(() => any.tokenBytes(wrong as never)).toThrow(said);
    }
    expect(() => tokenizer.decode(BigInt64Array.of(1n) as never)).toThrow('1n is no token id');
  });

  it.each([undefined, null, 7, {}])('nor text come from %j instead of ids', (ids) => {
    expect(() => tokenizer.decode(ids as unknown as number[])).toThrow(/^decode got .*; expected a list of token ids\.$/);
  });

  it('give bytes that the caller may change', () => {
    tokenizer.tokenBytes(id).fill(0);
    expect(tokenizer.decode([id])).toBe('<|endoftext|>');
  });
});

describe('special tokens', () => {
  it('allowed one by one leave the others ordinary', () => {
    const ids = bytePairs.encode('<|pad|><|endoftext|>', { allowedSpecial: ['<|pad|>'] });
    expect(ids[0]).toBe(bytePairs.specialTokens.get('<|pad|>'));
    expect(ids).not.toContain(bytePairs.specialTokens.get('<|endoftext|>'));
    expect(bytePairs.encode('<|pad|><|endoftext|>', { allowedSpecial: 'all' })).toEqual([1, 0]);
  });

  it('may hold signs of regular expressions, and the longest counts', () => {
    const specialTokens = ['[a]', '[a].*', '(b|c)+', '\\d', 'ab😀'];
    const tokenizer = BytePairTokenizer.train('[a].*', { vocabSize: 300, specialTokens });
    expect(tokenizer.encode('[a][a].*(b|c)+\\dab😀', { allowedSpecial: 'all' })).toEqual([0, 1, 2, 3, 4]);
    expect(tokenizer.encode('[a].*', { allowedSpecial: ['[a]'] })[0]).toBe(0);
  });

  it('of a tokenizer without any are none', () => {
    const tokenizer = CharacterTokenizer.train('abc');
    expect(tokenizer.encode('abc', { allowedSpecial: 'all' })).toEqual([0, 1, 2]);
    expect(() => tokenizer.encode('abc', { allowedSpecial: ['<s>'] })).toThrow('it has none');
  });
});

describe.each(all)('withSpecialTokens of %s', (_name, tokenizer) => {
  const tokens = ['<|user|>', '<|answer|>'];

  it('adds tokens behind the others, and leaves the given tokenizer as it is', () => {
    const before = JSON.stringify(tokenizer);
    const more = withSpecialTokens(tokenizer, tokens);
    expect(JSON.stringify(tokenizer)).toBe(before);
    expect(more.vocabSize).toBe(tokenizer.vocabSize + 2);
    expect(tokens.map((token) => more.specialTokens.get(token))).toEqual([tokenizer.vocabSize, tokenizer.vocabSize + 1]);
    expect(more.encode('a<|answer|>b', { allowedSpecial: 'all' })).toEqual([...tokenizer.encode('a'), tokenizer.vocabSize + 1, ...tokenizer.encode('b')]);
    expect(more.encode('ab<|answer|>')).toEqual(tokenizer.encode('ab<|answer|>')); // text stays text unless they are allowed
    expect(more.decode([tokenizer.vocabSize])).toBe('<|user|>');
    expect(more.kind).toBe(tokenizer.kind);
  });

  it('keeps the id of a token that is there', () => {
    const [end] = tokenizer.specialTokens;
    const more = withSpecialTokens(tokenizer, [end[0], 'a']);
    expect(more.vocabSize).toBe(tokenizer.vocabSize + (tokenizer.tokenToId('a') === undefined ? 1 : 0));
    expect(more.specialTokens.get(end[0])).toBe(end[1]);
    expect(more.specialTokens.get('a')).toBe(tokenizer.tokenToId('a') ?? tokenizer.vocabSize);
    expect(withSpecialTokens(more, [end[0], 'a']).vocabSize).toBe(more.vocabSize);
  });

  it.each<[unknown, string]>([
    [['x', 'x'], 'got the token "x" twice'],
    [[''], 'got the token ""; expected a text of at least one character'],
    [[7], 'got the token 7; expected a text'],
    [['\ud800'], 'without lone surrogates'],
    ['<|user|>', "expected a list of tokens, such as ['<|user|>']"],
  ])('refuses %j', (wrong, message) => {
    expect(() => withSpecialTokens(tokenizer, wrong as string[])).toThrow(message);
  });
});

it.each(['Brücke', '‹|Äpfel|›', 'naïve'])('%s, a token that is added, is decoded as it was added, though GPT-2\'s byte alphabet has all of its letters', async (word) => {
  const { encodingForModel } = await import('@kk/tokenizer/openai');
  for (const tokenizer of [withAddedTokens(await encodingForModel('gpt-4o'), [word]), withAddedTokens(bytePairs, [{ content: word, singleWord: true }])]) {
    const ids = tokenizer.encode(`Die ${word} da`);
    expect(tokenizer.decode(ids)).toBe(`Die ${word} da`);
    const decoder = new StreamDecoder(tokenizer);
    expect(ids.map((id) => decoder.push(id)).join('') + decoder.end()).toBe(`Die ${word} da`);
  }
});
