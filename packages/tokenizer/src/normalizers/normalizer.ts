// The first step of the pipeline: rewrites a text before it is cut, for example in lower case.
// A new normalizer is a new file that implements this interface, and a line in read.ts.

import { type Piece } from '../pipeline/piece.js';
import { type ComponentJSON } from '../tokenizer.js';

export interface Normalizer {
  /**
   * @param continued  true when the piece goes on where an earlier one of the same text ended (streaming): then nothing is added to
   * or taken from its beginning
   */
  normalize(piece: Piece, continued?: boolean): Piece;
  /**
   * Whether a text can be cut between a letter or digit and the single space before another one, and its parts be normalized one by
   * one, and whether the space there stays one, or becomes ▁.
   */
  readonly keepsWordGaps: boolean;
  /** What the content of an added token looks like in normalized text, where that is not what `normalize` makes of it. */
  normalizeToken?(content: string): string;
  toJSON(): ComponentJSON;
}
