// Marks places of messages with single characters that travel through a template with the text, so that they are found in what it renders.
// Unicode keeps 32 code points, U+FDD0 to U+FDEF, for internal use; a mark is one that occurs in no message, so that it needs no escape.
import { mapStrings } from './messages.js';

const FIRST = 0xfdd0;
const COUNT = 32;

/**
 * @param values what the text is made of: messages, variables, the template
 * @returns `count` characters that occur in none of them
 * @throws {Error} when too few are left
 */
export function freeMarks(values: readonly unknown[], count: number): string[] {
  const used = new Set<string>();
  mapStrings(values, (text) => {
    for (const mark of text.match(/[\uFDD0-\uFDEF]/g) ?? []) used.add(mark);
    return text;
  });
  const free = Array.from({ length: COUNT }, (_, i) => String.fromCharCode(FIRST + i)).filter((mark) => !used.has(mark));
  if (free.length < count) throw new Error('The messages hold nearly all of the code points U+FDD0 to U+FDEF, which are no characters: remove them.');
  return free.slice(0, count);
}

export interface Unmarked {
  readonly text: string;
  /** For each mark, in its order: the places of the text before which it stood, rising. */
  readonly places: readonly number[][];
}

/** Takes the marks out of a text. */
export function unmark(marked: string, marks: readonly string[]): Unmarked {
  const places: number[][] = marks.map(() => []);
  const pieces = marked.split(new RegExp(`([${marks.join('')}])`));
  let length = 0;
  const text = pieces.filter((piece, i) => {
    if (i % 2 === 1) places[marks.indexOf(piece)].push(length);
    else length += piece.length;
    return i % 2 === 0;
  });
  return { text: text.join(''), places };
}
