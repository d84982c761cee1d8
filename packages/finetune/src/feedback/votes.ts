// Votes of people on pairs of answers, and how they stand in a file of JSON Lines.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkText, shown } from '../data/check-example.js';
import { readJsonLines, type Chunk } from '../data/read-json-lines.js';

/** Which answer is better; `neither` where the voter cannot say. */
export type Choice = 'a' | 'b' | 'neither';

export const choices: readonly Choice[] = ['a', 'b', 'neither'];

export interface Vote {
  /** The `id` of the pair. */
  readonly pair: string;
  /** Who voted: any text that is not empty. */
  readonly voter: string;
  readonly choice: Choice;
  /** When, as ISO 8601 has it. Only where the caller says it: votes alone say nothing about when somebody was at the machine. */
  readonly time?: string;
}

export interface NumberedVote {
  /** Counted from 1. */
  readonly line: number;
  readonly vote: Vote;
}

export interface ReadVotesOptions {
  /** Names the source in errors, for example a path; default `'the votes'`. */
  name?: string;
}

const OPTIONS: OptionNames<ReadVotesOptions> = { name: 'optional' };
const FIELDS = ['pair', 'voter', 'choice', 'time'];

/**
 * @param chunks text, or UTF-8 bytes, cut anywhere; blank lines are skipped, but counted
 * @throws {Error} that names the source and the line, when a line is not UTF-8, not JSON, or no vote, or when there is no vote at all
 */
export async function* readVotes(chunks: AsyncIterable<Chunk> | Iterable<Chunk>, options: ReadVotesOptions = {}): AsyncGenerator<NumberedVote, void, undefined> {
  checkOptions('readVotes', options, OPTIONS);
  const { name = 'the votes' } = options;
  for await (const { line, value } of readJsonLines(chunks, { name, noun: 'vote', check: checkVote })) yield { line, vote: value };
}

/** One vote a line, as `readVotes` reads them; empty where there are none. */
export const votesAsLines = (votes: readonly Vote[]): string => votes.map((vote) => `${JSON.stringify(vote)}\n`).join('');

/** @throws {Error} that says what was found and what was expected, without a full stop */
export function checkVote(value: unknown): Vote {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`found ${shown(value)}; expected {"pair": ..., "voter": ..., "choice": "a", "b" or "neither"}`);
  const { pair, voter, choice, time } = value as Record<string, unknown>;
  const unknown = Object.keys(value).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw new Error(`there is a field ${shown(unknown)}; expected ${FIELDS.join(', ')}`);
  const known = choices.find((one) => one === choice);
  if (known === undefined) throw new Error(`choice is ${shown(choice)}; expected "a", "b" or "neither"`);
  if (time !== undefined && (typeof time !== 'string' || Number.isNaN(Date.parse(time)))) throw new Error(`time is ${shown(time)}; expected a time such as "2024-05-31T12:00:00Z", or none`);
  return { pair: checkText('pair', pair), voter: checkText('voter', voter), choice: known, ...(typeof time === 'string' && { time }) };
}
