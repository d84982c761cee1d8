// Random small pipelines do what the reference does with them: models that lack bytes, normalizers and decoders in any order.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamDecoder } from '@kk/tokenizer';
import { everyCharacter, fileOf, inCodePoints, pipelineOf } from './support/pipelines.js';
import { Reference } from './support/reference.js';

const textOf = (parts: readonly string[], maxLength = 7): fc.Arbitrary<string> => fc.array(fc.constantFrom(...parts), { maxLength }).map((found) => found.join(''));
const tokenOfByte = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
const idsOf = (tokens: readonly string[]): Record<string, number> => Object.fromEntries(tokens.map((token, id) => [token, id]));

describe('bytes of which some have no token', () => {
  const characters = ['a', 'b', 'é', '中', '😀', 'x'];
  const allBytes = [...new Set(characters.flatMap((character) => [...new TextEncoder().encode(character)]))];

  it('leave the same ids, wherever the unknown token goes', async () => {
    const options = fc.record({ fuse_unk: fc.boolean(), end_of_word_suffix: fc.constantFrom(null, '</w>'), unigram: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.subarray(characters), fc.subarray(allBytes), options, fc.array(textOf(characters), { minLength: 4, maxLength: 4 }), async (known, bytes, { unigram, ...rest }, texts) => {
        const tokens = ['<unk>', ...known, ...bytes.map(tokenOfByte)];
        const vocab = tokens.map((token, id): [string, number] => [token, -id]);
        const model = unigram ? { type: 'Unigram', vocab, unk_id: 0, byte_fallback: true } : { type: 'BPE', vocab: idsOf(tokens), merges: [], unk_token: '<unk>', byte_fallback: true, ...rest };
        const reference = new Reference(fileOf({ model }));
        for (const text of texts) expect(pipelineOf({ model }).encode(text)).toEqual(await reference.encode(text));
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  const partly = { type: 'BPE', vocab: idsOf(['<unk>', 'a', '<0xC3>', '<0xA9>']), merges: [], unk_token: '<unk>', fuse_unk: true, byte_fallback: true };

  it('put the unknown token behind the bytes that follow it, as in the reference, and say where each stands', async () => {
    const { ids, offsets } = pipelineOf({ model: partly }).encodeWithDetails('中éa');
    expect(ids).toEqual([2, 3, 0, 1]);
    expect(ids).toEqual(await new Reference(fileOf({ model: partly })).encode('中éa'));
    expect(offsets).toEqual([[1, 2], [1, 2], [0, 1], [2, 3]]); // there they are counted from the lengths of the tokens before
    expect(pipelineOf({ model: partly }).encode('中é中a')).toEqual([2, 3, 0, 1]);
  });

  it('are enough in Unigram without an unknown token where they cover the text', () => {
    const tokenizer = pipelineOf({ model: { type: 'Unigram', vocab: [['a', -1], ['<0xC3>', -2], ['<0xA9>', -3]], unk_id: null, byte_fallback: true } });
    expect(tokenizer.encode('aé')).toEqual([0, 1, 2]); // the reference refuses it
    expect(() => tokenizer.encode('中')).toThrow('Cannot encode "中": no token covers it, and there is no unknown token.');
  });
});

it('offsets behind a character that BPE leaves out are those of the text', () => {
  const { ids, offsets } = pipelineOf({ model: { type: 'BPE', vocab: { a: 0, b: 1 }, merges: [] } }).encodeWithDetails('a中b');
  expect([ids, offsets]).toEqual([[0, 1], [[0, 1], [2, 3]]]); // the reference gives [1, 2] for the last one
});

describe('normalizers in a row', () => {
  const patterns = { any: ['a', 'b', 'ab', ' ', 'zz', '😀', 'é'], inside: ['zz', 'a|b', '\\s+', '[^a]', '.', '\\z', '(?<=b)'], atStart: ['', 'a*', 'x?', '\\b', '^', '(?=a)', '\\s*', '\\A'] };
  const replace = (literal: readonly string[], expressions: readonly string[]): fc.Arbitrary<object> =>
    fc.record({ pattern: fc.oneof(fc.constantFrom(...literal).map((String) => ({ String })), fc.constantFrom(...expressions).map((Regex) => ({ Regex }))), content: fc.constantFrom('', 'Z', 'ZZZ', '😀', '▁', 'a', '$&') }).map((fields) => ({ type: 'Replace', ...fields }));
  const others = fc.constantFrom<object>({ type: 'NFC' }, { type: 'NFD' }, { type: 'NFKC' }, { type: 'Lowercase' }, { type: 'StripAccents' }, { type: 'Strip', strip_left: true, strip_right: true }, { type: 'Prepend', prepend: 'é▁' });
  const sentences = fc.array(textOf(['a', 'b', 'ab', 'é', '中', '😀', ' ', '  ', '\n', 'x', 'e\u0301', '\u0301', 'ﬁ', 'ﬁ\u0301', 'ǆ\u0323', 'İ']), { minLength: 4, maxLength: 4 });

  it.each([
    ['replacements that find nothing, the empty match, or more', fc.array(replace(['', ...patterns.any], [...patterns.atStart, ...patterns.inside]), { minLength: 1, maxLength: 3 })],
    // The reference ends the process where another normalizer follows one that has put text before the first character.
    ['replacements among others', fc.array(fc.oneof(replace(patterns.any, patterns.inside), others), { minLength: 1, maxLength: 3 })],
  ])('%s give the same text from the same places', async (_name, chains) => {
    await fc.assert(
      fc.asyncProperty(chains, sentences, async (normalizers, texts) => {
        const steps = { normalizer: { type: 'Sequence', normalizers }, pre_tokenizer: everyCharacter };
        const reference = new Reference(fileOf(steps));
        const ours = pipelineOf(steps);
        for (const text of texts) {
          const { pieces, offsets } = ours.encodeWithDetails(text);
          expect(pieces[0].map((piece) => piece.text).join('')).toBe(reference.native.getNormalizer()?.normalizeString(text));
          expect(inCodePoints(text, offsets)).toEqual((await reference.native.encode(text)).getOffsets());
        }
      }),
      { numRuns: 250, seed: 1 },
    );
  });

  it('find nothing in a text of which nothing is left', () => {
    const remove = { type: 'Replace', pattern: { Regex: '.' }, content: '' };
    const steps = { normalizer: { type: 'Sequence', normalizers: [remove, { type: 'Replace', pattern: { Regex: '$' }, content: 'Z' }] } };
    expect(new Reference(fileOf(steps)).native.getNormalizer()?.normalizeString('ab')).toBe('');
    expect(pipelineOf(steps).encode('ab')).toEqual([]);
  });

  it('compose what another character was taken apart into with the mark that follows', () => {
    const { offsets } = pipelineOf({ normalizer: { type: 'NFKC' }, pre_tokenizer: everyCharacter }).encodeWithDetails('ﬁ\u0301');
    expect(offsets).toEqual([[0, 1], [1, 2]]); // f comes from the ligature, í from the mark
  });
});

describe('decoders in a row', () => {
  const tokens = ['a', 'b', '▁', '▁a', 'a▁', '##b', '##', 'b</w>', '</w>', '<pad>', '|', '<0xC3>', '<0xA9>', '<0x61>', '<0xf0>', 'Ġ', 'Ġa', 'Ã', '©', 'é', '中', '😀', ' ', '  ', ' .', " n't", "'", 'aa', ' a ', '<', '0x61>', 'Ł'];
  const model = { type: 'WordLevel', vocab: idsOf(tokens), unk_token: 'a' };
  const typed = <T extends object>(type: string, fields: fc.Arbitrary<T>): fc.Arbitrary<object> => fields.map((values) => ({ type, ...values }));
  const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true };
  const single = fc.oneof(
    fc.constantFrom<object>(byteLevel, { type: 'ByteFallback' }, { type: 'Fuse' }),
    typed('WordPiece', fc.record({ prefix: fc.constantFrom('##', '', 'a'), cleanup: fc.boolean() })),
    typed('BPEDecoder', fc.record({ suffix: fc.constantFrom('</w>', 'a', '▁') })),
    typed('Metaspace', fc.record({ replacement: fc.constantFrom('▁', 'a'), prepend_scheme: fc.constantFrom('always', 'never', 'first'), split: fc.constant(true) })),
    typed('CTC', fc.record({ pad_token: fc.constantFrom('<pad>', 'a'), word_delimiter_token: fc.constantFrom('|', '▁'), cleanup: fc.boolean() })),
    typed('Strip', fc.record({ content: fc.constantFrom(' ', 'a', '中'), start: fc.nat(2), stop: fc.constant(0) })), // the reference ends the process where `stop` meets an empty token
    typed('Replace', fc.record({ pattern: fc.constantFrom<object>({ String: '▁' }, { String: '' }, { Regex: 'a+' }, { Regex: 'x*' }, { Regex: '^' }), content: fc.constantFrom('a', ' ', '', '<0x61>') })),
  );
  const chain = fc.array(single, { maxLength: 2 }).map((decoders): object => ({ type: 'Sequence', decoders }));
  const chains = fc.array(fc.oneof({ weight: 6, arbitrary: single }, { weight: 1, arbitrary: chain }), { maxLength: 4 });

  it('give the same text, at once and one by one', async () => {
    await fc.assert(
      fc.asyncProperty(chains, fc.array(fc.array(fc.nat(tokens.length - 1), { maxLength: 7 }), { minLength: 4, maxLength: 4 }), async (decoders, batch) => {
        const steps = { model, decoder: { type: 'Sequence', decoders } };
        const reference = new Reference(fileOf(steps));
        const ours = pipelineOf(steps);
        for (const ids of batch) {
          const text = await reference.decode(ids);
          expect(ours.decode(ids)).toBe(text);
          const stream = new StreamDecoder(ours);
          expect(ids.map((id) => stream.push(id)).join('') + stream.end()).toBe(text);
        }
      }),
      { numRuns: 400, seed: 1 },
    );
  });

  it.each([
    ['CTC counts no token twice behind ByteLevel, which gives one', [byteLevel, { type: 'CTC', pad_token: '<pad>', word_delimiter_token: '|', cleanup: false }], ['</w>', '</w>'], '</w></w>'],
    ['Strip takes from the beginning of the whole text behind ByteLevel', [byteLevel, { type: 'Strip', content: 'a', start: 1, stop: 0 }], ['b', 'a', 'a'], 'baa'],
    ['Replace finds nothing in an empty token', [{ type: 'Strip', content: 'a', start: 2, stop: 0 }, { type: 'Replace', pattern: { Regex: '^' }, content: '|' }], ['aa', 'b'], '|b'],
  ])('%s', async (_name, decoders, spelled, text) => {
    const steps = { model, decoder: { type: 'Sequence', decoders } };
    const ids = spelled.map((token) => tokens.indexOf(token));
    expect(await new Reference(fileOf(steps)).decode(ids)).toBe(text);
    expect(pipelineOf(steps).decode(ids)).toBe(text);
  });
});
