// Whole pipelines, trained by the reference on the spot, give the ids, offsets, words and types that the reference gives, and the
// same text back.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { BPE, Tokenizer as NativeTokenizer, Unigram, WordLevel, WordPiece } from 'tokenizers';
import { StreamDecoder, StreamEncoder, tokenizerFromJSON } from '@kk/tokenizer';
import { fileOf, inCodePoints, type Steps } from './support/pipelines.js';
import { finished } from './support/finished.js';
import { Reference } from './support/reference.js';
import { anyText, code, emoji, english, german, scripts, texts, whiteSpace } from './support/texts.js';

const folder = mkdtempSync(join(tmpdir(), 'kk-tokenizer-'));
afterAll(() => rmSync(folder, { recursive: true }));

const story = Array.from({ length: 400 }, (_, i) => [english, german, code, scripts][i % 4].split(' ').slice(i % 7, 3 + (i % 11)).join(' ')).join('\n');
const corpus = join(folder, 'corpus.txt');
writeFileSync(corpus, [english, german, code, emoji, scripts, whiteSpace, story].join('\n'));

type NativeModel = ReturnType<typeof BPE.empty>;

/** A tokenizer.json whose model the reference has learned; `change` edits the file afterwards. */
function trained(model: unknown, steps: Steps, change: (file: Json) => void = () => undefined): Json {
  const native = new NativeTokenizer(model as NativeModel);
  const base = NativeTokenizer.fromString(JSON.stringify(fileOf(steps)));
  const normalizer = base.getNormalizer();
  const preTokenizer = base.getPreTokenizer();
  if (normalizer) native.setNormalizer(normalizer);
  if (preTokenizer) native.setPreTokenizer(preTokenizer);
  native.train([corpus]);
  const saved = join(folder, 'tokenizer.json');
  native.save(saved);
  const file = { ...fileOf(steps), model: JSON.parse(readFileSync(saved, 'utf8')).model } as unknown as Json;
  change(file);
  return file;
}

/** A tokenizer.json, as far as these tests edit it. */
interface Json {
  model: { vocab: Record<string, number>; [field: string]: unknown };
  added_tokens?: object[];
  post_processor?: object;
  pre_tokenizer?: object | null;
}

const special = (id: number, content: string, more: object = {}): object => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });

/** Adds tokens behind the model's own. */
function addTokens(file: Json, contents: readonly [string, object?][]): number[] {
  const size = Object.keys(file.model.vocab).length; // of a list as well
  file.added_tokens = contents.map(([content, more], i) => special(size + i, content, more));
  return contents.map((_, i) => size + i);
}

const wordPiece = trained(
  WordPiece.init({ '[UNK]': 0 }),
  {
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
  },
  (file) => {
    file.model.vocab['[UNK]'] ??= Object.keys(file.model.vocab).length;
    const [cls, sep] = addTokens(file, [['[CLS]'], ['[SEP]'], ['[MASK]', { lstrip: true, rstrip: true }], ['kleines', { special: false, single_word: true, normalized: true }]]);
    file.post_processor = {
      type: 'TemplateProcessing',
      single: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }],
      pair: [{ SpecialToken: { id: '[CLS]', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '[SEP]', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }, { SpecialToken: { id: '[SEP]', type_id: 1 } }],
      special_tokens: { '[CLS]': { id: '[CLS]', ids: [cls], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [sep], tokens: ['[SEP]'] } },
    };
  },
);

const metaspace = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true };
const unigram = trained(
  Unigram.empty(),
  { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFKC' }, { type: 'Strip', strip_left: false, strip_right: true }, { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' }] }, pre_tokenizer: metaspace, decoder: metaspace },
  (file) => {
    // The reference reads numbers of many digits inexactly, which decides between cuts that are equally good.
    const pieces = file.model.vocab as unknown as [string, number][];
    Object.assign(file.model, { vocab: [['<unk>', 0], ...pieces.map(([token, score]) => [token, Number(score.toFixed(6))])] });
    file.model.unk_id = 0;
    const [, eos] = addTokens(file, [['<pad>'], ['</s>'], ['<mask>', { lstrip: true }], ['ließ', { special: false, normalized: true }]]);
    file.post_processor = { type: 'RobertaProcessing', sep: ['</s>', eos], cls: ['<pad>', eos - 1], trim_offsets: true, add_prefix_space: true };
  },
);

