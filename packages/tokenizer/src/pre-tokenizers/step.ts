// The second step of the pipeline: cuts a piece into smaller ones; no token ever spans two. A step may also rewrite the text
// (▁ for spaces). Not the scanners behind BytePairTokenizer (pre-tokenizer.ts), which cut a whole text by one pattern, fast.
// A new step is a new file that implements this interface, and a line in read.ts.

import { type Piece } from '../pipeline/piece.js';
import { type ComponentJSON } from '../tokenizer.js';

export type WordGaps = 'cuts' | 'keeps' | 'unknown';

export interface PreTokenizerStep {
  /** The pieces, from left to right; empty ones are dropped later. */
  split(piece: Piece): Piece[];
  /**
   * What happens between a letter or digit and the single space (or ▁) before another one, whatever stands around them:
   * - 'cuts': a piece ends before the space
   * - 'keeps': nothing
   * - 'unknown': one of them, or something else, so that parts of a text cannot be encoded one by one
   */
  readonly wordGaps: WordGaps;
  toJSON(): ComponentJSON;
}
