// Ready-made vocabularies and .tiktoken files: ids are those of OpenAI's own implementation (its Rust core, as WebAssembly).
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { get_encoding, type Tiktoken } from 'tiktoken';
import { CL100K_PATTERN, GPT2_PATTERN, ranksFromTokenizer, type RankedBytePairTokenizer, tokenizerFromRanks } from '@kk/tokenizer';
import { loadCl100kBase } from '@kk/tokenizer/cl100k_base';
import { loadGpt2 } from '@kk/tokenizer/gpt2';
import { loadO200kBase } from '@kk/tokenizer/o200k_base';
import { Reference, withoutNewCharacters } from './support/reference.js';
import { anyText, texts, wellFormedText } from './support/texts.js';

const references: Tiktoken[] = [];
afterAll(() => references.forEach((reference) => reference.free()));

const vocabularies = await Promise.all(
  ([['gpt2', loadGpt2], ['cl100k_base', loadCl100kBase], ['o200k_base', loadO200kBase]] as const).map(async ([name, load]) => {
    const reference = get_encoding(name);
    references.push(reference);
    return [name, await load(), reference] as const;
  }),
);

const hard = ['a', ' ', '\n', '^', '中', '=', 'aA', '0', "'s", 'é', '😀', '\u0301', '-', 'zq', ' \n', '.\n', 'QUJD'];

/** Long rows of few letters, the hardest text for byte-pair encoding. */
const longRow = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABC0123=+/-_.中文字漢 é'), { minLength: 1, maxLength: 8 }), fc.array(fc.nat(7), { minLength: 30, maxLength: 400 }))
  .map(([letters, picks]) => picks.map((pick) => letters[pick % letters.length]).join(''));

