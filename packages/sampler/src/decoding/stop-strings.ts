// Ends a text before a stop string and never returns a part of one: text that could become a stop string is held back until it no longer
// can.
import { requireIterable, describe } from '@kk/options';

/** Takes pieces of text and returns text without stop strings. */
export class StopStrings {
  readonly #stops: readonly string[];
  #held = '';
  #found: string | undefined;

  /** @throws TypeError if it is no list; RangeError if one is empty */
  constructor(stopStrings: Iterable<string>) {
    if (typeof stopStrings === 'string') throw new TypeError(`stopStrings is ${JSON.stringify(stopStrings)}; expected a list of texts, such as [${JSON.stringify(stopStrings)}]`);
    requireIterable('stopStrings', stopStrings, 'a list of texts');
    this.#stops = [...stopStrings];
    const bad = this.#stops.findIndex((stop) => typeof stop !== 'string' || stop.length === 0);
    if (bad >= 0) throw new RangeError(`stopStrings[${bad}] must be a text of at least one character, got ${describe(this.#stops[bad])}`);
  }

  /** The stop string that ended the text, undefined if none has. */
  get found(): string | undefined {
    return this.#found;
  }

  /**
   * Adds a piece and returns the text that is now certain. The text ends at the stop string that is complete first; if several are complete
   * at the same character, at the one that began first. It makes no difference how the text is divided into pieces. Returns an empty string
   * after the end.
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

  /** Returns the text that was held back; call it when the text ends without a stop string. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  /** The length of the longest end of a text that is the beginning of a stop string. */
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
