// Cuts at the matches of a pattern from the file.

import type { Piece } from '../text/piece.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { splitBy, type SplitBehavior } from './split-by.js';
import type { Pattern } from '../patterns/split-pattern.js';
import type { PreTokenizerStep, WordGaps } from './step.js';
import { cutPlaceOf } from './safe-patterns.js';

export class Split implements PreTokenizerStep {
  constructor(
    readonly pattern: Pattern,
    readonly behavior: SplitBehavior,
    readonly invert: boolean,
  ) {}

  get wordGaps(): WordGaps {
    const { json } = this.pattern;
    if ('Regex' in json) return this.behavior === 'Isolated' && !this.invert && cutPlaceOf(json.Regex) !== 'nowhere' ? 'cuts' : 'unknown';
    if (this.invert || this.behavior === 'MergedWithPrevious') return 'unknown';
    if (json.String === ' ') return 'cuts';
    return /[\s\u2581]/.test(json.String) ? 'unknown' : 'keeps';
  }

  split(piece: Piece): Piece[] {
    return splitBy(piece, this.pattern.expression, this.behavior, this.invert);
  }

  toJSON(): ComponentJSON {
    return { type: 'Split', pattern: this.pattern.json, behavior: this.behavior, invert: this.invert };
  }
}
