// Turns a text into a sequence of numbers, one for each different character or word.
import { WholeCharacters, WholeWords, placedWords } from './words.js';

/** Characters are code points. Words are compared in NFC and in lower case; anything between them is ignored (see words.ts). */
export type Unit = 'character' | 'word';

export const units: readonly Unit[] = ['character', 'word'];

/** The maximum number of units: the positions of a text and a reference must fit into 32 bits together. */
const MOST_UNITS = 2 ** 29;

/** Numbers the different units; several texts may share one numbering. */
export class UnitNumbers {
  readonly #numbers = new Map<string, number>();

  of(key: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) this.#numbers.set(key, (number = this.#numbers.size));
    return number;
  }

  get size(): number {
    return this.#numbers.size;
  }
}

/** Collects the units of a text that arrives in pieces. Memory: four to eight bytes per unit; with `places` twice as many, and the text. */
export class UnitSequence {
  readonly #pieces: WholeCharacters | WholeWords;
  #ids = new Int32Array(1024);
  #starts: Int32Array | undefined;
  #text = '';
  /** The number of UTF-16 units processed before the current piece. */
  #passed = 0;
  #length = 0;

  /** @param places whether to keep the text and the position of each unit, for `slice` */
  constructor(readonly unit: Unit, readonly numbers: UnitNumbers, readonly places = false) {
    this.#pieces = unit === 'character' ? new WholeCharacters() : new WholeWords();
    if (places) this.#starts = new Int32Array(1024);
  }

  add(chunk: string): void {
    if (this.places) this.#text += chunk;
    this.#read(this.#pieces.add(chunk));
  }

  /** Ends the text. @returns the number of each unit, in order */
  end(): Int32Array {
    this.#read(this.#pieces.rest());
    return this.#ids.subarray(0, this.#length);
  }

  /** The start of a unit, in UTF-16 units of the text. Needs `places`. */
  start(at: number): number {
    return this.#starts![at];
  }

  /** The text of `length` units from `from` on, without marks after the last word. Needs `places`. */
  slice(from: number, length: number): string {
    const text = this.#text.slice(this.#starts![from], from + length < this.#length ? this.#starts![from + length] : undefined);
    return this.unit === 'word' ? text.replace(/[^\p{L}\p{M}\p{N}]+$/u, '') : text;
  }

  #read(text: string): void {
    if (this.unit === 'word') {
      for (const { word, start } of placedWords(text)) this.#push(word.toLowerCase(), this.#passed + start);
    } else {
      let start = this.#passed;
      for (const character of text) {
        this.#push(character, start);
        start += character.length;
      }
    }
    this.#passed += text.length;
  }

  #push(key: string, start: number): void {
    if (this.#length === this.#ids.length) {
      if (this.#length >= MOST_UNITS) throw new RangeError(`the text has more than ${MOST_UNITS} units: measure a part of it`);
      this.#ids = grown(this.#ids);
      if (this.#starts) this.#starts = grown(this.#starts);
    }
    this.#ids[this.#length] = this.numbers.of(key);
    if (this.#starts) this.#starts[this.#length] = start;
    this.#length++;
  }
}

function grown(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
