// Removes combining marks. An accent that is part of a letter stays unless NFD runs before.

import type { Piece } from '../text/piece.js';
import { replaceCharacters } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

const marks = /\p{M}/gu;

export class StripAccents implements Normalizer {
  readonly keepsWordGaps = true;

  normalize(piece: Piece): Piece {
    return replaceCharacters(piece, marks, () => '');
  }

  toJSON(): ComponentJSON {
    return { type: 'StripAccents' };
  }
}
