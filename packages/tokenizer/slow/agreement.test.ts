// Long fuzzing of byte-pair encoding against OpenAI's core (as WebAssembly) and Hugging Face's, and of the worst cases at full length.
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { get_encoding } from 'tiktoken';
import { BytePairTokenizer } from '@kk/tokenizer';
import { loadCl100kBase } from '@kk/tokenizer/cl100k_base';
import { loadGpt2 } from '@kk/tokenizer/gpt2';
import { loadO200kBase } from '@kk/tokenizer/o200k_base';
import { Reference, withoutNewCharacters } from '../test/support/reference.js';
import { anyText } from '../test/support/texts.js';

const loaders = { gpt2: loadGpt2, cl100k_base: loadCl100kBase, o200k_base: loadO200kBase };
const vocabularies = await Promise.all(
  (Object.keys(loaders) as (keyof typeof loaders)[]).map(async (name) => [name, await loaders[name](), get_encoding(name)] as const),
);
afterAll(() => vocabularies.forEach(([, , reference]) => reference.free()));

const alphabets = ['ab', 'abcdefghijklmnopqrstuvwxyz', 'ABCabc', '=-', ' \n\t', '0123456789', 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', '中文字漢日本語한국어', 'éèêëüöäß', '😀👍🏽❤️', '\u0301\u0300e', "'sSlLdDtTrReEvVmM ſ"];
/** Long rows of letters of one alphabet, some letters more often than others, with a word or a space now and then. */
const rows = fc
  .record({ letters: fc.constantFrom(...alphabets).map((alphabet) => [...alphabet]), picks: fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 20, maxLength: 1500 }), skew: fc.integer({ min: 1, max: 4 }) })
  .map(({ letters, picks, skew }) => picks.map((pick) => letters[Math.floor(pick ** skew * letters.length)]).join(''));
const mixed = fc.array(fc.oneof(rows.map((row) => row.slice(0, 200)), anyText), { maxLength: 8 }).map((parts) => withoutNewCharacters(parts.join('')));

describe.each(vocabularies)('%s', (_name, tokenizer, reference) => {
  it.each([
    ['long rows', rows.map(withoutNewCharacters), 20_000],
    ['text of all kinds', mixed, 20_000],
  ] as const)('gives the ids of the reference for %s', (_kind, texts, numRuns) => {
    fc.assert(
      fc.property(texts, (text) => {
        const ids = tokenizer.encode(text);
        expect(ids).toEqual([...reference.encode_ordinary(text)]);
        expect(tokenizer.count(text)).toBe(ids.length);
        expect(tokenizer.decode(ids)).toBe(text.replace(/\p{Surrogate}/gu, '\uFFFD'));
      }),
      { numRuns },
    );
  });

  it('gives any text back from ten million characters', () => {
    for (const part of ['a', '^', '中', ' ', '=', 'ab c', 'Zq9+']) {
      const text = part.repeat(10_000_000 / part.length);
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    }
  });
});

describe('a trained vocabulary', () => {
  it('encodes as the reference does, whatever it was trained on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 5 }), rows, fc.integer({ min: 256, max: 600 }), async (texts, other, vocabSize) => {
        const tokenizer = BytePairTokenizer.train(texts, { vocabSize, minFrequency: 1, pattern: '[\\s\\S]+' });
        const reference = new Reference(tokenizer);
        for (const text of [...texts, other]) expect(tokenizer.encode(text)).toEqual(await reference.encode(text));
      }),
      { numRuns: 1000 },
    );
  });
});
