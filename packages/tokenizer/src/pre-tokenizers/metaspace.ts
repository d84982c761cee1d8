// Treats spaces as SentencePiece does: each becomes a visible sign, ▁, at the beginning of the word after it.

import { prepend } from '../normalizers/prepend.js';
import type { Piece } from '../text/piece.js';
import { replaceCharacters } from '../text/rewriter.js';
import type { ComponentJSON } from '../core/tokenizer.js';
import { splitBy } from './split-by.js';
import { stringPattern } from '../patterns/split-pattern.js';
import type { PreTokenizerStep, WordGaps } from './step.js';

/** Where to put a sign before text that does not begin with one: always, at the beginning of the whole text only, or never. */
export const prependSchemes = ['always', 'first', 'never'] as const;

export type PrependScheme = (typeof prependSchemes)[number];

const space = / /gu;

export class Metaspace implements PreTokenizerStep {
  readonly #signs: RegExp;

  /**
   * @param replacement  the sign, one character
   * @param cuts  whether to cut before every sign
   */
  constructor(
    readonly replacement: string,
    readonly prependScheme: PrependScheme,
    readonly cuts: boolean,
  ) {
    this.#signs = stringPattern(replacement).expression;
  }

  get wordGaps(): WordGaps {
    return this.cuts ? 'cuts' : 'keeps';
  }

  split(piece: Piece): Piece[] {
    let text = replaceCharacters(piece, space, () => this.replacement);
    const wanted = this.prependScheme === 'always' || (this.prependScheme === 'first' && piece.atStart);
    if (wanted && !text.text.startsWith(this.replacement)) text = prepend(text, this.replacement);
    return this.cuts ? splitBy(text, this.#signs, 'MergedWithNext') : [text];
  }

  toJSON(): ComponentJSON {
    return { type: 'Metaspace', replacement: this.replacement, prepend_scheme: this.prependScheme, split: this.cuts };
  }
}
