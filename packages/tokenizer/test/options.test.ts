// Options that are misspelt, of the methods of all tokenizers, of the options within options, and of what reads, trains and renders.
import { describe, expect, it } from 'vitest';
import * as api from '../src/index.js';
import { loadTokenizer } from '../src/node.js';

const { BytePairTokenizer, CharacterTokenizer, UnigramTokenizer, WordPieceTokenizer, WordTokenizer } = api;
const text = 'the cat and the hat';
const misspelt = { allowSpecial: 'all' } as never;
const specialTokens = ['<|a|>'];

/** One tokenizer of each base class. */
const tokenizers = {
  characters: CharacterTokenizer.train(text, { specialTokens }),
  'byte pairs': BytePairTokenizer.train(text, { vocabSize: 260, specialTokens }),
  pipeline: WordPieceTokenizer.train(text, { vocabSize: 60, specialTokens: ['[PAD]', '[CLS]', '[SEP]', '<|a|>'] }),
};

describe.each(Object.entries(tokenizers))('%s', (_, tokenizer: api.Tokenizer) => {
  const ids = tokenizer.encode('the cat', { addSpecialTokens: false });

  it.each<[string, () => unknown]>([
    ['encode', () => tokenizer.encode(text, misspelt)],
    ['encodeBatch', () => tokenizer.encodeBatch([text], misspelt)],
    ['count', () => tokenizer.count(text, misspelt)],
    ['isWithinLimit', () => tokenizer.isWithinLimit(text, 3, misspelt)],
    ['encodeWithDetails', () => tokenizer.encodeWithDetails(text, misspelt)],
    ['encodeWithDetailsInSteps', () => tokenizer.encodeWithDetailsInSteps(text, misspelt)],
    ['startEncoding', () => tokenizer.startEncoding(misspelt)],
    ['StreamEncoder', () => new api.StreamEncoder(tokenizer, misspelt)],
    ['truncateText', () => api.truncateText(tokenizer, text, 3, misspelt)],
    ['encodeWords', () => api.encodeWords(tokenizer, ['the'], misspelt)],
  ])('%s', (owner, call) => {
    expect(call).toThrow(`${owner}: unknown option 'allowSpecial', did you mean 'allowedSpecial'?; known: `);
    expect(call).toThrow(TypeError);
  });

  it.each<[string, (options: never) => unknown]>([
    ['decode', (options) => tokenizer.decode(ids, options)],
    ['decodeBatch', (options) => tokenizer.decodeBatch([ids], options)],
    ['startDecoding', (options) => tokenizer.startDecoding(options)],
    ['StreamDecoder', (options) => new api.StreamDecoder(tokenizer, options)],
    ['decodeWithOffsets', (options) => api.decodeWithOffsets(tokenizer, ids, options)],
  ])('%s', (owner, call) => {
    expect(() => call({ skipSpecial: true } as never)).toThrow(`${owner}: unknown option 'skipSpecial'`);
    expect(() => call({ skipSpecialTokens: 'no' } as never)).toThrow(`${owner}: skipSpecialTokens is "no"; expected true or false.`);
    expect(() => call(undefined as never)).not.toThrow();
  });

  it('options within options', () => {
    expect(() => tokenizer.encode(text, { truncation: { maxLen: 3 } as never })).toThrow("truncation: unknown option 'maxLen'");
    expect(() => tokenizer.encode(text, { padding: { id: 1, multiple: 8 } as never })).toThrow("padding: unknown option 'multiple', did you mean 'multipleOf'?; known: length, multipleOf");
  });

  it('no option that is internal, and none that the prototype of all objects has', () => {
    expect(() => tokenizer.encode(text, { guard: () => true } as never)).toThrow("encode: unknown option 'guard'; known: addSpecialTokens?, pair?");
    expect(() => tokenizer.encode(text, { toString: 1 } as never)).toThrow("encode: unknown option 'toString'");
    expect(() => tokenizer.encode(text, 'all' as never)).toThrow('encode got "all" as its options; expected an object with');
    expect(() => tokenizer.encode(text, null as never)).toThrow('encode got null as its options');
  });

  it('options that are undefined, or hold what is undefined, are left out', () => {
    expect(tokenizer.encode(text, { dropout: undefined, pair: undefined })).toEqual(tokenizer.encode(text));
    expect(tokenizer.encode(text, undefined)).toEqual(tokenizer.encode(text));
  });

  it('an id that is no integer of at least 0 has no token', () => {
    for (const id of [1n, '1', 1.5, NaN, -1, Infinity, null, undefined] as never[]) {
      expect(() => tokenizer.idToToken(id)).toThrow(RangeError);
      expect(() => tokenizer.idToToken(id)).toThrow('is no token id; expected an integer from 0 to ');
      expect(() => tokenizer.tokenBytes(id)).toThrow('is no token id; expected an integer from 0 to ');
      expect(() => tokenizer.decode([id])).toThrow('is no token id; expected an integer from 0 to ');
      expect(() => new api.StreamDecoder(tokenizer).push(id)).toThrow('is no token id; expected an integer from 0 to ');
    }
    expect(() => tokenizer.idToToken(1n as never)).toThrow('1n is no token id; expected an integer from 0 to ' + (tokenizer.vocabSize - 1) + ', and it is a bigint: convert it with Number(id).');
    expect(tokenizer.idToToken(tokenizer.vocabSize)).toBeUndefined();
    expect(tokenizer.idToToken(0)).toBeTypeOf('string');
  });
});

