// The named sets of characters of regular expressions, as JavaScript defines them.
import type { CodePointRange } from '../expression.js';

const code = (character: string): number => character.charCodeAt(0);

export const DIGITS: readonly CodePointRange[] = [[code('0'), code('9')]];

export const WORD_CHARACTERS: readonly CodePointRange[] = [[code('0'), code('9')], [code('A'), code('Z')], [code('_'), code('_')], [code('a'), code('z')]];

/** White space and line ends. */
export const SPACES: readonly CodePointRange[] = [
  [0x09, 0x0d], [0x20, 0x20], [0xa0, 0xa0], [0x1680, 0x1680], [0x2000, 0x200a],
  [0x2028, 0x2029], [0x202f, 0x202f], [0x205f, 0x205f], [0x3000, 0x3000], [0xfeff, 0xfeff],
];

/** The characters that `.` does not match. */
export const LINE_ENDS: readonly CodePointRange[] = [[0x0a, 0x0a], [0x0d, 0x0d], [0x2028, 0x2029]];

// Divides the start of the surrogates and equals their number, so that they are exactly one chunk.
const CHUNK = 0x800;
const SURROGATES = 0xd800;
const known = new Map<string, CodePointRange[]>();

/**
 * The characters with a Unicode property, according to the running engine.
 *
 * @param property the text between the braces of `\p{...}`, for example `L` or `Script=Greek`
 * @throws SyntaxError if there is no such property
 */
export function unicodeProperty(property: string): readonly CodePointRange[] {
  let ranges = known.get(property);
  if (ranges === undefined) {
    const runs = new RegExp(`\\p{${property}}+`, 'gu');
    ranges = [];
    for (let first = 0; first <= 0x10ffff; first += CHUNK) {
      if (first !== SURROGATES) ranges.push(...rangesWithin(first, first + CHUNK - 1, runs));
    }
    known.set(property, ranges);
  }
  return ranges;
}

function rangesWithin(first: number, last: number, runs: RegExp): CodePointRange[] {
  const width = first > 0xffff ? 2 : 1;
  let text = '';
  for (let codePoint = first; codePoint <= last; codePoint++) text += String.fromCodePoint(codePoint);
  return Array.from(text.matchAll(runs), ({ index, 0: run }) => [first + index / width, first + (index + run.length) / width - 1] as const);
}
