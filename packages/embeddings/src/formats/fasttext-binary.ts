// The models that fastText saves as `.bin`: words, settings, and one table with a row for each word and each bucket of n-grams. The vector of a
// word is the mean of its row and those of its n-grams; words that it never saw have their n-grams.
//
// Layout, as fastText 0.9.2 writes it, all little-endian: magic and version; twelve int32 and a float64 of settings; the dictionary, where
// each word ends with a zero byte, then its count (int64) and type (byte); a byte that tells whether the table is quantized; its rows and
// columns (int64), its numbers (float32); then the output layer, which is not read.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { rowOfBucket, subwordBuckets, type SubwordLengths, type Subwords } from '../subwords.js';
import type { WordVectors } from '../word-vectors.js';
import { ByteReader, type ByteSource } from './byte-reader.js';
import { quote, VectorFileError } from './errors.js';
import { GrowingFloats } from './growing-floats.js';
import type { ReadVectorsOptions } from './read-options.js';
import { RowCollector } from './row-collector.js';
import { copyFloats } from './word2vec-binary.js';

const FORMAT = 'fastText .bin';
const MAGIC = 793_712_314;
const VERSIONS = [11, 12];
const SUPERVISED = 3;
const MOST_WORD_BYTES = 65_536;
/** The end of a sentence, a word without n-grams. */
const END_OF_SENTENCE = '</s>';

/** What a file tells before its table. */
interface Head {
  width: number;
  minLength: number;
  maxLength: number;
  buckets: number;
  /** Rows of the table that are kept, by the place of their word in the file. */
  kept: { row: number; word: string; count: number }[];
  /** How many rows belong to words. */
  wordRows: number;
  rows: RowCollector;
}

export interface ReadFastTextOptions extends ReadVectorsOptions {
  /**
   * Which vectors of n-grams are kept: 'all' (the default) for any word that is asked about, which for the published models is one or two
   * gigabytes whatever `limit` says; 'used' only those that the kept words are made of, so that memory is bounded by `limit` and `only`, and other
   * words get the mean of those of their n-grams that are there; 'none' when no other words are asked about.
   */
  subwords?: 'all' | 'used' | 'none';
}

