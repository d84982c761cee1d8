// What KTO is given: a prompt, an answer, and whether the answer is wanted. As JSON Lines, TRL's "unpaired" form.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { ChatMessage, Tokenizer } from '@kk/tokenizer';
import { checkMessages, checkText, shown } from '../../data/check-example.js';
import { labelExample } from '../../data/label-example.js';
import { readJsonLines, type Chunk } from '../../data/read-json-lines.js';
import { withLine } from '../../data/with-line.js';
import { promptAndAnswer, type EncodePreferenceOptions } from '../data/encode-preference.js';
import type { JudgedTokens } from './judged-rows.js';

/** Two texts, of which the prompt may be empty, or a conversation and a list of one message of the assistant that would be the next. */
export type JudgedAnswer = { readonly label: boolean } & ({ readonly prompt: string; readonly completion: string } | { readonly prompt: readonly ChatMessage[]; readonly completion: readonly ChatMessage[] });

export interface NumberedJudgedAnswer {
  /** Counted from 1. */
  readonly line: number;
  readonly judged: JudgedAnswer;
}

export interface ReadJudgedOptions {
  /** Names the source in errors, for example a path; default `'the judged answers'`. */
  name?: string;
}

const OPTIONS: OptionNames<ReadJudgedOptions> = { name: 'optional' };
const EXPECTED = '{"prompt": ..., "completion": ..., "label": true or false}';

/**
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, no judged answer, or longer than 64 MiB, or when there is none
 */
export async function* readJudgedAnswers(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, options: ReadJudgedOptions = {}): AsyncGenerator<NumberedJudgedAnswer, void, undefined> {
  checkOptions('readJudgedAnswers', options, OPTIONS);
  const { name = 'the judged answers' } = options;
  for await (const { line, value } of readJsonLines(chunks, { name, noun: 'judged answer', check: checkJudged })) yield { line, judged: value };
}

/**
 * The answer is encoded with its prompt, as the model will read them: a token that begins in the prompt belongs to it.
 * @throws {Error} when the answer has no token, or `labelExample` throws
 */
export async function encodeJudgedAnswer(tokenizer: Tokenizer, judged: JudgedAnswer, options: EncodePreferenceOptions = {}): Promise<JudgedTokens> {
  const { prompt, completion, label } = checkJudged(judged);
  const example = typeof prompt === 'string' ? { prompt, completion: completion as string } : { messages: [...prompt, ...(completion as readonly ChatMessage[])] };
  return { ...promptAndAnswer(await labelExample(tokenizer, example, { ...options, learn: 'completion' })), desirable: label };
}

/**
 * Encodes all answers of a source.
 * @param judged as `readJudgedAnswers` gives them
 * @throws {Error} that names the line, for each reason of `encodeJudgedAnswer`
 */
export async function encodeJudgedAnswers(tokenizer: Tokenizer, judged: AsyncIterable<NumberedJudgedAnswer> | Iterable<NumberedJudgedAnswer>, options: EncodePreferenceOptions = {}): Promise<JudgedTokens[]> {
  const encoded: JudgedTokens[] = [];
  for await (const { line, judged: one } of judged) encoded.push(await withLine(line, () => encodeJudgedAnswer(tokenizer, one, options)));
  return encoded;
}

function checkJudged(value: unknown): JudgedAnswer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`found ${shown(value)}; expected ${EXPECTED}`);
  const { prompt, completion, label } = value as Record<string, unknown>;
  if (typeof label !== 'boolean') throw new Error(`label is ${shown(label)}; expected true where the answer is wanted, else false, in ${EXPECTED}`);
  if (typeof prompt === 'string') return { prompt, completion: checkText('completion', completion), label };
  if (!Array.isArray(prompt)) throw new Error(`prompt is ${shown(prompt)}; expected a text, which may be empty, or a list of messages, in ${EXPECTED}`);
  const messages = checkMessages('completion', completion);
  if (messages.length !== 1 || messages[0]!.role !== 'assistant') throw new Error(`completion has messages of ${messages.map(({ role }) => shown(role)).join(', ')}; expected one of "assistant": what comes before it belongs to the prompt`);
  return { prompt: checkMessages('prompt', prompt), completion: messages, label };
}
