// Counts the tokens of a conversation when it is sent to OpenAI's chat interface, by the rule that OpenAI's cookbook publishes: "How to
// count tokens with tiktoken", https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken.

import { requireMethod, wrongKind } from '@kk/options';
import type { Tokenizer } from '../core/tokenizer.js';

/** A message as OpenAI's interface takes it. All texts count: those of `role`, `content`, `name` and whatever else there is. */
export interface CountedMessage {
  role: string;
  content?: string | null;
  name?: string;
  [field: string]: unknown;
}

/** Tokens around each message, for a name in it, and with which the answer begins. */
const AROUND_MESSAGE = 3;
const FOR_NAME = 1;
const BEGINNING_OF_ANSWER = 3;

/**
 * @param tokenizer  of the model: `await encodingForModel('gpt-4o')`
 * @returns the tokens of the prompt. Tools and pictures are not counted: how they are written for the model is not published
 * @throws {TypeError} when the tokenizer is none, the messages are no list, a message is no object, or a field of it is neither a text nor null nor absent
 */
export function countChatTokens(tokenizer: Tokenizer, messages: readonly CountedMessage[]): number {
  requireMethod('tokenizer', tokenizer, 'count', 'a tokenizer');
  if (!Array.isArray(messages)) throw wrongKind('messages', messages, "a list such as [{ role: 'user', content: 'Hello' }]");
  let count = BEGINNING_OF_ANSWER;
  messages.forEach((message, i) => {
    if (typeof message !== 'object' || message === null) throw new TypeError(`messages[${i}] is ${String(message)}; expected an object such as { role: 'user', content: 'Hello' }.`);
    count += AROUND_MESSAGE;
    for (const [field, value] of Object.entries(message)) {
      if (value === null || value === undefined) continue;
      if (typeof value !== 'string') throw new TypeError(`messages[${i}].${field} is ${Array.isArray(value) ? 'a list' : typeof value}; expected a text: only texts can be counted.`);
      count += tokenizer.count(value) + (field === 'name' ? FOR_NAME : 0);
    }
  });
  return count;
}
