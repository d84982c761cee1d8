// Applies the last alternatives of OpenAI's patterns to a run of white space from `start` to `end`.

import { END, startOfCharacter } from './character-class.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** `\s+(?!\S)|\s+`: the last white space before a word belongs to the word's piece, unless the run has only one character. */
export function endOfWhiteSpace(bytes: Uint8Array, start: number, end: number): number {
  if (bytes[end] === END) return end;
  const last = startOfCharacter(bytes, end);
  return last === start ? end : last;
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+`: white space up to the last line end of the run is one piece. */
export function endOfLinesOrWhiteSpace(bytes: Uint8Array, start: number, end: number): number {
  for (let i = end; i > start; i--) if (bytes[i - 1] === LINE_FEED || bytes[i - 1] === CARRIAGE_RETURN) return i;
  return endOfWhiteSpace(bytes, start, end);
}
