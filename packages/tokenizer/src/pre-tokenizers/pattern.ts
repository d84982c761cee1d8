// Cuts a text with any regular expression: matches are pieces, and so is whatever lies between two matches
// (Hugging Face's Split with the behaviour "Isolated").

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
    // The replacement is one unit for one unit, so the ranges hold for the text as it was given.
    const subject = isWellFormed(text) ? text : toWellFormed(text);
    const expression = this.#expression;
    expression.lastIndex = 0;
    let end = 0;
    for (let match = expression.exec(subject); match !== null; match = expression.exec(subject)) {
      const length = match[0].length;
      if (length === 0) {
        // Only a look-around can match nothing in the middle of a text; it cuts nothing.
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
