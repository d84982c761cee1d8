// How a text is cut into pieces before the model sees it; no token ever spans two pieces.
// A new way to cut is a new file that implements PreTokenizer, and a line in from-pattern.ts.

/**
 * Where a text may always be cut so that its parts fall into the same pieces as the whole:
 * - 'anywhere': between any two characters
 * - 'words': between a letter or digit and a single space before another one
 * - 'nowhere': not known
 */
export type CutPlace = 'anywhere' | 'words' | 'nowhere';

export interface PreTokenizer {
  /** The regular expression that describes the cuts, as `tokenizer.json` spells it. */
  readonly pattern: string;
  readonly safeAt: CutPlace;
  /**
   * Calls `visit` for every piece, from left to right, with its range of UTF-16 units: `text.slice(start, end)`.
   * The pieces are not empty and cover the text without gaps. Lone surrogates in `text` count as U+FFFD.
   */
  forEachPiece(text: string, visit: (start: number, end: number) => void): void;
}