it('dropout', () => {
  expect(() => tokenizers['byte pairs'].encode(text, { dropout: { probability: 0.1, sed: 1 } as never })).toThrow("dropout: unknown option 'sed', did you mean 'seed'?; known: probability, seed.");
});

it.each<[string, (options: never) => unknown]>([
  ['CharacterTokenizer.train', (options) => CharacterTokenizer.train(text, options)],
  ['WordTokenizer.train', (options) => WordTokenizer.train(text, options)],
  ['WordTokenizer.train', (options) => WordTokenizer.trainAsync([text], options)],
  ['BytePairTokenizer.train', (options) => BytePairTokenizer.train(text, options)],
  ['BytePairTokenizer.train', (options) => BytePairTokenizer.trainAsync([text], options)],
  ['WordPieceTokenizer.train', (options) => WordPieceTokenizer.train(text, options)],
  ['WordPieceTokenizer.train', (options) => WordPieceTokenizer.trainAsync([text], options)],
  ['UnigramTokenizer.train', (options) => UnigramTokenizer.train(text, options)],
  ['UnigramTokenizer.train', (options) => UnigramTokenizer.trainAsync([text], options)],
  ['WordPieceTokenizer', (options) => new WordPieceTokenizer(['[UNK]', 'a'], options)],
  ['tokenizerFromVocabText', (options) => api.tokenizerFromVocabText('[UNK]\na', options)],
  ['tokenizerFromVocabAndMerges', (options) => api.tokenizerFromVocabAndMerges({}, '', options)],
  ['tokenizerFromRanks', (options) => api.tokenizerFromRanks('', options)],
  ['tokenizerFromSentencePiece', (options) => api.tokenizerFromSentencePiece(new Uint8Array(), options)],
  ['tokenizerFromBytes', (options) => api.tokenizerFromBytes(new Uint8Array(), 'a.json', options)],
  ['tokenizerFromURL', (options) => api.tokenizerFromURL('https://localhost/a.json', options)],
  ['loadTokenizer', (options) => loadTokenizer('nowhere', options)],
  ['renderChat', (options) => api.renderChat([], options)],
  ['encodeChat', (options) => api.encodeChat(tokenizers.characters, [], options)],
  ['encodeConversation', (options) => api.encodeConversation(tokenizers.characters, [], options)],
])('%s', async (owner, call) => {
  await expect((async () => call({ vocabsice: 300 } as never))()).rejects.toThrow(`${owner}: unknown option 'vocabsice'`);
});

it('each format takes its own options of those that a file has', async () => {
  const vocabulary = new TextEncoder().encode('[UNK]\nA\na');
  const options: api.FileOptions = { lowercase: false, pattern: 'a', before: ['<s>'] };
  expect((await api.tokenizerFromBytes(vocabulary, 'vocab.txt', options)).encode('A')).toEqual([1]);
});
