// Collects the words and vectors that a reader shall keep. Memory grows with what is kept, not with what a file promises.
import type { Subwords } from '../subwords.js';
import { WordVectors } from '../word-vectors.js';
import { VectorFileError } from './errors.js';
import { GrowingFloats } from './growing-floats.js';
import type { ReadVectorsOptions } from './read-options.js';

export const MOST_NUMBERS = 1_000_000;

export class RowCollector {
  readonly words: string[] = [];
  readonly width: number;
  readonly floats: GrowingFloats;
  readonly #format: string;
  readonly #known = new Set<string>();
  readonly #limit: number;
  readonly #only: ReadonlySet<string> | undefined;
  readonly #decoder: TextDecoder;

  /** @param promised rows, if the file says so */
  constructor(format: string, width: number, { limit = Infinity, only, invalidText = 'refuse' }: ReadVectorsOptions, promised = Infinity) {
    if (!(limit >= 0)) throw new RangeError(`${format}: limit is ${String(limit)}; expected a number of 0 or more.`);
    if (!Number.isSafeInteger(width) || width < 1 || width > MOST_NUMBERS) throw new VectorFileError(format, `vectors of ${width} numbers; expected 1 to ${MOST_NUMBERS}`);
    this.#format = format;
    this.width = width;
    this.#limit = limit;
    this.#only = only === undefined ? undefined : new Set(only);
    this.#decoder = new TextDecoder('utf-8', { fatal: invalidText === 'refuse', ignoreBOM: true });
    this.floats = new GrowingFloats(Math.min(promised, limit, this.#only?.size ?? Infinity) * width);
  }

  /** Whether nothing more will be kept. */
  get isFull(): boolean {
    return this.words.length >= this.#limit || this.words.length === this.#only?.size;
  }

  /** @throws VectorFileError when the bytes are no UTF-8, or none */
  decode(bytes: Uint8Array, place: { line?: number; byte: number }): string {
    if (bytes.length === 0) throw new VectorFileError(this.#format, 'there is no word before the numbers', place);
    try {
      return this.#decoder.decode(bytes);
    } catch {
      throw new VectorFileError(this.#format, `the word is no UTF-8; write the file as UTF-8, or read it with invalidText: 'replace'`, place);
    }
  }

  /** Whether the vector of a word shall be kept: a word that is there already is not, as in gensim. */
  wants(word: string): boolean {
    return (this.#only === undefined || this.#only.has(word)) && !this.#known.has(word);
  }

  /** Keeps a word. @returns where its vector belongs in `floats.array`, which must be filled */
  keep(word: string): number {
    this.words.push(word);
    this.#known.add(word);
    return this.floats.reserve(this.width);
  }

  /** Takes the last word back: its vector was none. */
  forget(): void {
    this.#known.delete(this.words.pop()!);
    this.floats.length -= this.width;
  }

  finish(more: { counts?: ArrayLike<number>; subwords?: Subwords } = {}): WordVectors {
    return new WordVectors({ words: this.words, width: this.width, matrix: this.floats.finish(), ...more });
  }
}
