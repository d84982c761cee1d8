// Writes the formats of word2vec and GloVe, in pieces of about a megabyte.
import { checkOptions } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';

const PIECE = 2 ** 20;

export interface WriteTextOptions {
  /** Digits behind the first; default: as many as give exactly the same float32 when they are read. */
  digits?: number;
}

/** The bytes of word2vec's text format, also fastText's `.vec`. @throws RangeError when a word is empty or has a blank or a newline */
export function writeWord2vecText(vectors: WordVectors, options: WriteTextOptions = {}): Generator<Uint8Array, void, undefined> {
  checkOptions<WriteTextOptions>('writeWord2vecText', options, { digits: 'optional' });
  return inPieces([`${vectors.words.length} ${vectors.width}\n`], textRows(vectors, ' ', options));
}

/** The bytes of GloVe's text format. @throws RangeError when a word is empty or has a blank or a newline */
export function writeGlove(vectors: WordVectors, options: WriteTextOptions = {}): Generator<Uint8Array, void, undefined> {
  checkOptions<WriteTextOptions>('writeGlove', options, { digits: 'optional' });
  return inPieces(textRows(vectors, ' ', options));
}

/**
 * The bytes of word2vec's binary format.
 * @param options `newlines`: one behind each vector, as word2vec.c writes them; default false, as gensim
 * @throws RangeError when a word is empty or has a blank or a newline
 */
export function* writeWord2vecBinary(vectors: WordVectors, options: { newlines?: boolean } = {}): Generator<Uint8Array, void, undefined> {
  checkOptions<{ newlines?: boolean }>('writeWord2vecBinary', options, { newlines: 'flag' });
  const { newlines = false } = options;
  const encoder = new TextEncoder();
  yield encoder.encode(`${vectors.words.length} ${vectors.width}\n`);
  for (const [place, word] of vectors.words.entries()) {
    checkWord(word);
    const row = vectors.row(place);
    const head = encoder.encode(`${word} `);
    const bytes = new Uint8Array(head.length + row.byteLength + (newlines ? 1 : 0)).fill(10);
    bytes.set(head);
    bytes.set(new Uint8Array(row.buffer, row.byteOffset, row.byteLength), head.length);
    yield bytes;
  }
}

const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10];

/**
 * A float32 as a text that gives it back, mostly the shortest.
 * @param digits behind the first, if fewer are wanted
 * @throws RangeError when the number is not finite
 */
export function shortest(value: number, digits?: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`A vector has the number ${value}, which cannot be written; expected finite numbers.`);
  if (digits !== undefined) return String(Number(value.toExponential(digits)));
  for (const power of POWERS) {
    const rounded = Math.round(value * power) / power;
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9))); // nine digits always do
}

export function* textRows(vectors: WordVectors, separator: string, { digits }: WriteTextOptions = {}): Generator<string, void, undefined> {
  for (const [place, word] of vectors.words.entries()) {
    checkWord(word);
    yield `${word}${separator}${Array.from(vectors.row(place), (value) => shortest(value, digits)).join(separator)}\n`;
  }
}

/** Lines of text as bytes, many together. */
export function* inPieces(...parts: readonly Iterable<string>[]): Generator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  let text = '';
  for (const part of parts) {
    for (const line of part) {
      text += line;
      if (text.length < PIECE) continue;
      yield encoder.encode(text);
      text = '';
    }
  }
  if (text !== '') yield encoder.encode(text);
}

function checkWord(word: string): void {
  checkCharacters(word);
  if (word === '' || /[ \t\n\r]/.test(word)) throw new RangeError(`The word ${JSON.stringify(word)} cannot be written: in this format a blank or a newline ends a word. Write safetensors, or another word.`);
}

/** @throws RangeError for a word that UTF-8 cannot hold: it would come back as another one */
export function checkCharacters(word: string): void {
  if (/\p{Surrogate}/u.test(word)) throw new RangeError(`The word ${JSON.stringify(word)} cannot be written: it has half of a character (a lone surrogate). Repair the text that it comes from.`);
}
