// The definitions of a word, a character and a sentence for every measure of this package, and how to read words from a text in pieces.
// They are plain rules over Unicode properties instead of Intl.Segmenter, so that a result is the same in every engine and version.
//
// - A character is a code point.
// - A word is a run of letters, marks and digits; an apostrophe or hyphen between two of them belongs to it („geht's“, „well-known“),
//   and so do a point or comma between two digits. Words are compared in lower case unless a measure says otherwise, and in Unicode's
//   form NFC, so that „ä“ is one letter even where a text writes it as „a“ and a mark (NFD, as the file names of macOS).
// - A sentence ends with . ! ? or … (and closing quotes or brackets) where white space follows and then nothing in lower case, and at a
//   blank line. Not after an abbreviation, an initial („J. Grimm“) or an ordinal number („am 3. Mai“).

/** A run of letters and digits, with the signs allowed inside one. */
const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’\-‐‑](?=\p{L})[\p{L}\p{M}\p{N}]+|(?<=\p{N})[.,](?=\p{N})[\p{L}\p{M}\p{N}]+)*/gu;

const whiteSpace = /\s/;

/** The words of a text in NFC, otherwise as written. */
export const wordsOf = (text: string): string[] => text.normalize('NFC').match(wordPattern) ?? [];

/** Words in NFC with their start positions, in UTF-16 units of the text as it is written. */
export function* placedWords(text: string): Generator<{ word: string; start: number }> {
  for (const match of text.matchAll(wordPattern)) yield { word: match[0].normalize('NFC'), start: match.index };
}

/** Divides pieces of a text at white space, so that no word is cut. It holds back the text after the last white space. */
export class WholeWords {
  #held = '';

  /** @returns the text up to and including the last white space; empty if there is none */
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

  /** The text that is left at the end. */
  rest(): string {
    return this.#held;
  }
}

/** Divides pieces of a text so that no surrogate pair is cut. */
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