const readFastTextOptionNames: OptionNames<ReadFastTextOptions> = { subwords: 'optional', limit: 'optional', only: 'optional', invalidText: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * Reads words and n-grams. `limit` and `only` choose among the words, `subwords` among the n-grams. The vectors of the kept words are the
 * same in any case.
 * @throws VectorFileError with the byte, when the file is malformed, truncated, quantized (`.ftz`), or has a word that is no UTF-8
 */
export async function readFastTextBinary(source: ByteSource, options: ReadFastTextOptions = {}): Promise<WordVectors> {
  checkOptions('readFastTextBinary', options, readFastTextOptionNames);
  const { subwords: which = 'all' } = options;
  if (!['all', 'used', 'none'].includes(which)) throw new TypeError(`readFastTextBinary: subwords is ${JSON.stringify(which)}; expected 'all', 'used' or 'none'.`);
  const reader = new ByteReader(FORMAT, source, options);
  const head = await readHead(reader, options);
  const { width, rows, kept, minLength, maxLength, buckets } = head;
  await readWordRows(reader, head);
  const lengths = maxLength > 0 && buckets > 0 ? { minLength, maxLength, buckets } : undefined;
  const present = lengths && which !== 'all' ? bucketsOf(rows.words, lengths) : undefined;
  const matrix = present ? await readRows(reader, present, head) : await readTable(reader, buckets, width);
  await reader.stop(); // the output layer follows
  const subwords: Subwords | undefined = lengths && { ...lengths, ...(present && { present }), matrix };
  if (subwords) addSubwords(rows, subwords);
  return rows.finish({ counts: kept.map(({ count }) => count), ...(subwords && which !== 'none' && { subwords }) });
}

/** The buckets of all n-grams of some words, ascending. */
function bucketsOf(words: readonly string[], lengths: SubwordLengths): Uint32Array {
  const found = new Set<number>();
  for (const word of words) if (word !== END_OF_SENTENCE) for (const bucket of subwordBuckets(word, lengths)) found.add(bucket);
  return Uint32Array.from(found).sort();
}

async function readHead(reader: ByteReader, options: ReadVectorsOptions): Promise<Head> {
  await reader.need(8 + 12 * 4 + 8, 'the settings');
  const [magic, version] = [reader.int32(), reader.int32()];
  if (magic !== MAGIC) throw new VectorFileError(FORMAT, `the file begins with ${magic}; expected ${MAGIC}, the mark of fastText's models`, { byte: 0 });
  if (!VERSIONS.includes(version)) throw new VectorFileError(FORMAT, `the version is ${version}; expected 11 or 12`, { byte: 4 });
  const [width, , , , , , , model, buckets, minLength, maxLength] = Array.from({ length: 12 }, () => reader.int32());
  reader.at += 8; // the sampling threshold
  if (buckets < 0 || minLength < 0 || maxLength < 0 || maxLength > 1000) throw new VectorFileError(FORMAT, `n-grams of ${minLength} to ${maxLength} characters in ${buckets} buckets; expected numbers of 0 or more`, { byte: 40 });
  const rows = new RowCollector(FORMAT, width, options);
  const { kept, wordRows } = await readDictionary(reader, rows);
  // The first versions with classes left n-grams of characters out.
  return { width, minLength: Math.max(1, minLength), maxLength: version === 11 && model === SUPERVISED ? 0 : maxLength, buckets, kept, wordRows, rows };
}

async function readDictionary(reader: ByteReader, rows: RowCollector): Promise<Pick<Head, 'kept' | 'wordRows'>> {
  await reader.need(3 * 4 + 2 * 8, 'the dictionary');
  const from = reader.position;
  const [size, wordRows, labels] = [reader.int32(), reader.int32(), reader.int32()];
  reader.int64('the number of tokens');
  const pruned = reader.int64('the number of pruned n-grams');
  if (size < 0 || wordRows < 0 || labels < 0 || wordRows + labels !== size) throw new VectorFileError(FORMAT, `${size} entries, of which ${wordRows} are words and ${labels} labels: that does not add up`, { byte: from });
  if (pruned > 0) throw new VectorFileError(FORMAT, 'the n-grams were pruned, which only quantized models (.ftz) are; read the model before it was quantized', { byte: from });
  const kept: Head['kept'] = [];
  for (let row = 0; row < size; row++) {
    const end = await endOfWord(reader);
    const byte = reader.position;
    const bytes = reader.buffer.subarray(reader.at, end);
    await reader.need(bytes.length + 10, 'the dictionary');
    const word = rows.decode(reader.buffer.subarray(reader.at, reader.at + bytes.length), { byte });
    reader.at += bytes.length + 1;
    const count = reader.int64(`the count of ${quote(word)}`);
    const isLabel = reader.byte() === 1;
    if (isLabel !== row >= wordRows) throw new VectorFileError(FORMAT, `${quote(word)} is ${isLabel ? 'a label among the words' : 'a word among the labels'}`, { byte });
    if (isLabel || rows.isFull || !rows.wants(word)) continue;
    rows.keep(word);
    kept.push({ row, word, count });
  }
  return { kept, wordRows };
}

async function endOfWord(reader: ByteReader): Promise<number> {
  for (;;) {
    const end = reader.buffer.indexOf(0, reader.at);
    if (end >= 0) return end;
    if (reader.available > MOST_WORD_BYTES) throw new VectorFileError(FORMAT, `no word is longer than ${MOST_WORD_BYTES} bytes`, { byte: reader.position });
    if (!(await reader.more())) throw new VectorFileError(FORMAT, 'the file ends within the dictionary', { byte: reader.position });
  }
}

/** The head of the table, and its rows for words. */
async function readWordRows(reader: ByteReader, { kept, rows, width, wordRows, buckets }: Head): Promise<void> {
  await reader.need(1 + 8 + 8, 'the head of the table');
  const byte = reader.position;
  if (reader.byte() !== 0) throw new VectorFileError(FORMAT, 'the model is quantized (.ftz); read the model before it was quantized', { byte });
  const [height, columns] = [reader.int64('the height of the table'), reader.int64('the width of the table')];
  if (height !== wordRows + buckets || columns !== width) {
    throw new VectorFileError(FORMAT, `a table of ${height} x ${columns} numbers; ${wordRows} words and ${buckets} buckets of width ${width} need ${wordRows + buckets} x ${width}`, { byte });
  }
  let next = 0;
  for (const [place, { row, word }] of kept.entries()) {
    await reader.skip((row - next) * 4 * width, 'the table');
    await reader.need(4 * width, `the vector of ${quote(word)}`);
    copyFloats(reader.buffer, reader.at, rows.floats.array, place * width, width);
    expectFinite(rows.floats.array, place * width, width, reader.position);
    reader.at += 4 * width;
    next = row + 1;
  }
  await reader.skip((wordRows - next) * 4 * width, 'the table');
}

async function readTable(reader: ByteReader, height: number, width: number): Promise<Float32Array> {
  const floats = new GrowingFloats(height * width);
  while (floats.length < height * width) {
    if (reader.available < 4) await reader.need(4, 'the vectors of the n-grams');
    const count = Math.min(height * width - floats.length, reader.available >> 2);
    const at = floats.reserve(count);
    copyFloats(reader.buffer, reader.at, floats.array, at, count);
    expectFinite(floats.array, at, count, reader.position);
    reader.at += 4 * count;
  }
  return floats.finish();
}

/** Some rows of the table, in ascending order; the others are skipped. */
async function readRows(reader: ByteReader, wanted: Uint32Array, { buckets, width }: Head): Promise<Float32Array> {
  const floats = new GrowingFloats(wanted.length * width);
  let next = 0;
  for (const bucket of wanted) {
    if (bucket > next) await reader.skip((bucket - next) * 4 * width, 'the vectors of the n-grams');
    if (reader.available < 4 * width) await reader.need(4 * width, 'the vectors of the n-grams');
    const at = floats.reserve(width);
    copyFloats(reader.buffer, reader.at, floats.array, at, width);
    expectFinite(floats.array, at, width, reader.position);
    reader.at += 4 * width;
    next = bucket + 1;
  }
  await reader.skip((buckets - next) * 4 * width, 'the vectors of the n-grams');
  return floats.finish();
}

function expectFinite(numbers: Float32Array, from: number, count: number, byte: number): void {
  for (let i = 0; i < count; i++) {
    const value = numbers[from + i];
    if (value - value !== 0) throw new VectorFileError(FORMAT, `the number is ${value}; expected finite numbers`, { byte: byte + 4 * i });
  }
}

/** Makes each row the mean of itself and the n-grams of its word, rounded after each addition as fastText does. */
function addSubwords({ words, width, floats: { array } }: RowCollector, subwords: Subwords): void {
  for (const [place, word] of words.entries()) {
    if (word === END_OF_SENTENCE) continue;
    const buckets = subwordBuckets(word, subwords);
    const share = Math.fround(1 / (buckets.length + 1));
    for (const bucket of buckets) {
      const row = rowOfBucket(subwords, bucket)!;
      for (let i = 0; i < width; i++) array[place * width + i] += subwords.matrix[row * width + i];
    }
    for (let i = 0; i < width; i++) array[place * width + i] *= share;
  }
}
