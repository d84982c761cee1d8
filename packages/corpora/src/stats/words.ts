// What a word, a character and a sentence are for every measure of this package, and how they are read from a text in pieces.
// Plain rules over Unicode properties and not Intl.Segmenter, so that a figure is the same in every engine and version.
//
// - A character is a code point.
// - A word is a run of letters, marks and digits; an apostrophe or hyphen between two of them belongs to it („geht's“, „well-known“),
//   and so do a point or comma between two digits. Words are compared in lower case unless a measure says otherwise.
// - A sentence ends with . ! ? or … (and closing quotes or brackets) where white space follows and then nothing in lower case, and at a
//   blank line. Not after an abbreviation, an initial („J. Grimm“) or an ordinal number („am 3. Mai“).

/** A run of letters and digits, with what may stand inside of one. */
const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’\-‐‑](?=\p{L})[\p{L}\p{M}\p{N}]+|(?<=\p{N})[.,](?=\p{N})[\p{L}\p{M}\p{N}]+)*/gu;

const whiteSpace = /\s/;

/** The words of a text, as written. */
export const wordsOf = (text: string): string[] => text.match(wordPattern) ?? [];

/** Words with the places where they begin, in UTF-16 units. */
export function* placedWords(text: string): Generator<{ word: string; start: number }> {
  for (const match of text.matchAll(wordPattern)) yield { word: match[0], start: match.index };
}

/** Hands on the pieces of a text cut at white space, so that no word is cut. Holds back what follows the last white space. */
export class WholeWords {
  #held = '';

  /** @returns the text up to and with the last white space seen; empty where there is none */
  add(chunk: string): string {
    let cut = chunk.length;
    while (cut > 0 && !whiteSpace.test(chunk[cut - 1])) cut--;
    if (cut === 0) {
      this.#held += chunk;
      return '';
    }
    const whole = this.#held + chunk.slice(0, cut);
    this.#held = chunk.slice(cut);
    return whole;
  }

  /** What is left at the end of the text. */
  rest(): string {
    return this.#held;
  }
}

/** Hands on the pieces of a text so that no surrogate pair is cut. */
export class WholeCharacters {
  #held = '';

  add(chunk: string): string {
    const text = this.#held + chunk;
    const last = text.charCodeAt(text.length - 1);
    const cut = last >= 0xd800 && last < 0xdc00 ? text.length - 1 : text.length;
    this.#held = text.slice(cut);
    return text.slice(0, cut);
  }

  rest(): string {
    return this.#held;
  }
}
