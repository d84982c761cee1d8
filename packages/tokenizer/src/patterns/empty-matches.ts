// Runs patterns that can match nothing. As in both dialects, such a match does not follow another match directly. V8 also finds
// some between the halves of a surrogate pair, where a negative look-around sees no character; with the flags u and v there is no such place.

export class EmptyMatchExpression extends RegExp {
  /** Where the match before ended; -1 before the first one of a text. */
  #end = -1;

  override exec(text: string): RegExpExecArray | null {
    if (this.lastIndex === 0) this.#end = -1;
    for (;;) {
      const match = this.find(text);
      if (match === null) return null;
      const { index } = match;
      if (match[0] !== '' || !(index === this.#end || isSecondHalf(text, index))) {
        this.#end = index + match[0].length;
        return match;
      }
      this.lastIndex = index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
    }
  }

  /** The next match from `lastIndex` on, whatever it is. */
  protected find(text: string): RegExpExecArray | null {
    return super.exec(text);
  }
}

/** Whether a unit is the second half of a surrogate pair. */
export function isSecondHalf(text: string, unit: number): boolean {
  return unit > 0 && (text.charCodeAt(unit) & 0xfc00) === 0xdc00 && (text.charCodeAt(unit - 1) & 0xfc00) === 0xd800;
}
