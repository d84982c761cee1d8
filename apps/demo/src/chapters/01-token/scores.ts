// The score of the contest: who foresaw which word, and how surprised everybody was, in bits.
import type { Round } from '../../lab/jobs/contest.js';

/** Guesses of a class for one word: each guess with its count. */
export type Tally = ReadonlyMap<string, number>;

export interface Turn {
  guess: string;
  /** The share that was given to the guess: by the model, or the share of the class that had it. */
  share?: number;
  hit: boolean;
  bits: number;
}

const WORD = /[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/u;
const LONGEST_GUESS = 30;
const MOST_GUESSES = 400;

/** The first word of what was typed, without spaces and marks; empty if there is none. */
export function guessOf(typed: string): string {
  return (WORD.exec(typed.normalize('NFC'))?.[0] ?? '').slice(0, LONGEST_GUESS);
}

/** Large and small letters do not matter to people. */
export function isSame(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase();
}

/** Counts guesses that were pasted, one a line. */
export function tallyOf(lines: string): Tally {
  const tally = new Map<string, number>();
  for (const line of lines.split(/\r?\n/).slice(0, MOST_GUESSES)) {
    const guess = guessOf(line);
    if (guess === '') continue;
    const known = [...tally.keys()].find((other) => isSame(other, guess)) ?? guess;
    tally.set(known, (tally.get(known) ?? 0) + 1);
  }
  return new Map([...tally].sort(([, a], [, b]) => b - a));
}

/** As it stands in the address: `Hase*12~Fuchs*3`. */
export function writeTally(tally: Tally): string {
  return [...tally].map(([guess, count]) => `${guess}*${count}`).join('~');
}

export function readTally(text: string): Tally {
  return new Map(text.split('~').filter(Boolean).map((entry) => [guessOf(entry.split('*')[0]!), Number(entry.split('*')[1])] as const));
}

/**
 * The turn of people who have no probabilities, only guesses: each guess is a vote, and one more vote is spread over all words as the Markov
 * chain spreads it. So no word is impossible.
 */
export function turnOfPeople(tally: Tally, { word, markov }: Round): Turn {
  let votes = 0;
  let right = 0;
  for (const [guess, count] of tally) {
    votes += count;
    if (isSame(guess, word)) right += count;
  }
  const [guess = '', count = 0] = [...tally][0] ?? [];
  return { guess, share: votes > 1 ? count / votes : undefined, hit: guess !== '' && isSame(guess, word), bits: Math.log2(votes + 1) - Math.log2(right + 2 ** -markov.bits) };
}

/** The turn of a model: its favourite, and its surprise by the word. */
export function turnOfModel({ favourite, favouriteProbability, bits }: Round['gpt'], word: string): Turn {
  return { guess: favourite, share: favouriteProbability, hit: isSame(favourite, word), bits };
}