const bytes = Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
/** As Llama 2's: SentencePiece's BPE with bytes for unknown characters. */
const llama = trained(
  BPE.empty(),
  {
    normalizer: { type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, { type: 'Replace', pattern: { String: ' ' }, content: '▁' }] },
    pre_tokenizer: { type: 'Split', pattern: { String: '▁' }, behavior: 'MergedWithNext', invert: false },
    decoder: { type: 'Sequence', decoders: [{ type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }, { type: 'Strip', content: ' ', start: 1, stop: 0 }] },
  },
  (file) => {
    const { vocab } = file.model;
    for (const token of ['<unk>', ...bytes]) vocab[token] = Object.keys(vocab).length;
    file.pre_tokenizer = null;
    Object.assign(file.model, { unk_token: '<unk>', byte_fallback: true, fuse_unk: true });
    const [bos] = addTokens(file, [['<s>'], ['</s>'], ['<extra>', { special: false, rstrip: true }]]);
    file.post_processor = { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }, { SpecialToken: { id: '<s>', type_id: 1 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<s>': { id: '<s>', ids: [bos], tokens: ['<s>'] } } };
  },
);
/** As CLIP's: a sign for the end of words, and unknown characters that stay apart. */
const endOfWord = trained(
  BPE.init({}, [], { endOfWordSuffix: '</w>' }),
  { normalizer: { type: 'Sequence', normalizers: [{ type: 'NFC' }, { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' }, { type: 'Lowercase' }] }, pre_tokenizer: { type: 'WhitespaceSplit' }, decoder: { type: 'BPEDecoder', suffix: '</w>' } },
  (file) => {
    file.model.vocab['<unk>'] = Object.keys(file.model.vocab).length;
    Object.assign(file.model, { unk_token: '<unk>', end_of_word_suffix: '</w>' });
    const [cls, sep] = addTokens(file, [['<|startoftext|>'], ['<|endoftext|>']]);
    file.post_processor = { type: 'BertProcessing', sep: ['<|endoftext|>', sep], cls: ['<|startoftext|>', cls] };
  },
);
const byteLevel = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true };
/** As RoBERTa's. */
const roberta = trained(BPE.empty(), { pre_tokenizer: byteLevel, decoder: byteLevel }, (file) => {
  for (const token of new Set(byteLevelAlphabet())) file.model.vocab[token] ??= Object.keys(file.model.vocab).length;
  const [cls, , sep] = addTokens(file, [['<s>'], ['<pad>'], ['</s>'], ['<mask>', { lstrip: true }]]);
  file.post_processor = { type: 'RobertaProcessing', sep: ['</s>', sep], cls: ['<s>', cls], trim_offsets: true, add_prefix_space: true };
});
/** As Llama 3's: cuts by a pattern, takes whole pieces, and puts a token before the text. */
const llama3 = trained(
  BPE.empty(),
  {
    normalizer: { type: 'NFC' },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Digits', individual_digits: true },
        { type: 'Split', pattern: { Regex: "[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+" }, behavior: 'Isolated', invert: false },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    decoder: byteLevel,
  },
  (file) => {
    for (const token of new Set(byteLevelAlphabet())) file.model.vocab[token] ??= Object.keys(file.model.vocab).length;
    file.model.vocab['Ġunfindable'] = Object.keys(file.model.vocab).length;
    file.model.ignore_merges = true;
    const [bos] = addTokens(file, [['<|begin|>'], ['<|end|>']]);
    file.post_processor = {
      type: 'Sequence',
      processors: [{ type: 'ByteLevel', add_prefix_space: true, trim_offsets: false, use_regex: true }, { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<|begin|>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 1 } }], special_tokens: { '<|begin|>': { id: '<|begin|>', ids: [bos], tokens: ['<|begin|>'] } } }],
    };
  },
);
const words = trained(WordLevel.empty(), { normalizer: { type: 'Lowercase' }, pre_tokenizer: { type: 'Whitespace' } }, (file) => {
  file.model.vocab['<unk>'] ??= Object.keys(file.model.vocab).length;
  file.model.unk_token = '<unk>';
});

/** The 256 characters of GPT-2's bytes. */
function byteLevelAlphabet(): string[] {
  let shifted = 0;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode((byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae ? byte : 0x100 + shifted++));
}

/** Blocks of characters that were there before any of the Unicode tables of both sides; the others are tested step by step. */
const blocks = [[0, 0x52f], [0x900, 0x965], [0x1100, 0x11f9], [0x1e00, 0x1ef9], [0x2000, 0x206f], [0x20a0, 0x20ac], [0x2190, 0x22ff], [0x3000, 0x33fe], [0x4e00, 0x9fa5], [0xac00, 0xdfff], [0xfb00, 0xfb04], [0xfeff, 0xff9f], [0xfffd, 0xfffd], [0x1f300, 0x1f5ff], [0x20000, 0x2a6d6], [0x10ffff, 0x10ffff]] as const;
const common = (text: string): string => [...text].filter((character) => blocks.some(([first, last]) => (character.codePointAt(0) as number) >= first && (character.codePointAt(0) as number) <= last)).join('');

const all: [string, Json][] = [['WordPiece as in BERT', wordPiece], ['Unigram as in T5', unigram], ['BPE as in Llama 2', llama], ['BPE as in CLIP', endOfWord], ['BPE as in RoBERTa', roberta], ['BPE as in Llama 3', llama3], ['words', words]];
const hard = [...texts, ' [MASK] x[MASK]  y <mask>', 'ein kleines Haus, kleinesHaus KLEINES', '<extra>  x <extra>y', 'sie ließ ließ', 'x unfindable y', '\uD800lone', '€ 𝕏 \u{1F9EC}\u{1F9EC} ☃'];

describe.each(all)('%s', (_name, file) => {
  const reference = new Reference(file);
  const ours = tokenizerFromJSON(file);
  const allowed = { allowedSpecial: 'all' } as const;
  const specials = fc.constantFrom('', '', ...ours.specialTokens.keys());
  const anything = fc.array(fc.tuple(anyText, specials), { maxLength: 3 }).map((parts) => parts.map(([part, token]) => common(part) + token).join(''));

  const compare = async (text: string): Promise<void> => {
    const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
    const expected = await reference.native.encode(text);
    const details = ours.encodeWithDetails(text, allowed);
    expect(details.ids).toEqual(expected.getIds());
    expect(ours.encode(text, allowed)).toEqual(details.ids);
    expect(ours.count(text, allowed)).toBe(details.ids.length);
    expect(inCodePoints(wellFormed, details.offsets)).toEqual(expected.getOffsets());
    expect(details.wordIds).toEqual(expected.getWordIds());
    expect(details.typeIds).toEqual(expected.getTypeIds());
    expect(details.specialTokensMask).toEqual(expected.getSpecialTokensMask());
    expect(ours.decode(details.ids)).toBe(await reference.decode(details.ids));
    expect(ours.decode(details.ids, { skipSpecialTokens: true })).toBe(await reference.decode(details.ids, true));
  };

  it('has the same vocabulary', () => {
    expect(reference.native.getVocabSize(true)).toBe(ours.vocabSize);
    for (let id = 0; id < ours.vocabSize; id += 7) expect(reference.native.idToToken(id)).toBe(ours.idToToken(id));
  });

  it('gives the same tokens and the same text back', async () => {
    for (const text of hard.map(common)) await compare(text);
    await fc.assert(fc.asyncProperty(anything, compare), { numRuns: 120 });
  });

  it('gives the same tokens for pairs, cut off and filled up', async () => {
    const sizes = fc.record({ maxLength: fc.integer({ min: 10, max: 60 }), stride: fc.nat(1), side: fc.constantFrom('right', 'left'), strategy: fc.constantFrom('LongestFirst', 'OnlyFirst'), multipleOf: fc.integer({ min: 1, max: 5 }), pair: fc.option(anything) });
    await fc.assert(
      fc.asyncProperty(anything, sizes, async (text, { maxLength, stride: wanted, side, strategy, multipleOf, pair }) => {
        // For what is too long by itself, the reference stops counting early, and then takes another text for the longer one.
        const room = maxLength - 4;
        fc.pre(pair === null || [text, pair].every((part) => ours.count(part, { ...allowed, addSpecialTokens: false }) <= room));
        const stride = strategy === 'OnlyFirst' ? 0 : wanted; // the reference ends the process when a stride is too long
        const native = NativeTokenizer.fromString(JSON.stringify(file));
        native.setTruncation(maxLength, { stride, direction: side, strategy: strategy as never });
        native.setPadding({ direction: side, padToMultipleOf: multipleOf, padId: 1, padToken: 'pad' });
        const expected = await native.encode(text, pair).catch(() => undefined);
        const options = { ...allowed, pair: pair ?? undefined, truncation: { maxLength, stride, side: side as 'right', strategy: strategy === 'OnlyFirst' ? ('only-first' as const) : ('longest-first' as const) }, padding: { multipleOf, id: 1, token: 'pad', side: side as 'right' } };
        if (!expected) return void expect(() => ours.encodeWithDetails(text, options)).toThrow(RangeError);
        const details = ours.encodeWithDetails(text, options);
        expect(details.ids).toEqual(expected.getIds());
        expect(ours.encode(text, options)).toEqual(details.ids);
        expect(details.typeIds).toEqual(expected.getTypeIds());
        expect(details.attentionMask).toEqual(expected.getAttentionMask());
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same text for random ids, at once and one by one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(ours.vocabSize - 1), { maxLength: 40 }), async (ids) => {
        const text = await reference.decode(ids);
        expect(ours.decode(ids)).toBe(text);
        const stream = new StreamDecoder(ours);
        expect(ids.map((id) => stream.push(id)).join('') + stream.end()).toBe(text);
      }),
      { numRuns: 100 },
    );
  });

  it('gives the same ids and details for a text in parts', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('ein ', 'Wort', ' und noch', ' eins. ', 'The 2 foxes ran ', ' [MA', 'SK] ', '<extra', '> a'), anyText), { maxLength: 12 }), (parts) => {
        const stream = new StreamEncoder(ours, allowed);
        expect([...parts.flatMap((part) => stream.push(part)), ...stream.end()]).toEqual(ours.encode(parts.join(''), allowed));
        expect(finished(ours.encodeWithDetailsInSteps(parts.join(''), { ...allowed, unitsPerStep: 9 })).encoding).toEqual(ours.encodeWithDetails(parts.join(''), allowed));
      }),
      { numRuns: 200 },
    );
  });

  it('is written as it was read', () => {
    const written = JSON.parse(JSON.stringify(ours));
    expect(tokenizerFromJSON(written).toJSON()).toEqual(written);
    expect(written.model.vocab).toEqual(file.model.vocab);
    expect(new Reference(written).native.getVocabSize(true)).toBe(ours.vocabSize);
  });
});
