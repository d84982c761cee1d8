// Declares what KTO is given: a prompt, an answer, and whether the answer is wanted. As JSON Lines, TRL's "unpaired" form.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { ChatMessage, Tokenizer } from '@kk/tokenizer';
import { checkMessages, checkText, shown } from '../../data/check-example.js';
import { labelExample } from '../../data/label-example.js';
import { readJsonLines, type Chunk } from '../../data/read-json-lines.js';
import { withLine } from '../../data/with-line.js';
import { encodePreferenceNames, promptAndAnswer, type EncodePreferenceOptions } from '../data/encode-preference.js';
import type { RatedTokens } from './rated-rows.js';

/** Two texts, of which the prompt may be empty, or a conversation and a list of one message of the assistant that would be the next. */
export type RatedAnswer = { readonly label: boolean } & ({ readonly prompt: string; readonly completion: string } | { readonly prompt: readonly ChatMessage[]; readonly completion: readonly ChatMessage[] });

export interface NumberedRatedAnswer {
  /** Counted from 1. */
  readonly line: number;
  readonly rated: RatedAnswer;
}

export interface ReadRatedOptions {
  /** Names the source in errors, for example a path; default `'the rated answers'`. */
  name?: string;
}

const OPTIONS: OptionNames<ReadRatedOptions> = { name: 'optional' };
const EXPECTED = '{"prompt": ..., "completion": ..., "label": true or false}';

/**
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, no rated answer, or longer than 64 MiB, or when there is none
 */
export async function* readRatedAnswers(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, options: ReadRatedOptions = {}): AsyncGenerator<NumberedRatedAnswer, void, undefined> {
  checkOptions('readRatedAnswers', options, OPTIONS);
  const { name = 'the rated answers' } = options;
  for await (const { line, value } of readJsonLines(chunks, { name, noun: 'rated answer', check: checkRated })) yield { line, rated: value };
}

/**
 * The answer is encoded with its prompt, as the model will read them: a token that begins in the prompt belongs to it.
 * @throws {Error} when the answer has no token, or `labelExample` throws
 */
export async function encodeRatedAnswer(tokenizer: Tokenizer, rated: RatedAnswer, options: EncodePreferenceOptions = {}): Promise<RatedTokens> {
  checkOptions('encodeRatedAnswer', options, encodePreferenceNames);
  const { prompt, completion, label } = checkRated(rated);
  const example = typeof prompt === 'string' ? { prompt, completion: completion as string } : { messages: [...prompt, ...(completion as readonly ChatMessage[])] };
  return { ...promptAndAnswer(await labelExample(tokenizer, example, { ...options, learn: 'completion' })), desirable: label };
}

/**
 * Encodes all answers of a source.
 * @param rated as `readRatedAnswers` gives them
 * @throws {Error} that names the line, for each reason of `encodeRatedAnswer`
 */
export async function encodeRatedAnswers(tokenizer: Tokenizer, rated: AsyncIterable<NumberedRatedAnswer> | Iterable<NumberedRatedAnswer>, options: EncodePreferenceOptions = {}): Promise<RatedTokens[]> {
  checkOptions('encodeRatedAnswers', options, encodePreferenceNames);
  const encoded: RatedTokens[] = [];
  for await (const { line, rated: one } of rated) encoded.push(await withLine(line, () => encodeRatedAnswer(tokenizer, one, options)));
  return encoded;
}

function checkRated(value: unknown): RatedAnswer {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`found ${shown(value)}; expected ${EXPECTED}`);
  const { prompt, completion, label } = value as Record<string, unknown>;
  if (typeof label !== 'boolean') throw new Error(`label is ${shown(label)}; expected true where the answer is wanted, else false, in ${EXPECTED}`);
  if (typeof prompt === 'string') return { prompt, completion: checkText('completion', completion), label };
  if (!Array.isArray(prompt)) throw new Error(`prompt is ${shown(prompt)}; expected a text, which may be empty, or a list of messages, in ${EXPECTED}`);
  const messages = checkMessages('completion', completion);
  if (messages.length !== 1 || messages[0]!.role !== 'assistant') throw new Error(`completion has messages of ${messages.map(({ role }) => shown(role)).join(', ')}; expected one of "assistant": what comes before it belongs to the prompt`);
  return { prompt: checkMessages('prompt', prompt), completion: messages, label };
}
