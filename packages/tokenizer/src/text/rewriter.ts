// Builds a new piece from an old one, from left to right, and records where its text came from. As in Hugging Face, new text gets the
// offsets of one character of the old piece.

import { Piece } from './piece.js';

/** Means "before the first unit"; text put there gets the empty range at 0. */
export const BEFORE = -1;

export class Rewriter {
  readonly #piece: Piece;
  #text = '';
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(piece: Piece) {
    this.#piece = piece;
  }

  /** Keeps the units from `start` to `end` as they are. */
  copy(start: number, end: number): void {
    this.#text += this.#piece.text.slice(start, end);
    if (!this.#piece.alignment) return;
    const { starts, ends } = this.#piece.alignment;
    for (let i = start; i < end; i++) {
      this.#starts.push(starts[i]);
      this.#ends.push(ends[i]);
    }
  }

  /** Writes text with the offsets of the old piece's unit `unit`, or with no offsets if `unit` is BEFORE. */
  put(text: string, unit: number): void {
    this.#text += text;
    const { alignment } = this.#piece;
    if (!alignment) return;
    for (let i = 0; i < text.length; i++) {
      this.#starts.push(unit === BEFORE ? 0 : alignment.starts[unit]);
      this.#ends.push(unit === BEFORE ? 0 : alignment.ends[unit]);
    }
  }

  done(): Piece {
    const alignment = this.#piece.alignment && { starts: Int32Array.from(this.#starts), ends: Int32Array.from(this.#ends) };
    return new Piece(this.#text, alignment, this.#piece.atStart);
  }
}

/** Replaces every match, which must be one character (code point), by the result of `replacement`, possibly empty. */
export function replaceCharacters(piece: Piece, expression: RegExp, replacement: (character: string) => string): Piece {
  if (!piece.alignment) return new Piece(piece.text.replace(expression, replacement), undefined, piece.atStart);
  return rewriteMatches(piece, expression, (rewriter, match, start) => rewriter.put(replacement(match), start));
}

/** Copies the text between the matches of a global expression; `write` writes the replacement of each match. */
export function rewriteMatches(piece: Piece, expression: RegExp, write: (rewriter: Rewriter, match: string, start: number) => void): Piece {
  expression.lastIndex = 0;
  let match = expression.exec(piece.text);
  if (match === null) return piece;
  const rewriter = new Rewriter(piece);
  let end = 0;
  for (; match !== null; match = expression.exec(piece.text)) {
    rewriter.copy(end, match.index);
    end = match.index + match[0].length;
    if (match[0] === '') expression.lastIndex += (piece.text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
    write(rewriter, match[0], match.index);
  }
  rewriter.copy(end, piece.text.length);
  return rewriter.done();
}
