// Ends a text before a stop string, without ever giving out a piece of it: what might become one is held back until it cannot any more.

/** Text in pieces in, text without stop strings out. */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = '';
  #found: string | undefined;

  /** @throws RangeError if one is empty */
  constructor(stopStrings: Iterable<string>) {
    this.#stops = [...stopStrings];
    const bad = this.#stops.findIndex((stop) => typeof stop !== 'string' || stop.length === 0);
    if (bad >= 0) throw new RangeError(`stopStrings[${bad}] must be a text of at least one character, got ${JSON.stringify(this.#stops[bad])}`);
  }

  /** The stop string that ended the text, undefined if none has. */
  get found(): string | undefined {
    return this.#found;
  }

  /**
   * The text that this piece sets free. The text ends with the stop string that is complete first; of those that are complete at the
   * same character, with the one that began first. How the text is cut into pieces makes no difference. Empty after the end.
   */
  push(text: string): string {
    if (this.#found !== undefined) return '';
    const known = this.#held + text;
    let start = known.length;
    let end = Infinity;
    for (const stop of this.#stops) {
      const at = known.indexOf(stop);
      if (at < 0 || at + stop.length > end || (at + stop.length === end && at >= start)) continue;
      start = at;
      end = at + stop.length;
      this.#found = stop;
    }
    if (this.#found !== undefined) this.#held = '';
    else {
      start = known.length - this.#longestBeginning(known);
      this.#held = known.slice(start);
    }
    return known.slice(0, start);
  }

  /** What was held back when the text ends by itself. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  /** How many characters at the end of a text are the beginning of a stop string. */
  #longestBeginning(text: string): number {
    let longest = 0;
    for (const stop of this.#stops) {
      for (let length = Math.min(stop.length - 1, text.length); length > longest; length--) {
        if (text.endsWith(stop.slice(0, length))) longest = length;
      }
    }
    return longest;
  }
}
