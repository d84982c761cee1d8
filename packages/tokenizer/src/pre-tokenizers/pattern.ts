// Cuts a text by any regular expression: matches and the text between them are pieces (Hugging Face's Split with the behaviour "Isolated").

import { cutPlaceOf } from './safe-patterns.js';
import { isWellFormed, quote, toWellFormed } from '../text/well-formed.js';
import type { DialectName } from '../patterns/dialect.js';
import { expressionFor, onigurumaSpelling } from '../patterns/expression.js';
import type { CutPlace, PreTokenizer } from './pre-tokenizer.js';

export class PatternPreTokenizer implements PreTokenizer {
  readonly pattern: string;
  readonly safeAt: CutPlace;
  readonly #expression: RegExp;

  /**
   * @param pattern  in `dialect`; the property is spelled for a tokenizer.json
   * @throws {RangeError} when the pattern cannot be translated to JavaScript or matches the empty text
   */
  constructor(pattern: string, dialect: DialectName = 'oniguruma') {
    this.#expression = expressionFor(pattern, dialect);
    this.pattern = onigurumaSpelling(pattern, dialect);
    this.safeAt = cutPlaceOf(this.pattern);
    if (this.#expression.exec('')) {
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
