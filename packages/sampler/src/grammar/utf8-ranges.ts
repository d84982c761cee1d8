// Converts ranges of code points to sequences of byte ranges: the characters from "à" to "€" become [C3][A0-BF], [C4-DF][80-BF] and so on.
// Ranges are split where the encoded length changes, then where a continuation byte does not cover its whole range. This is the splitting
// of Thompson's regular expressions for UTF-8.
import type { CodePointRange } from './expression.js';
import { tokenSequences, TOKENS } from './token-characters.js';

/** One byte range per byte of the encoded character, first byte first. */
export type ByteRangeSequence = readonly (readonly [low: number, high: number])[];

const LAST_OF_LENGTH = [0x7f, 0x7ff, 0xffff, 0x10ffff];
const FIRST_SURROGATE = 0xd800;
const LAST_SURROGATE = 0xdfff;

const known = new WeakMap<CodePointRange, ByteRangeSequence[]>();

/** The byte sequences of all characters in a range, without surrogates; a range of tokens has only these. */
export function utf8Sequences(range: CodePointRange): readonly ByteRangeSequence[] {
  if (range[1] <= LAST_OF_LENGTH[0]) return range[0] <= range[1] ? [[range]] : [];
  // The ranges of JSON strings are the same in every grammar.
  let sequences = known.get(range);
  if (sequences === undefined) known.set(range, (sequences = split(range)));
  return sequences;
}

function split([first, last]: CodePointRange): ByteRangeSequence[] {
  if (first > last) return [];
  if (first >= TOKENS) return tokenSequences([first, last]);
  if (first <= LAST_SURROGATE && last >= FIRST_SURROGATE) {
    return [...split([first, FIRST_SURROGATE - 1]), ...split([LAST_SURROGATE + 1, last])];
  }
  for (const limit of LAST_OF_LENGTH) {
    if (first <= limit && last > limit) return [...split([first, limit]), ...split([limit + 1, last])];
  }
  // Cut the range if its last `bits` bits do not cover whole blocks of continuation bytes.
  for (let bits = 6; bits <= 18; bits += 6) {
    const block = (1 << bits) - 1;
    if (first >> bits === last >> bits) continue;
    if ((first & block) !== 0) return [...split([first, first | block]), ...split([(first | block) + 1, last])];
    if ((last & block) !== block) return [...split([first, (last & ~block) - 1]), ...split([last & ~block, last])];
  }
  const from = encode(first);
  const to = encode(last);
  return [from.map((low, i) => [low, to[i]] as const)];
}

function encode(codePoint: number): number[] {
  if (codePoint <= 0x7f) return [codePoint];
  const continuation = (shift: number): number => 0x80 | ((codePoint >> shift) & 0x3f);
  if (codePoint <= 0x7ff) return [0xc0 | (codePoint >> 6), continuation(0)];
  if (codePoint <= 0xffff) return [0xe0 | (codePoint >> 12), continuation(6), continuation(0)];
  return [0xf0 | (codePoint >> 18), continuation(12), continuation(6), continuation(0)];
}
