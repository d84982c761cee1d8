// The binary format of word2vec: a first line of two counts, then each word, a space, and its numbers as little-endian float32. Some programs
// put a newline behind each vector (word2vec.c), some do not (gensim), and some leave the first line out.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';
import { ByteReader, type ByteSource } from './byte-reader.js';
import { quote, VectorFileError, vectorsInWords } from './errors.js';
import type { ReadVectorsOptions } from './read-options.js';
import { RowCollector } from './row-collector.js';

const FORMAT = 'word2vec binary';
const NEWLINE = 10;
const SPACE = 32;
/** No word of a real file comes near; the numbers of a file that is something else contain no space for longer. */
const MOST_WORD_BYTES = 65_536;
const MOST_HEADER_BYTES = 64;

export interface ReadWord2vecBinaryOptions extends ReadVectorsOptions {
  /** Numbers per vector, of a file without the first line. Without it, the first line is expected. */
  width?: number;
}

const readWord2vecBinaryOptionNames: OptionNames<ReadWord2vecBinaryOptions> = { width: 'optional', limit: 'optional', only: 'optional', invalidText: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * @throws VectorFileError with the byte, when the file is malformed, shorter or longer than its header says, has a number that is not finite,
 * or a word that is no UTF-8
 */
export async function readWord2vecBinary(source: ByteSource, options: ReadWord2vecBinaryOptions = {}): Promise<WordVectors> {
  checkOptions('readWord2vecBinary', options, readWord2vecBinaryOptionNames);
  const reader = new ByteReader(FORMAT, source, options);
  const header = options.width === undefined ? await readHeader(reader) : { rows: Infinity, width: options.width };
  const rows = new RowCollector(FORMAT, header.width, options, header.rows);
  const bytes = 4 * rows.width;
  let seen = 0;
  for (; seen < header.rows && !rows.isFull; seen++) {
    // The newline behind the vector before.
    if (reader.available === 0 && !(await reader.more())) break;
    if (reader.buffer[reader.at] === NEWLINE) reader.at++;
    if (reader.available === 0 && !(await reader.more())) break;
    const end = await endOfWord(reader);
    const word = rows.decode(reader.buffer.subarray(reader.at, end), { byte: reader.position });
    reader.at = end + 1;
    if (reader.available < bytes) await reader.need(bytes, `the vector of ${quote(word)}`);
    if (rows.wants(word)) readVector(reader, rows, word);
    reader.at += bytes;
  }
  if (rows.isFull && seen < header.rows) await reader.stop();
  else if (seen < header.rows && header.rows !== Infinity) throw new VectorFileError(FORMAT, `the file ends after ${vectorsInWords(seen)}; the first line promises ${header.rows}`, { byte: reader.position });
  else if (header.rows !== Infinity) await expectEnd(reader, header.rows);
  return rows.finish();
}

async function readHeader(reader: ByteReader): Promise<{ rows: number; width: number }> {
  let end = reader.buffer.indexOf(NEWLINE);
  while (end < 0 && reader.available < MOST_HEADER_BYTES && (await reader.more())) end = reader.buffer.indexOf(NEWLINE);
  const text = String.fromCharCode(...reader.buffer.subarray(reader.at, Math.min(end < 0 ? reader.buffer.length : end, reader.at + MOST_HEADER_BYTES)));
  const found = /^(\d{1,15}) +(\d{1,15})\s*$/.exec(text);
  if (!found || end < 0) throw new VectorFileError(FORMAT, `the file begins with ${quote(text)}; expected how many vectors of how many numbers there are, such as "3000 100". Of a file without this line, say the width`, { byte: 0 });
  reader.at = end + 1;
  return { rows: Number(found[1]), width: Number(found[2]) };
}

async function endOfWord(reader: ByteReader): Promise<number> {
  for (let searched = 0; ; ) {
    const end = reader.buffer.indexOf(SPACE, reader.at + searched);
    if (end >= 0 && end - reader.at <= MOST_WORD_BYTES) return end;
    searched = reader.available;
    if (end >= 0 || searched > MOST_WORD_BYTES) throw new VectorFileError(FORMAT, `there is no space within ${MOST_WORD_BYTES} bytes where a word should end`, { byte: reader.position });
    if (!(await reader.more())) throw new VectorFileError(FORMAT, 'the file ends within a word', { byte: reader.position });
  }
}

function readVector({ buffer, at: from, position }: ByteReader, rows: RowCollector, word: string): void {
  const at = rows.keep(word);
  copyFloats(buffer, from, rows.floats.array, at, rows.width);
  for (let i = 0; i < rows.width; i++) {
    const value = rows.floats.array[at + i];
    if (value - value !== 0) throw new VectorFileError(FORMAT, `number ${i + 1} of ${quote(word)} is ${value}; expected finite numbers`, { byte: position + 4 * i });
  }
}

async function expectEnd(reader: ByteReader, rows: number): Promise<void> {
  if (reader.available === 0) await reader.more();
  if (reader.buffer[reader.at] === NEWLINE) reader.at++;
  if (reader.available > 0 || (await reader.more())) throw new VectorFileError(FORMAT, `there is more than ${vectorsInWords(rows)}, which the first line promises`, { byte: reader.position });
}

/** Little-endian numbers as they lie in memory; every machine that browsers and Node are built for is little-endian, IBM Z excepted. */
export function copyFloats(bytes: Uint8Array, from: number, into: Float32Array, at: number, count: number): void {
  new Uint8Array(into.buffer, into.byteOffset + 4 * at, 4 * count).set(bytes.subarray(from, from + 4 * count));
}
