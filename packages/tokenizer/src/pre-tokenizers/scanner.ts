// Cuts with a function instead of a regular expression. The function finds the end of a piece of UTF-8 from its start
// alone.

import { Utf8Chunk } from '../text/utf8-chunk.js';
import type { PreTokenizer } from './pre-tokenizer.js';

export class Scanner implements PreTokenizer {
  readonly pattern: string;
  readonly safeAt = 'words';
  /** The end of the piece that starts at `start`, which is 0 or the end of another piece. END follows the last byte of the text. */
  readonly endOfPiece: (bytes: Uint8Array, start: number) => number;

  constructor(pattern: string, endOfPiece: (bytes: Uint8Array, start: number) => number) {
    this.pattern = pattern;
    this.endOfPiece = endOfPiece;
  }

  forEachPiece(text: string, visit: (start: number, end: number) => void): void {
    const chunk = new Utf8Chunk();
    for (let from = 0; from < text.length; from = chunk.to) {
      chunk.load(text, from);
      let unit = from;
      for (let start = 0; start < chunk.length; ) {
        const end = this.endOfPiece(chunk.bytes, start);
        const endUnit = unit + chunk.countUnits(start, end);
        visit(unit, endUnit);
        unit = endUnit;
        start = end;
      }
    }
  }
}
