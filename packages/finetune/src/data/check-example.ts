// Checks that a value, such as a line of a JSON Lines file, is an example to learn from.
import type { ChatMessage } from '@kk/tokenizer';
import type { TuningExample } from './examples.js';

/** The forms of an example, in errors. */
export const EXPECTED = '{"text": ...}, {"prompt": ..., "completion": ...} or {"messages": [{"role": ..., "content": ...}, ...]}';

/**
 * @param value fields that belong to none of the three forms are passed over
 * @returns the example with the fields of its form alone
 * @throws {Error} that says what was found and what was expected
 */
export function checkExample(value: unknown): TuningExample {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`found ${shown(value)}; expected ${EXPECTED}`);
  const fields = value as Record<string, unknown>;
  const forms = ['text', 'completion', 'messages'].filter((name) => fields[name] !== undefined);
  if (forms.length === 0) throw new Error(fields.prompt === undefined ? `found the fields ${Object.keys(fields).map(shown).join(', ') || '(none)'}; expected ${EXPECTED}` : 'there is a prompt without a completion; expected both');
  if (forms.length > 1) throw new Error(`found both ${forms.map(shown).join(' and ')}; expected one of them: ${EXPECTED}`);
  const { text, prompt, completion, messages } = fields;
  if (messages !== undefined) return { messages: checkMessages('messages', messages) };
  if (text !== undefined) return { text: checkText('text', text) };
  if (typeof prompt !== 'string') throw new Error(`prompt is ${shown(prompt)}; expected a text, which may be empty`);
  return { prompt, completion: checkText('completion', completion) };
}

/** @throws {Error} unless it is a text that is not empty */
export function checkText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is ${shown(value)}; expected a text that is not empty`);
  return value;
}

/** @throws {Error} unless it is a list of messages that is not empty */
export function checkMessages(name: string, value: unknown): ChatMessage[] {
  if (!Array.isArray(value) || value.length === 0) throw new Error(`${name} is ${shown(value)}; expected a list of {"role": ..., "content": ...} that is not empty`);
  value.forEach((message: unknown, i) => {
    const { role, content, tool_calls: calls } = (message ?? {}) as Record<string, unknown>;
    if (typeof role !== 'string' || role === '') throw new Error(`${name}[${i}].role is ${shown(role)}; expected a text such as "user" or "assistant"`);
    const known = Object.hasOwn(OTHER_NAMES, role) ? OTHER_NAMES[role] : undefined;
    if (known !== undefined) throw new Error(`${name}[${i}].role is ${shown(role)}; expected ${shown(known)}, as chat templates call it: rename it`);
    if (typeof content !== 'string') throw new Error(`${name}[${i}].content is ${shown(content)}; expected a text`);
    // As with a completion. A message that calls tools says something without a text.
    if (role === 'assistant' && content === '' && calls === undefined) throw new Error(`${name}[${i}].content is "", and an answer that says nothing is none; expected a text that is not empty`);
  });
  return value as ChatMessage[];
}

/** What some data call those who speak. With such a role nothing would be learned: templates and labels know the other names. */
const OTHER_NAMES: Readonly<Record<string, string | undefined>> = { human: 'user', gpt: 'assistant' };

/** A value in an error message, shortened. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'missing';
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
