// Replaces every match of a pattern by a text. The replacement gets the offsets of the last character it replaced. As in the reference, a
// pattern finds nothing in an empty text, not even the empty match.

import type { Piece } from '../text/piece.js';
import { BEFORE, rewriteMatches } from '../text/rewriter.js';
import type { Pattern } from '../patterns/split-pattern.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import type { Normalizer } from './normalizer.js';

export class Replace implements Normalizer {
  constructor(
    readonly pattern: Pattern,
    readonly content: string,
  ) {}

  get keepsWordGaps(): boolean {
    const { json } = this.pattern;
    const isGap = this.content === ' ' || this.content === '\u2581';
    if ('Regex' in json) return isGap && [' ', ' +', ' {2,}', '\\s+', '\\s'].includes(json.Regex);
    return json.String === ' ' ? isGap : !/[\s\u2581]/.test(json.String + this.content);
  }

  normalize(piece: Piece): Piece {
    if (piece.text === '') return piece;
    const { expression } = this.pattern;
    return rewriteMatches(piece, expression, (rewriter, match, start) => {
      const last = start + match.length - 1;
      rewriter.put(this.content, last < 0 ? BEFORE : last);
    });
  }

  toJSON(): ComponentJSON {
    return { type: 'Replace', pattern: this.pattern.json, content: this.content };
  }
}
