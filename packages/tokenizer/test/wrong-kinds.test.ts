// Arguments of a wrong kind at the doors that take a tokenizer: each is one error that names it, and a forgotten await is said.
import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeWithOffsets, encodeChat, renderChat, truncateText } from '../src/index.js';
import { countChatTokens, encodingForModel } from '../src/vocabularies/openai.js';

const messages = [{ role: 'user', content: 'Hello' }];
const wrong: [string, unknown][] = [['undefined', undefined], ['null', null], ['a number', 5], ['a function', () => 'a'], ['an object', { nothing: 1 }]];
const calls: [string, (value: never) => unknown][] = [
  ['countChatTokens(tokenizer)', (value) => countChatTokens(value, messages)],
  ['countChatTokens(tokenizer, messages)', async (value) => countChatTokens(await encodingForModel('gpt-4'), value)],
  ['truncateText(tokenizer)', (value) => truncateText(value, 'a', 1)],
  ['truncateText(tokenizer, text)', async (value) => truncateText(await encodingForModel('gpt-4'), value, 1)],
  ['encodeChat(tokenizer)', (value) => encodeChat(value, messages, { template: 'a' })],
  ['encodeChat(tokenizer, messages)', async (value) => encodeChat(await encodingForModel('gpt-4'), value, { template: 'a' })],
  ['encodeChat(tokenizer, messages, options)', async (value) => encodeChat(await encodingForModel('gpt-4'), messages, value)],
  ['renderChat(messages)', (value) => renderChat(value, { template: 'a' })],
  ['renderChat(messages, options)', (value) => renderChat(messages, value)],
  ['encode(text)', async (value) => (await encodingForModel('gpt-4')).encode(value)],
  ['decode(ids)', async (value) => (await encodingForModel('gpt-4')).decode(value)],
  ['encodeBatch(texts)', async (value) => (await encodingForModel('gpt-4')).encodeBatch(value)],
  ['decodeBytes(tokenizer)', (value) => decodeBytes(value, [1])],
  ['decodeWithOffsets(tokenizer)', (value) => decodeWithOffsets(value, [1])],
  ['decodeWithOffsets(tokenizer, ids)', async (value) => decodeWithOffsets(await encodingForModel('gpt-4'), value)],
  ['decodeBytes(tokenizer, ids)', async (value) => decodeBytes(await encodingForModel('gpt-4'), value)],
];

/** How an engine says it. */
const ENGINE = /Cannot read|is not a function|of undefined|not iterable|is not defined|Cannot convert|Cannot use|Cannot destructure|null is not/;

describe.each(calls)('%s', (_, call) => {
  it.each(wrong)('names %s', async (_name, value) => {
    const error = await (async () => call(value as never))().then(() => undefined, (reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).not.toMatch(ENGINE);
  });
});

it('says what to do with a tokenizer that nobody waited for', () => {
  expect(() => countChatTokens(encodingForModel('gpt-4') as never, messages)).toThrow('tokenizer is a Promise; expected a tokenizer. Write await before what gives it.');
  expect(() => truncateText(encodingForModel('gpt-4') as never, 'a', 1)).toThrow('Write await before what gives it.');
});

it('names null in place of options', async () => {
  const tokenizer = await encodingForModel('gpt-4');
  expect(() => tokenizer.encode('a', null as never)).toThrow('null as its options');
});
