// Cuts into pieces of a fixed number of characters (code points), for example for DNA. The last piece may be shorter.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { splitBy } from './split-by.js';
import type { PreTokenizerStep } from './step.js';

export class FixedLength implements PreTokenizerStep {
  readonly wordGaps = 'unknown';
  readonly #expression: RegExp;

  /** @param length  characters per piece, at least 1 */
  constructor(readonly length: number) {
    this.#expression = new RegExp(`[^]{1,${length}}`, 'gu');
  }

  split(piece: Piece): Piece[] {
    return splitBy(piece, this.#expression, 'Isolated');
  }

  toJSON(): ComponentJSON {
    return { type: 'FixedLength', length: this.length };
  }
}