describe.each(vocabularies)('%s', (name, tokenizer, reference) => {
  const idsOf = (text: string): number[] => [...reference.encode_ordinary(text)];

  it('gives the same ids for texts of many kinds', () => {
    for (const text of texts.map(withoutNewCharacters)) {
      expect(tokenizer.encode(text)).toEqual(idsOf(text));
      expect(tokenizer.encode(text, { allowedSpecial: 'all' })).toEqual([...reference.encode(text, 'all')]);
    }
  });

  it('gives the same ids for random text, lone surrogates included', () => {
    fc.assert(fc.property(anyText.map(withoutNewCharacters), (text) => void expect(tokenizer.encode(text)).toEqual(idsOf(text))), { numRuns: 1000 });
  });

  it('gives the same ids for long rows without a cut', () => {
    fc.assert(fc.property(longRow, (text) => void expect(tokenizer.encode(text)).toEqual(idsOf(text))), { numRuns: 300 });
    // The reference takes quadratic time, hence no longer ones here.
    for (const part of hard) expect(tokenizer.encode(`x${part.repeat(1500)}y`)).toEqual(idsOf(`x${part.repeat(1500)}y`));
  });

  it('gives the same ids for text that never repeats itself, and for ordinary text between and after it', () => {
    let state = 1;
    const letter = (): string => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'[(state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 26];
    const base64 = (length: number): string => Array.from({ length }, letter).join('');
    const text = [base64(20_000), texts[0].repeat(20), base64(20_000), 'the same words, '.repeat(500)].join(' ');
    expect(tokenizer.encode(text)).toEqual(idsOf(text));
    expect(tokenizer.count(text)).toBe(idsOf(text).length);
  });

  it('gives the bytes of every token, and the same text for random ids', () => {
    for (let id = 0; id < 50_000; id += 7) expect([...tokenizer.tokenBytes(id)]).toEqual([...reference.decode_single_token_bytes(id)]);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(fc.property(fc.array(fc.nat(50_255), { maxLength: 50 }), (ids) => tokenizer.decode(ids) === decoder.decode(reference.decode(Uint32Array.from(ids)))));
  });

  it('gives every well-formed string back', () => {
    fc.assert(fc.property(wellFormedText, (text) => tokenizer.decode(tokenizer.encode(text)) === text), { numRuns: 1000 });
  });

  it('counts without encoding', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { length } = tokenizer.encode(text, { allowedSpecial: 'all' });
        expect(tokenizer.count(text, { allowedSpecial: 'all' })).toBe(length);
        expect(tokenizer.isWithinLimit(text, length, { allowedSpecial: 'all' })).toBe(true);
        if (length > 0) expect(tokenizer.isWithinLimit(text, length - 1, { allowedSpecial: 'all' })).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('has the special tokens of the reference', () => {
    const special = JSON.parse(JSON.stringify(Object.fromEntries(tokenizer.specialTokens))) as Record<string, number>;
    for (const [content, id] of Object.entries(special)) {
      expect([...reference.encode(content, 'all')]).toEqual([id]);
      expect(tokenizer.encode(content, { allowedSpecial: 'all' })).toEqual([id]);
      expect(tokenizer.decode([id])).toBe(content);
      expect(tokenizer.decode([id], { skipSpecialTokens: true })).toBe('');
      expect(tokenizer.encode(content)).toEqual([...reference.encode_ordinary(content)]);
      expect(() => tokenizer.encode(content, { disallowedSpecial: 'all' })).toThrow('special token');
    }
    expect(tokenizer.vocabSize).toBe(Math.max(...Object.values(special)) + 1);
  });

  it('spells tokens in the byte alphabet', () => {
    const [id] = tokenizer.encode(' the');
    expect(tokenizer.idToToken(id)).toBe('Ġthe');
    expect(tokenizer.tokenToId('Ġthe')).toBe(id);
    expect(tokenizer.idToToken(tokenizer.vocabSize)).toBeUndefined();
    expect(tokenizer.tokenToId('no such token')).toBeUndefined();
    expect(tokenizer.tokenToId('')).toBeUndefined();
    expect(tokenizer.tokenToId('<|endoftext|>')).toBe(tokenizer.specialTokens.get('<|endoftext|>'));
  });

  it('takes long texts of the hardest kind', () => {
    // The way is the same for all vocabularies, so that one of them goes it to the end: a million characters without a cut.
    const length = name === 'cl100k_base' ? 1_000_000 : 200_000;
    for (const part of ['a', '中', '^', '-', 'QUJD']) {
      const text = part.repeat(length / part.length);
      const ids = tokenizer.encode(text);
      expect(tokenizer.decode(ids)).toBe(text);
      expect(tokenizer.count(text)).toBe(ids.length);
      expect(tokenizer.isWithinLimit(text, 100)).toBe(false);
    }
  });
});

it('is what each subpath exports', async () => {
  const modules = await Promise.all([import('@kk/tokenizer/gpt2'), import('@kk/tokenizer/cl100k_base'), import('@kk/tokenizer/o200k_base')]);
  expect(modules.map((module) => Object.keys(module))).toEqual([['loadGpt2'], ['loadCl100kBase'], ['loadO200kBase']]);
});

describe('cl100k_base', () => {
  const tokenizer = vocabularies[1][1];

  it('gives the published ids', () => {
    // From OpenAI's cookbook, "How to count tokens with tiktoken".
    expect(tokenizer.encode('tiktoken is great!')).toEqual([83, 1609, 5963, 374, 2294, 0]);
    expect(tokenizer.encode('antidisestablishmentarianism')).toEqual([519, 85342, 34500, 479, 8997, 2191]);
    expect(tokenizer.encode('お誕生日おめでとう')).toEqual([33334, 45918, 243, 21990, 9080, 33334, 62004, 16556, 78699]);
  });

  it('has ids without a token, and says so', () => {
    expect(tokenizer.idToToken(100_256)).toBeUndefined();
    expect(() => tokenizer.decode([1, 100_256])).toThrow('100256 is no token id; expected an integer from 0 to 100276 that has a token');
    expect(() => tokenizer.decode([5n as never])).toThrow('5n is no token id; expected an integer from 0 to 100276 that has a token, and it is a bigint');
    for (const id of [-1, 1.5, 100_277, Number.NaN, '5']) expect(() => tokenizer.decode([id as number])).toThrow('is no token id');
    expect(() => tokenizer.tokenBytes(100_300)).toThrow('is no token id');
  });

  it('is loaded once', async () => {
    expect(await loadCl100kBase()).toBe(tokenizer);
  });

  it('is the same read from a .tiktoken file, whatever the order of its lines', () => {
    const file = ranksFromTokenizer(tokenizer);
    expect(file.split('\n').slice(0, 2)).toEqual(['IQ== 0', 'Ig== 1']);
    const shuffled = file.trimEnd().split('\n').reverse().join('\r\n');
    for (const ranks of [shuffled, new TextEncoder().encode(file)]) {
      const copy = tokenizerFromRanks(ranks, { pattern: CL100K_PATTERN, specialTokens: { '<|x|>': 100_300 } });
      for (const text of texts) expect(copy.encode(text)).toEqual(tokenizer.encode(text));
      expect(copy.encode('a<|x|>', { allowedSpecial: 'all' })).toEqual([64, 100_300]);
      expect(ranksFromTokenizer(copy)).toBe(file);
    }
  });

  it('traces the merges of a piece', () => {
    const { start, steps } = tokenizer.traceMerges('great');
    expect(start.map((id) => tokenizer.idToToken(id))).toEqual(['g', 'r', 'e', 'a', 't']);
    expect(steps.map(({ left, right }) => `${tokenizer.idToToken(left)}+${tokenizer.idToToken(right)}`)).toEqual(['r+e', 'a+t', 're+at', 'g+reat']);
    expect(steps.at(-1)?.ids).toEqual(tokenizer.encode('great'));
    expect(tokenizer.traceMerges('')).toEqual({ start: [], steps: [] });
  });

  it('leaves merges out at random when asked, the same ones for the same seed', () => {
    const text = 'Byte-pair encoding with dropout: internationalization. '.repeat(5);
    const plain = tokenizer.encode(text);
    const encode = (probability: number, seed: number): number[] => tokenizer.encode(text, { dropout: { probability, seed } });
    expect(encode(0, 1)).toEqual(plain);
    expect(encode(0.1, 1)).toEqual(encode(0.1, 1));
    expect(encode(0.1, 1)).not.toEqual(encode(0.1, 2));
    for (const probability of [0.1, 0.5, 1]) expect(tokenizer.decode(encode(probability, 3))).toBe(text);
    expect(encode(1, 1)).toHaveLength(text.length);
    expect(encode(0.5, 1).length).toBeGreaterThan(encode(0.1, 1).length);
    expect(encode(0.1, 1).length).toBeGreaterThan(plain.length);
    expect(tokenizer.encode(text)).toEqual(plain);
    expect(() => encode(1.5, 1)).toThrow('dropout.probability is 1.5');
    expect(() => encode(0.5, 0.5)).toThrow('dropout.seed is 0.5');
  });
});

describe('a vocabulary of ranks as a tokenizer.json', () => {
  it.each(vocabularies.slice(0, 2))('%s gives the same ids in the reference', async (_name, tokenizer) => {
    const reference = new Reference(tokenizer);
    for (const text of texts.map(withoutNewCharacters)) expect(await reference.encode(text)).toEqual(tokenizer.encode(text, { allowedSpecial: 'all' }));
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const known = withoutNewCharacters(text);
        expect(await reference.encode(known)).toEqual(tokenizer.encode(known, { allowedSpecial: 'all' }));
      }),
      { numRuns: 100 },
    );
  });
});

