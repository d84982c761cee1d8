// OpenAI's vocabularies: the packed ranks are those of their source, encodings beyond the three of tiktoken.test.ts give the ids of OpenAI's own implementation, names
// of models lead to the vocabulary that tiktoken's table says, and conversations are counted as OpenAI publishes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { get_encoding } from 'tiktoken';
import { countChatTokens, encodingForModel, encodingNameForModel, encodingNames, loadEncoding, loadGpt2, loadO200kBase, loadO200kHarmony, type EncodingName } from '@kk/tokenizer/openai';
import { readTokenRanks } from '../src/formats/tiktoken.js';
import { packed as r50k } from '../src/vocabularies/ranks/ranks-r50k.js';
import { unpackRanks } from '../src/vocabularies/unpack-ranks.js';
import { withoutNewCharacters } from './support/reference.js';
import { anyText, texts } from './support/texts.js';

it.each(['r50k_base', 'p50k_base', 'cl100k_base', 'o200k_base'] as const)('%s has the ranks that OpenAI publishes', async (name) => {
  const source = createRequire(import.meta.url)(`js-tiktoken/ranks/${name}`) as { bpe_ranks: string } | { default: { bpe_ranks: string } };
  const expected = readTokenRanks('default' in source ? source.default.bpe_ranks : source.bpe_ranks);
  const { ranks } = await loadEncoding(name);
  expect(Buffer.compare(Buffer.from(ranks.bytes), Buffer.from(expected.bytes))).toBe(0);
  expect(Buffer.compare(Buffer.from(ranks.starts.buffer, ranks.starts.byteOffset, ranks.starts.byteLength), Buffer.from(expected.starts.buffer, expected.starts.byteOffset, expected.starts.byteLength))).toBe(0);
});

describe.each(['r50k_base', 'p50k_base', 'p50k_edit'] as const)('%s', (name) => {
  it('gives the ids of OpenAI, special tokens included', async () => {
    const tokenizer = await loadEncoding(name);
    const reference = get_encoding(name);
    const check = (text: string): void => {
      expect(tokenizer.encode(text)).toEqual([...reference.encode_ordinary(text)]);
      expect(tokenizer.encode(text, { allowedSpecial: 'all' })).toEqual([...reference.encode(text, 'all')]);
    };
    for (const text of [...texts.map(withoutNewCharacters), 'def f(x):\n        return x\n' + ' '.repeat(61), 'a<|endoftext|>b<|fim_prefix|><|fim_middle|><|fim_suffix|>']) check(text);
    fc.assert(fc.property(fc.tuple(anyText.map(withoutNewCharacters), fc.nat(70)), ([text, spaces]) => check(`${text}${' '.repeat(spaces)}x`)), { numRuns: 200 });
    reference.free();
  });
});

it('o200k_harmony has the tokens of o200k_base and the special ones of the Harmony format', async () => {
  const tokenizer = await loadO200kHarmony();
  // The table of OpenAI's guide to the format, and three that only tiktoken names.
  const ids = { '<|start|>': 200006, '<|end|>': 200007, '<|message|>': 200008, '<|channel|>': 200005, '<|constrain|>': 200003, '<|return|>': 200002, '<|call|>': 200012, '<|startoftext|>': 199998, '<|endofprompt|>': 200018, '<|reserved_201087|>': 201087 };
  for (const [token, id] of Object.entries(ids)) expect(tokenizer.encode(token, { allowedSpecial: 'all' })).toEqual([id]);
  const text = `${Object.keys(ids).join('Hallo 🦊')} is text`;
  expect(tokenizer.encode(text)).toEqual((await loadO200kBase()).encode(text));
  expect(tokenizer.specialTokens.size).toBe(201088 - 199998);
  expect(tokenizer.vocabSize).toBe(201088);
});

describe('names of models', () => {
  it('lead to the vocabulary of the table of OpenAI', async () => {
    // The table that the package tiktoken brings along.
    const table = JSON.parse(readFileSync(createRequire(import.meta.url).resolve('tiktoken/model_to_encoding.json'), 'utf8')) as Record<string, EncodingName>;
    expect(Object.keys(table).length).toBeGreaterThan(90);
    for (const [model, encoding] of Object.entries(table)) expect([model, encodingNameForModel(model)]).toEqual([model, encoding]);
    for (const [model, encoding] of [['gpt-oss-120b', 'o200k_harmony'], ['ft:gpt-4o-mini:acme', 'o200k_base'], ['ft:gpt-3.5-turbo-0125:acme', 'cl100k_base'], ['gpt-4o-2030-01-01', 'o200k_base'], ['gpt-4-2030', 'cl100k_base']] as const) {
      expect(encodingNameForModel(model)).toBe(encoding);
    }
    expect(await encodingForModel('gpt2')).toBe(await loadGpt2());
    expect(await encodingForModel('davinci')).toBe(await loadGpt2());
    expect(encodingNames).toContain('p50k_edit');
  });

  it('that are unknown say so', async () => {
    await expect(encodingForModel('gpt-9000')).rejects.toThrow('The model "gpt-9000" is not known; expected one of OpenAI\'s, such as gpt-4o');
    await expect(loadEncoding('o300k' as never)).rejects.toThrow('There is no vocabulary "o300k"; expected one of gpt2, r50k_base');
  });
});

describe('tokens of a conversation', () => {
  // The example of OpenAI's cookbook, for which it gives these counts and those that the interface answered.
  const messages = [
    { role: 'system', content: 'You are a helpful, pattern-following assistant that translates corporate jargon into plain English.' },
    { role: 'system', name: 'example_user', content: 'New synergies will help drive top-line growth.' },
    { role: 'system', name: 'example_assistant', content: 'Things working well together will increase revenue.' },
    { role: 'system', name: 'example_user', content: "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage." },
    { role: 'system', name: 'example_assistant', content: "Let's talk later when we're less busy about how to do better." },
    { role: 'user', content: "This late pivot means we don't have time to boil the ocean for the client deliverable." },
  ];

  it.each([['gpt-3.5-turbo', 129], ['gpt-4', 129], ['gpt-4o', 124], ['gpt-4o-mini', 124]])('are those that OpenAI counts: %s', async (model, count) => {
    expect(countChatTokens(await encodingForModel(model), messages)).toBe(count);
  });

  it('of what is no text are refused', async () => {
    const tokenizer = await loadGpt2();
    expect(() => countChatTokens(tokenizer, [{ role: 'user', content: [{ type: 'image_url' }] as never }])).toThrow('messages[0].content is a list; expected a text: only texts can be counted.');
    expect(() => countChatTokens(tokenizer, [null as never])).toThrow("messages[0] is null; expected an object such as { role: 'user', content: 'Hello' }.");
    expect(countChatTokens(tokenizer, [{ role: 'user', content: null }])).toBe(3 + 3 + 1);
  });
});

describe('damaged ranks', () => {
  it.each([['no Base64', '????'], ['cut off', r50k.slice(0, r50k.length >> 1 & ~3)], ['empty', '']])('are an error: %s', async (_, packed) => {
    await expect(unpackRanks(packed)).rejects.toThrow();
  });
});
