// White space at the beginning and at the end, taken away.

import { type Piece } from '../pipeline/piece.js';
import { isWhiteSpace, WHITE_SPACE_CLASS } from '../text/white-space.js';
import { type ComponentJSON } from '../tokenizer.js';
import { type Normalizer } from './normalizer.js';

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
    // From the end backwards and not with an expression that ends in $, which would try every run of white space.
    if (this.right) while (end > start && isWhiteSpace(piece.text[end - 1])) end--;
    // Still the beginning of the text, though its first characters are gone.
    const stripped = piece.slice(start, end);
    return stripped.atStart === piece.atStart ? stripped : stripped.withStart(piece.atStart);
  }

  toJSON(): ComponentJSON {
    return { type: 'Strip', strip_left: this.left, strip_right: this.right };
  }
}
