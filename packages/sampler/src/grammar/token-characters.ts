// Tokens that a grammar names, as characters beyond Unicode: the token with this id is the character TOKENS + id. To the automaton it is a
// sequence of bytes that no text has, because UTF-8 uses none of them; a constraint reads that sequence instead of the token's own bytes.
import type { Configuration, Automaton } from './automaton.js';
import type { CodePointRange } from './expression.js';
import type { ByteRangeSequence } from './utf8-ranges.js';

/** The character of token 0. */
export const TOKENS = 0x110000;

/** The byte that begins every such sequence; the digits of the id follow, most significant first. */
export const TOKEN_MARK = 0xff;
const FIRST_DIGIT = 0xf8;
const BASE = TOKEN_MARK - FIRST_DIGIT;
/** Enough for 5.7 million tokens. */
const DIGITS = 8;

/** Whether a byte is one of these sequences, and none of UTF-8. */
export const isTokenByte = (byte: number): boolean => byte >= FIRST_DIGIT;

/** The byte sequences of a range of tokens. */
export function tokenSequences([first, last]: CodePointRange): ByteRangeSequence[] {
  return digitSequences(first - TOKENS, last - TOKENS, DIGITS).map((digits) => [[TOKEN_MARK, TOKEN_MARK], ...digits]);
}

function digitSequences(first: number, last: number, digits: number): ByteRangeSequence[] {
  if (digits === 0) return [[]];
  const block = BASE ** (digits - 1);
  let [low, high] = [Math.floor(first / block), Math.floor(last / block)];
  const within = (digit: number, from: number, to: number): ByteRangeSequence[] => digitSequences(from, to, digits - 1).map((rest) => [[FIRST_DIGIT + digit, FIRST_DIGIT + digit], ...rest]);
  if (low === high) return within(low, first % block, last % block);
  const sequences: ByteRangeSequence[] = [];
  if (first % block !== 0) sequences.push(...within(low++, first % block, block - 1));
  if (last % block !== block - 1) sequences.push(...within(high--, 0, last % block));
  if (low <= high) sequences.push([[FIRST_DIGIT + low, FIRST_DIGIT + high], ...Array.from({ length: digits - 1 }, () => [FIRST_DIGIT, FIRST_DIGIT + BASE - 1] as const)]);
  return sequences;
}

/** The configuration after a token that the grammar names here, undefined if it does not. */
export function stepToken(automaton: Automaton, configuration: Configuration, id: number): Configuration | undefined {
  let next = automaton.step(configuration, TOKEN_MARK);
  for (let digit = DIGITS - 1; digit >= 0 && next !== undefined; digit--) next = automaton.step(next, FIRST_DIGIT + (Math.floor(id / BASE ** digit) % BASE));
  return next;
}

/** Calls `visit` with the id of every token that the grammar names here, in ascending order. */
export function visitTokens(automaton: Automaton, configuration: Configuration, visit: (id: number) => void): void {
  const walk = (from: Configuration, id: number, digits: number): void => {
    if (digits === 0) {
      visit(id);
      return;
    }
    for (let digit = 0; digit < BASE; digit++) {
      const next = automaton.step(from, FIRST_DIGIT + digit);
      if (next !== undefined) walk(next, id * BASE + digit, digits - 1);
    }
  };
  const start = automaton.step(configuration, TOKEN_MARK);
  if (start !== undefined) walk(start, 0, DIGITS);
}
