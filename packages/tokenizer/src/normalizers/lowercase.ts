// Converts to lower case, one character at a time. A final sigma therefore becomes σ, unlike in JavaScript's toLowerCase.

import { Piece } from '../text/piece.js';
import { replaceCharacters } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

const upperCase = /\p{Changes_When_Lowercased}/gu;

export class Lowercase implements Normalizer {
  readonly keepsWordGaps = true;

  normalize(piece: Piece): Piece {
    if (piece.alignment) return replaceCharacters(piece, upperCase, (character) => character.toLowerCase());
    return new Piece(piece.text.replaceAll('Σ', 'σ').toLowerCase(), undefined, piece.atStart);
  }

  toJSON(): ComponentJSON {
    return { type: 'Lowercase' };
  }
}
