// A text put before every stretch that is not empty, as in Llama 2.

import { type Piece } from '../pipeline/piece.js';
import { Rewriter } from '../pipeline/rewriter.js';
import { type ComponentJSON } from '../tokenizer.js';
import { type Normalizer } from './normalizer.js';

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

/** The prefix belongs to the first character of the piece; an empty piece stays empty. */
export function prepend(piece: Piece, prefix: string): Piece {
  if (piece.text === '') return piece;
  const rewriter = new Rewriter(piece);
  rewriter.put(prefix, 0);
  rewriter.copy(0, piece.text.length);
  return rewriter.done();
}