describe('ranks that are wrong', () => {
  const bytes = Array.from({ length: 256 }, (_, byte) => `${Buffer.from([byte]).toString('base64')} ${byte}`);
  const make = (lines: readonly string[], options: object = {}): RankedBytePairTokenizer => tokenizerFromRanks(lines.join('\n'), { pattern: GPT2_PATTERN, ...options });

  it('are refused with the line', () => {
    for (const ranks of [bytes.join('\n'), Buffer.from(bytes.join('\n')), new TextEncoder().encode(bytes.join('\n')).buffer]) expect(tokenizerFromRanks(ranks, { pattern: GPT2_PATTERN }).encode('ab')).toEqual([97, 98]);
    expect(() => make([...bytes, '!!! 256'])).toThrow('Line 257 of the ranks holds "!!! 256"; expected the bytes of a token in Base64');
    expect(() => make([...bytes, 'YWI 256'])).toThrow('expected the bytes of a token in Base64');
    expect(() => make([...bytes, 'YWI='])).toThrow('Line 257 of the ranks holds ""; expected a space and a rank');
    expect(() => make([...bytes, 'YWI= x'])).toThrow('expected a rank');
    expect(() => make([...bytes, 'YWI= 99999999999'])).toThrow('expected a rank');
    expect(() => make([...bytes, 'YWI= 7'])).toThrow('The ranks hold the rank 7 twice');
    expect(() => make([...bytes, 'YQ== 256'])).toThrow('The tokens 97 and 256 have the same bytes');
    expect(() => make(bytes.slice(1))).toThrow('The ranks have no token for the byte 0x00');
    expect(() => make([])).toThrow('The ranks hold no token');
    expect(() => tokenizerFromRanks(7 as unknown as string, { pattern: GPT2_PATTERN })).toThrow('The ranks are 7');
    expect(() => tokenizerFromRanks('', undefined as unknown as { pattern: string })).toThrow('tokenizerFromRanks got undefined as its options; expected an object with pattern, specialTokens?.');
    expect(() => make(bytes, { pattern: undefined })).toThrow("the option 'pattern' is missing");
  });

  it('are refused with the special token', () => {
    expect(() => make(bytes, { specialTokens: { '<x>': 5 } })).toThrow('The special token "<x>" has the id 5; expected an id that no other token has');
    expect(() => make(bytes, { specialTokens: { '<x>': 300, '<y>': 300 } })).toThrow('an id that no other token has');
    expect(() => make(bytes, { specialTokens: { '<x>': 1e9 } })).toThrow('expected an integer from 0 to 65792');
    expect(() => make(bytes, { specialTokens: { '<x>': -1 } })).toThrow('has the id -1');
    expect(() => make(bytes, { specialTokens: { '': 300 } })).toThrow('A special token is ""');
  });

  it('may leave ids to special tokens', () => {
    const tokenizer = make([...bytes, 'YWI= 258'], { specialTokens: { '<y>': 260, '<x>': 256, __proto__x: 257 } });
    expect(tokenizer.encode('ab<x>a<y>', { allowedSpecial: 'all' })).toEqual([258, 256, 97, 260]);
    expect(tokenizer.decode([258, 256, 97, 260])).toBe('ab<x>a<y>');
    expect(tokenizer.idToToken(259)).toBeUndefined();
    expect(tokenizer.vocabSize).toBe(261);
    // Ordinary text never turns into a special token.
    expect(tokenizer.encode('<x>')).toEqual([60, 120, 62]);
  });
});
