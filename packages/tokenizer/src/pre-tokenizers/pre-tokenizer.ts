// Defines how a text is cut into pieces before the model sees it; no token spans two pieces. To add a pre-tokenizer, implement it in
// a new file and add a line to from-pattern.ts.

/**
 * The places where a text can be cut without changing its pieces:
 * - 'anywhere': between any two characters
 * - 'words': between a letter or digit and a single space before another one
 * - 'nowhere': no such place is known
 */
export type CutPlace = 'anywhere' | 'words' | 'nowhere';

export interface PreTokenizer {
  /** The regular expression that defines the pieces, as in `tokenizer.json`. */
  readonly pattern: string;
  readonly safeAt: CutPlace;
  /**
   * Calls `visit` for every piece, from left to right, with its range of UTF-16 units: `text.slice(start, end)`.
   * The pieces are not empty and cover the text without gaps. Lone surrogates in `text` count as U+FFFD.
   */
  forEachPiece(text: string, visit: (start: number, end: number) => void): void;
}
