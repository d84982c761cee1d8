// Puts a prefix before every non-empty piece, as in Llama 2.

import type { Piece } from '../text/piece.js';
import { Rewriter } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

export class Prepend implements Normalizer {
  readonly keepsWordGaps = true;

  constructor(readonly prefix: string) {}

  normalize(piece: Piece, continued = false): Piece {
    return continued ? piece : prepend(piece, this.prefix);
  }

  toJSON(): ComponentJSON {
    return { type: 'Prepend', prepend: this.prefix };
  }
}

/** Adds a prefix, which gets the offsets of the first character. An empty piece stays empty. */
export function prepend(piece: Piece, prefix: string): Piece {
  if (piece.text === '') return piece;
  const rewriter = new Rewriter(piece);
  rewriter.put(prefix, 0);
  rewriter.copy(0, piece.text.length);
  return rewriter.done();
}
