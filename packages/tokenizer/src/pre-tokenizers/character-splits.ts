// Cuts where one regular expression says so: white space, punctuation, digits, a delimiter, BERT's rules.

import type { Piece } from '../text/piece.js';
import { WHITE_SPACE_CLASS } from '../text/white-space.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { splitBy, type SplitBehavior } from './split-by.js';
import { stringPattern } from '../patterns/split-pattern.js';
import type { PreTokenizerStep, WordGaps } from './step.js';

const WORD_CLASS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';
const wordsAndSigns = /* @__PURE__ */ new RegExp(`[${WORD_CLASS}]+|[^${WORD_CLASS}${WHITE_SPACE_CLASS}]+`, 'gu');
const whiteSpace = /* @__PURE__ */ new RegExp(`[${WHITE_SPACE_CLASS}]`, 'gu');
/** Unicode's punctuation, and the ASCII signs that Unicode counts among symbols. */
const punctuation = /[\p{P}$+<=>^`|~]/gu;
const number = /\p{N}/gu;

/** Cuts into words and runs of other signs; white space is removed. */
export class Whitespace implements PreTokenizerStep {
  readonly wordGaps = 'cuts';

  split(piece: Piece): Piece[] {
    return splitBy(piece, wordsAndSigns, 'Removed', true);
  }

  toJSON(): ComponentJSON {
    return { type: 'Whitespace' };
  }
}

/** Cuts at white space, which is removed. */
export class WhitespaceSplit implements PreTokenizerStep {
  readonly wordGaps = 'cuts';

  split(piece: Piece): Piece[] {
    return splitBy(piece, whiteSpace, 'Removed');
  }

  toJSON(): ComponentJSON {
    return { type: 'WhitespaceSplit' };
  }
}

/** Removes white space; every punctuation mark is a piece. */
export class BertPreTokenizer implements PreTokenizerStep {
  readonly wordGaps = 'cuts';

  split(piece: Piece): Piece[] {
    return splitBy(piece, whiteSpace, 'Removed').flatMap((word) => splitBy(word, punctuation, 'Isolated'));
  }

  toJSON(): ComponentJSON {
    return { type: 'BertPreTokenizer' };
  }
}

export class Punctuation implements PreTokenizerStep {
  readonly wordGaps = 'keeps';

  constructor(readonly behavior: SplitBehavior) {}

  split(piece: Piece): Piece[] {
    return splitBy(piece, punctuation, this.behavior);
  }

  toJSON(): ComponentJSON {
    return { type: 'Punctuation', behavior: this.behavior };
  }
}

/** Separates numbers from other text, as one piece each or digit by digit. */
export class Digits implements PreTokenizerStep {
  /** A space after digits is in one piece with what follows it. */
  readonly wordGaps = 'keeps';

  constructor(readonly individual: boolean) {}

  split(piece: Piece): Piece[] {
    return splitBy(piece, number, this.individual ? 'Isolated' : 'Contiguous');
  }

  toJSON(): ComponentJSON {
    return { type: 'Digits', individual_digits: this.individual };
  }
}

/** Cuts at a delimiter, which is removed. */
export class CharDelimiterSplit implements PreTokenizerStep {
  readonly #expression: RegExp;

  /** @param delimiter  one character */
  constructor(readonly delimiter: string) {
    this.#expression = stringPattern(delimiter).expression;
  }

  get wordGaps(): WordGaps {
    return this.delimiter === ' ' ? 'cuts' : 'keeps';
  }

  split(piece: Piece): Piece[] {
    return splitBy(piece, this.#expression, 'Removed');
  }

  toJSON(): ComponentJSON {
    return { type: 'CharDelimiterSplit', delimiter: this.delimiter };
  }
}
