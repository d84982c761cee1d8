// Turns conversations into ids with a chat template, such as the one in a model's tokenizer_config.json. Templates are written in Jinja;
// `@huggingface/jinja` runs them and is loaded on first use.

import { type GuardedOptions } from './added-token-matcher.js';
import { type EncodeOptions, type Tokenizer } from './tokenizer.js';

/** A message of a conversation. Templates may know more fields than these. */
export interface ChatMessage {
  role: string;
  content: string;
  [field: string]: unknown;
}

export interface ChatOptions extends Pick<EncodeOptions, 'truncation' | 'padding'> {
  /** The Jinja template. */
  template: string;
  /** Whether to append the beginning of the assistant's answer, so that the model goes on from there. Default false. */
  addGenerationPrompt?: boolean;
  /** Further variables of the template, such as `bos_token` and `tools`. */
  variables?: Readonly<Record<string, unknown>>;
}

/**
 * The text of a conversation.
 * @throws {Error} when the template fails, with its own message
 */
export async function renderChat(messages: readonly ChatMessage[], { template, addGenerationPrompt = false, variables = {} }: ChatOptions): Promise<string> {
  checkMessages(messages);
  if (typeof template !== 'string') throw new TypeError('encodeChat needs a template; expected the text of a Jinja template, as chat_template in tokenizer_config.json.');
  const { Template } = await import('@huggingface/jinja');
  return new Template(template).render({ ...variables, messages, add_generation_prompt: addGenerationPrompt });
}

/**
 * The ids of a conversation. Special tokens of the template become their ids. The same text inside a message stays ordinary text, so a
 * message cannot fake another one. No tokens are added around the result, because the template contains them.
 */
export async function encodeChat(tokenizer: Tokenizer, messages: readonly ChatMessage[], options: ChatOptions): Promise<number[]> {
  checkMessages(messages);
  const specials = [...tokenizer.specialTokens.keys()].sort((a, b) => b.length - a.length);
  const marked = messages.map((message) => mapStrings(message, (text) => mark(text, specials)) as ChatMessage);
  const text = await renderChat(marked, options);
  const [first, ...rest] = text.split(MARK);
  // Where special tokens from the messages occur in the text.
  const ordinary: number[] = [];
  let plain = first;
  for (const part of rest) {
    ordinary.push(plain.length);
    plain += part;
  }
  const { truncation, padding } = options;
  const guarded: GuardedOptions = { truncation, padding, allowedSpecial: 'all', addSpecialTokens: false, guard: (start, end) => ordinary.some((place) => place >= start && place < end) };
  return tokenizer.encode(plain, guarded);
}

/** Marks the text after it as not a special token; three characters that no text contains. */
const MARK = '\uFFFF\uFDD0\uFFFF';

function mark(text: string, specials: readonly string[]): string {
  return specials.reduce((current, token) => current.replaceAll(token, () => MARK + token), text.replaceAll(MARK, ''));
}

/** A copy of the value with `change` applied to every string in it. */
function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]));
}

function checkMessages(messages: readonly ChatMessage[]): void {
  if (!Array.isArray(messages)) throw new TypeError('encodeChat needs messages; expected a list of { role, content }.');
  messages.forEach((message: unknown, i) => {
    if (message === null || typeof message !== 'object' || typeof (message as ChatMessage).role !== 'string') throw new TypeError(`messages[${i}] has no role; expected { role, content }.`);
  });
}
