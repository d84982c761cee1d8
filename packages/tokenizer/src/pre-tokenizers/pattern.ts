// Cuts a text by any regular expression: matches and the text between them are pieces (Hugging Face's Split with the behaviour "Isolated").

import { cutPlaceOf } from '../pipeline/safe-patterns.js';
import { isWellFormed, quote, toWellFormed } from '../text/well-formed.js';
import { toJavaScriptPattern } from './pattern-dialect.js';
import { type CutPlace, type PreTokenizer } from './pre-tokenizer.js';

export class PatternPreTokenizer implements PreTokenizer {
  readonly pattern: string;
  readonly safeAt: CutPlace;
  readonly #expression: RegExp;

  /** @throws {RangeError} when the pattern is outside the dialect of `toJavaScriptPattern` or matches the empty text */
  constructor(pattern: string) {
    this.pattern = pattern;
    this.safeAt = cutPlaceOf(pattern);
    const translated = toJavaScriptPattern(pattern);
    try {
      this.#expression = new RegExp(translated, 'gu');
    } catch (error) {
      throw new RangeError(`The pattern ${quote(pattern)} is no regular expression that JavaScript knows: ${error instanceof Error ? error.message : String(error)}.`, { cause: error });
    }
    if (new RegExp(translated, 'u').exec('')) {
      throw new RangeError(`The pattern ${quote(pattern)} matches the empty text; expected one whose every match has at least one character.`);
    }
  }

  forEachPiece(text: string, visit: (start: number, end: number) => void): void {
    // Each lone surrogate is replaced by one unit, so the ranges also hold for the original text.
    const subject = isWellFormed(text) ? text : toWellFormed(text);
    const expression = this.#expression;
    expression.lastIndex = 0;
    let end = 0;
    for (let match = expression.exec(subject); match !== null; match = expression.exec(subject)) {
      const length = match[0].length;
      if (length === 0) {
        // Only a look-around can give an empty match inside a text. It does not cut.
        expression.lastIndex += (subject.codePointAt(match.index) ?? 0) > 0xffff ? 2 : 1;
        continue;
      }
      if (match.index > end) visit(end, match.index);
      end = match.index + length;
      visit(match.index, end);
    }
    if (end < subject.length) visit(end, subject.length);
  }
}
