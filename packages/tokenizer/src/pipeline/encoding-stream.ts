// Encodes a text that arrives in parts, with the same tokens as for the whole text: it encodes up to the last safe cut, which later text
// cannot change, and holds back the rest.

import type { CutPlace } from '../pre-tokenizers/pre-tokenizer.js';
import { toWellFormed } from '../text/well-formed.js';
import { lastResort, lastWordGap, wholeCharacters } from '../text/word-gaps.js';

/** Where a text may be cut so that its parts encode to the same ids as the whole. */
export interface SafeCuts {
  /** With 'nowhere', everything is held back until the end. */
  at: CutPlace;
  /** Texts of added tokens that contain a space: no cut may be inside one. */
  avoid: readonly string[];
  /** Texts of added tokens that include the white space after them: no cut may follow one. */
  notAfter: readonly string[];
}

/** How far a text is encoded, for texts that are encoded in parts. */
export interface Progress {
  /** Whether a part was encoded before. */
  continued: boolean;
  /** The sum of the scores of the tokens before the next part, in the piece that goes on there; only Unigram adds scores. */
  score: number;
}

export const beginning = (): Progress => ({ continued: false, score: 0 });

/** @typeParam Token  what a part is encoded to: ids, or tokens with details */
export class WordByWordStream<Token> {
  readonly #encode: (text: string, progress: Progress) => Token[];
  readonly #cuts: SafeCuts;
  readonly #longestAvoided: number;
  readonly #longestWait: number;
  #waiting = '';
  #progress = beginning();

  /**
   * @param encode  encodes a part of the text and notes in `progress` what the next part needs to know
   * @param longestWait  the most UTF-16 units that are held back; without a safe cut among them, the text is cut elsewhere
   */
  constructor(encode: (text: string, progress: Progress) => Token[], cuts: SafeCuts, longestWait = Infinity) {
    this.#longestWait = longestWait;
    this.#encode = encode;
    this.#cuts = cuts;
    this.#longestAvoided = cuts.avoid.reduce((longest, content) => Math.max(longest, content.length), 0);
  }

  push(text: string): Token[] {
    const searchedFrom = Math.max(0, this.#waiting.length - 2);
    this.#waiting += text;
    const safe = this.#lastCut(searchedFrom);
    const cut = safe === 0 && this.#waiting.length > this.#longestWait ? lastResort(this.#waiting) : safe;
    if (cut === 0) return [];
    const ready = this.#waiting.slice(0, cut);
    this.#waiting = this.#waiting.slice(cut);
    return this.#flush(ready);
  }

  end(): Token[] {
    const rest = this.#waiting;
    this.#waiting = '';
    const ids = rest === '' ? [] : this.#flush(rest);
    this.#progress = beginning();
    return ids;
  }

  #flush(text: string): Token[] {
    const ids = this.#encode(toWellFormed(text), this.#progress);
    this.#progress.continued = true;
    return ids;
  }

  #lastCut(from: number): number {
    const text = this.#waiting;
    switch (this.#cuts.at) {
      case 'nowhere':
        return 0;
      case 'anywhere':
        return wholeCharacters(text); // holds back the first half of a surrogate pair until the second arrives
      case 'words':
        // A text to avoid may begin before the cut and not be complete yet.
        return lastWordGap(text, from, (cut) => this.#isSafe(cut));
    }
  }

  #isSafe(cut: number): boolean {
    const text = this.#waiting;
    if (this.#cuts.notAfter.some((content) => text.endsWith(content, cut))) return false;
    for (let start = Math.max(0, cut - this.#longestAvoided); start < cut; start++) {
      if (this.#cuts.avoid.some((content) => start + content.length > cut && content.startsWith(text.slice(start, start + content.length)))) return false;
    }
    return true;
  }
}
