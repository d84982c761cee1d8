// Encodes a text that arrives in parts, with the same ids as for the whole text: it encodes up to the last safe cut, which later text
// cannot change, and holds back the rest.

import { type CutPlace } from '../pre-tokenizers/pre-tokenizer.js';
import { toWellFormed } from '../text/well-formed.js';

/** Where a text may be cut so that its parts encode to the same ids as the whole. */
export interface SafeCuts {
  /** With 'nowhere', everything is held back until the end. */
  at: CutPlace;
  /** Texts of added tokens that contain a space: no cut may be inside one. */
  avoid: readonly string[];
  /** Texts of added tokens that include the white space after them: no cut may follow one. */
  notAfter: readonly string[];
}

/** A space between two letters or digits. Modifier letters are excluded, because some normalize to a space with a sign. */
const wordGap = /(?<=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}]) (?=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}])/gu;

export class WordByWordStream {
  readonly #encode: (text: string, continued: boolean) => number[];
  readonly #cuts: SafeCuts;
  readonly #longestAvoided: number;
  #waiting = '';
  #continued = false;

  /** @param encode  encodes a part of the text; `continued` is true for all but the first */
  constructor(encode: (text: string, continued: boolean) => number[], cuts: SafeCuts) {
    this.#encode = encode;
    this.#cuts = cuts;
    this.#longestAvoided = cuts.avoid.reduce((longest, content) => Math.max(longest, content.length), 0);
  }

  push(text: string): number[] {
    const searchedFrom = Math.max(0, this.#waiting.length - 2);
    this.#waiting += text;
    const cut = this.#lastCut(searchedFrom);
    if (cut === 0) return [];
    const ready = this.#waiting.slice(0, cut);
    this.#waiting = this.#waiting.slice(cut);
    return this.#flush(ready);
  }

  end(): number[] {
    const rest = this.#waiting;
    this.#waiting = '';
    const ids = rest === '' ? [] : this.#flush(rest);
    this.#continued = false;
    return ids;
  }

  #flush(text: string): number[] {
    const ids = this.#encode(toWellFormed(text), this.#continued);
    this.#continued = true;
    return ids;
  }

  #lastCut(from: number): number {
    const text = this.#waiting;
    switch (this.#cuts.at) {
      case 'nowhere':
        return 0;
      case 'anywhere': {
        // Hold back the first half of a surrogate pair until the second arrives.
        const last = text.charCodeAt(text.length - 1);
        return (last & 0xfc00) === 0xd800 ? text.length - 1 : text.length;
      }
      case 'words': {
        let cut = 0;
        wordGap.lastIndex = from;
        // A text to avoid may begin before the cut and not be complete yet.
        for (let match = wordGap.exec(text); match; match = wordGap.exec(text)) if (this.#isSafe(match.index)) cut = match.index;
        return cut;
      }
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
