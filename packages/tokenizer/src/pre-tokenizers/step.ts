// Defines the second step of the pipeline, which cuts a piece into smaller ones; no token spans two. A step may also rewrite the text (▁
// for spaces). The scanners behind BytePairTokenizer (pre-tokenizer.ts) are something else: they cut a whole text by one pattern, fast. To
// add a step, implement this interface in a new file and add a line to read.ts.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';

export type WordGaps = 'cuts' | 'keeps' | 'unknown';

export interface PreTokenizerStep {
  /** The pieces from left to right; empty ones are dropped later. */
  split(piece: Piece): Piece[];
  /**
   * What happens before a single space (or ▁) between two letters or digits, in any context:
   * - 'cuts': a piece ends before the space
   * - 'keeps': no cut
   * - 'unknown': it depends, so parts of a text cannot be encoded separately
   */
  readonly wordGaps: WordGaps;
  toJSON(): ComponentJSON;
}
