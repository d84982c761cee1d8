// Reads prompts from JSON Lines, one a line: what a model is asked, without an answer to learn.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { ChatMessage } from '@kk/tokenizer';
import { checkMessages, checkText, shown } from './check-example.js';
import { readJsonLines, type Chunk } from './read-json-lines.js';

export interface NumberedPrompt {
  /** Counted from 1. */
  readonly line: number;
  /** A text, or a conversation of which the next message would be the assistant's. */
  readonly prompt: string | readonly ChatMessage[];
  /** The right answer, where the line has one to compare with. */
  readonly answer?: string;
}

export interface ReadPromptsOptions {
  /** Names the source in errors, for example a path; default `'the prompts'`. */
  name?: string;
}

const OPTIONS: OptionNames<ReadPromptsOptions> = { name: 'optional' };
const EXPECTED = '{"prompt": ...}, a text or a list of messages, or {"messages": [...]}, whose last answer is left out';

/**
 * Reads `{"prompt"}`, also of preferences and of examples with a completion, with a right `"answer"` where there is one, and `{"messages"}` up to the last message of the assistant. Other fields of
 * a line are passed over.
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, or no prompt, or when there is no prompt at all
 */
export async function* readPrompts(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, options: ReadPromptsOptions = {}): AsyncGenerator<NumberedPrompt, void, undefined> {
  checkOptions('readPrompts', options, OPTIONS);
  const { name = 'the prompts' } = options;
  for await (const { line, value } of readJsonLines(chunks, { name, noun: 'prompt', check: checkLine })) yield { line, ...value };
}

function checkLine(value: unknown): Omit<NumberedPrompt, 'line'> {
  const prompt = checkPrompt(value);
  const { answer } = value as { answer?: unknown };
  return { prompt, ...(answer !== undefined && { answer: checkText('answer', answer) }) };
}

function checkPrompt(value: unknown): string | ChatMessage[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`found ${shown(value)}; expected ${EXPECTED}`);
  const { prompt, messages } = value as Record<string, unknown>;
  if (typeof prompt === 'string' && prompt !== '') return prompt;
  if (Array.isArray(prompt)) return checkMessages('prompt', prompt);
  if (prompt !== undefined || messages === undefined) throw new Error(`prompt is ${shown(prompt)}; expected ${EXPECTED}`);
  const all = checkMessages('messages', messages);
  const last = all.findLastIndex(({ role }) => role === 'assistant');
  const asked = last < 0 ? all : all.slice(0, last);
  if (asked.length === 0) throw new Error('the messages begin with their last answer; expected a message before it');
  return asked;
}
