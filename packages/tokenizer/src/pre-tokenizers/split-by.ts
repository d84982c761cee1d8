// Cuts a piece where an expression matches, and decides what happens to the matches.

import type { Piece } from '../text/piece.js';

/** The result of each behaviour for "the-final--countdown", cut at "-". */
export const splitBehaviors = [
  'Removed', // the, final, countdown
  'Isolated', // the, -, final, -, -, countdown
  'MergedWithPrevious', // the-, final-, -, countdown
  'MergedWithNext', // the, -final, -, -countdown
  'Contiguous', // the, -, final, --, countdown
] as const;

export type SplitBehavior = (typeof splitBehaviors)[number];

interface Part {
  start: number;
  end: number;
  isMatch: boolean;
}

/** @param invert  swap matches and the text between them */
export function splitBy(piece: Piece, expression: RegExp, behavior: SplitBehavior, invert = false): Piece[] {
  const parts = partsOf(piece.text, expression, invert);
  return join(parts, behavior).map(({ start, end }) => piece.slice(start, end));
}

/** The matches and the text between them, without gaps. An empty match, such as that of a look-around, also cuts. */
function partsOf(text: string, expression: RegExp, invert: boolean): Part[] {
  const parts: Part[] = [];
  let end = 0;
  expression.lastIndex = 0;
  for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
    if (match.index > end) parts.push({ start: end, end: match.index, isMatch: invert });
    end = match.index + match[0].length;
    parts.push({ start: match.index, end, isMatch: !invert });
    if (match[0] === '') expression.lastIndex += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  }
  if (end < text.length) parts.push({ start: end, end: text.length, isMatch: invert });
  return parts;
}

function join(parts: Part[], behavior: SplitBehavior): Part[] {
  switch (behavior) {
    case 'Removed':
      return parts.filter((part) => !part.isMatch);
    case 'Isolated':
      return parts;
    case 'Contiguous':
      return fold(parts, (part, previous) => part.isMatch === previous);
    case 'MergedWithPrevious':
      return fold(parts, (part, previous) => part.isMatch && !previous);
    case 'MergedWithNext':
      return fold([...parts].reverse(), (part, previous) => part.isMatch && !previous).reverse();
  }
}

/** Merges each part into the part before it if `joins` returns true. */
function fold(parts: readonly Part[], joins: (part: Part, previousIsMatch: boolean) => boolean): Part[] {
  const joined: Part[] = [];
  let previous = false;
  for (const part of parts) {
    const last = joined.at(-1);
    if (last && joins(part, previous)) {
      last.start = Math.min(last.start, part.start);
      last.end = Math.max(last.end, part.end);
    } else {
      joined.push({ ...part });
    }
    previous = part.isMatch;
  }
  return joined;
}
