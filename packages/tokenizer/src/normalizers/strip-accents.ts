// Combining marks, taken away. Accents that are part of a letter stay: put NFD before it.

import { type Piece } from '../pipeline/piece.js';
import { replaceCharacters } from '../pipeline/rewriter.js';
import { type ComponentJSON } from '../tokenizer.js';
import { type Normalizer } from './normalizer.js';

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
