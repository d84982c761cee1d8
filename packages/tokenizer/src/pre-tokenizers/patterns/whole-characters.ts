// An expression for patterns that can match nothing. V8 finds such matches between the halves of a surrogate pair too, where a negative
// look-around sees no character; with the flags u and v there is no such place.

import { isSecondHalf } from './surrogates.js';

export class WholeCharacterExpression extends RegExp {
  override exec(text: string): RegExpExecArray | null {
    for (;;) {
      const match = super.exec(text);
      if (match === null || !isSecondHalf(text, match.index)) return match;
      this.lastIndex = match.index + 1;
    }
  }
}
