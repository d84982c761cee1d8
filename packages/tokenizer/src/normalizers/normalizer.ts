// Defines the first step of the pipeline, which rewrites a text before it is cut, for example to lower case.
// To add a normalizer, implement this interface in a new file and add a line to read.ts.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';

export interface Normalizer {
  /**
   * @param continued  true if the piece continues an earlier piece of the same text (streaming); then its beginning must not be trimmed or
   * prefixed
   */
  normalize(piece: Piece, continued?: boolean): Piece;
  /**
   * Whether a text can be cut before a single space between two letters or digits, and its parts be normalized separately with the same
   * result. The space must stay a space or become ▁.
   */
  readonly keepsWordGaps: boolean;
  /** The content of an added token in normalized text, if it differs from the result of `normalize`. */
  normalizeToken?(content: string): string;
  toJSON(): ComponentJSON;
}
