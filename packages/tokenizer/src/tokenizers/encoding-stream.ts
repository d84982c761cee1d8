// Encodes a text that comes in parts, so that the ids are those of the whole text: what has come is encoded up to a place where
// nothing that follows can change it, and the rest waits.

import { type CutPlace } from '../pre-tokenizers/pre-tokenizer.js';
import { toWellFormed } from '../text/well-formed.js';

/** Where a text may be cut so that its parts encode to the same ids as the whole. */
export interface SafeCuts {
  /** With 'nowhere', everything waits for the end. */
  at: CutPlace;
  /** Texts of added tokens with a space inside: no cut may fall into one. */
  avoid: readonly string[];
  /** Texts of added tokens that take the white space beside them: no cut may follow one. */
  notAfter: readonly string[];
}

/** Modifier letters are left out: some of them are spaces with a sign when they are normalized. */
const wordGap = /(?<=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}]) (?=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}])/gu;

export class WordByWordStream {
  readonly #encode: (text: string, continued: boolean) => number[];
  readonly #cuts: SafeCuts;
  readonly #longestAvoided: number;
  #waiting = '';
  #continued = false;

  /** @param encode  the ids of a part of the text; `continued` when it is not the first */
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
        // The first half of a surrogate pair may be waiting for the second.
        const last = text.charCodeAt(text.length - 1);
        return (last & 0xfc00) === 0xd800 ? text.length - 1 : text.length;
      }
      case 'words': {
        let cut = 0;
        wordGap.lastIndex = from;
        // What is avoided may begin before the cut and not have come to its end yet.
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
