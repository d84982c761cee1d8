// Removes white space at the beginning and the end.

import type { Piece } from '../text/piece.js';
import { isWhiteSpace, WHITE_SPACE_CLASS } from '../text/white-space.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

const leading = /* @__PURE__ */ new RegExp(`^[${WHITE_SPACE_CLASS}]*`, 'u');

export class Strip implements Normalizer {
  readonly keepsWordGaps = true;

  constructor(
    readonly left: boolean,
    readonly right: boolean,
  ) {}

  normalize(piece: Piece, continued = false): Piece {
    const start = this.left && !continued ? (leading.exec(piece.text) as RegExpExecArray)[0].length : 0;
    let end = piece.text.length;
    // Walks back from the end. A regular expression that ends in $ would try every run of white space.
    if (this.right) while (end > start && isWhiteSpace(piece.text[end - 1])) end--;
    // The piece still counts as the beginning of the text, although its first characters are removed.
    const stripped = piece.slice(start, end);
    return stripped.atStart === piece.atStart ? stripped : stripped.withStart(piece.atStart);
  }

  toJSON(): ComponentJSON {
    return { type: 'Strip', strip_left: this.left, strip_right: this.right };
  }
}
