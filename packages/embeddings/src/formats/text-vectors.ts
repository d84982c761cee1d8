// Text files with a word and its numbers in each line: word2vec's, with a first line of two counts; GloVe's, without; fastText's `.vec`, with.
// Files are also named wrongly: gensim, for example, converts GloVe's to word2vec's. So both readers look at the first line.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';
import { ByteReader, type ByteSource } from './byte-reader.js';
import { readNumbers } from './decimal-numbers.js';
import { quote, VectorFileError, vectorsInWords } from './errors.js';
import type { ReadVectorsOptions } from './read-options.js';
import { RowCollector } from './row-collector.js';
import { skipByteOrderMark, TextLines } from './text-lines.js';

const SPACE = 32;
const TAB = 9;
const GLOVE = 'GloVe text';

export interface ReadTextVectorsOptions extends ReadVectorsOptions {
  /** Whether the first line says how many vectors of how many numbers follow. Default: it does if it consists of two whole numbers. */
  header?: boolean;
}

const readTextVectorsOptionNames: OptionNames<ReadTextVectorsOptions> = { header: 'flag', limit: 'optional', only: 'optional', invalidText: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * Reads word2vec's text format, also fastText's `.vec`. A word that comes twice has its first vector. Words may contain blanks: the numbers are
 * counted from the end of the line.
 * @throws VectorFileError with the line, when the file is malformed, shorter or longer than its header says, or no UTF-8
 */
export function readWord2vecText(source: ByteSource, options: ReadTextVectorsOptions = {}): Promise<WordVectors> {
  checkOptions('readWord2vecText', options, readTextVectorsOptionNames);
  return readTextVectors('word2vec text', source, options);
}

/**
 * Reads the text format of GloVe: the same without a header. One that is there all the same is recognised: two whole numbers, unless the second
 * line has one number, too; then the file may be one of vectors with one number, whose first word is a number.
 * @throws VectorFileError as `readWord2vecText`
 */
export function readGlove(source: ByteSource, options: ReadTextVectorsOptions = {}): Promise<WordVectors> {
  checkOptions('readGlove', options, readTextVectorsOptionNames);
  return readTextVectors(GLOVE, source, options);
}

async function readTextVectors(format: string, source: ByteSource, options: ReadTextVectorsOptions): Promise<WordVectors> {
  const reader = new ByteReader(format, source, options);
  const lines = new TextLines(reader);
  await skipByteOrderMark(reader);
  if (!lines.next() && !(await lines.wait())) throw new VectorFileError(format, 'the file is empty; expected a word and its numbers in each line', { line: 1 });
  const counts = options.header === false ? undefined : headerOf(lines, format, options.header === true);
  let hasLine = counts === undefined || lines.next() || (await lines.wait());
  const isWord = counts !== undefined && format === GLOVE && options.header === undefined && (!hasLine || fieldsOf(lines).length === 2);
  const header = isWord ? undefined : counts;
  const rows = new RowCollector(format, isWord ? 1 : (header?.width ?? widthOfFirst(lines, format)), options, header?.rows);
  if (isWord && !rows.isFull && rows.wants(counts.texts[0])) rows.floats.array[rows.keep(counts.texts[0])] = Number(counts.texts[1]);
  let seen = 0;
  for (; hasLine && !rows.isFull; hasLine = lines.next() || (await lines.wait())) {
    if (isBlank(lines)) continue;
    if (seen++ === header?.rows) throw new VectorFileError(format, `there is more than ${vectorsInWords(header.rows)}, which the first line promises`, { line: lines.line });
    readRow(lines, rows, format);
  }
  if (hasLine) await reader.stop();
  else if (header && seen < header.rows && !rows.isFull) throw new VectorFileError(format, `the file ends after ${vectorsInWords(seen)}; the first line promises ${header.rows}`, { line: lines.line + 1 });
  return rows.finish();
}

/** The two counts of the first line, also as they are written. */
interface Header {
  rows: number;
  width: number;
  texts: readonly [string, string];
}

function headerOf({ reader, from, to }: TextLines, format: string, isCertain: boolean): Header | undefined {
  const text = latin(reader.buffer.subarray(from, Math.min(to, from + 100)));
  const found = /^(\d{1,15})[ \t]+(\d{1,15})\s*$/.exec(text);
  if (found) return { rows: Number(found[1]), width: Number(found[2]), texts: [found[1], found[2]] };
  if (isCertain) throw new VectorFileError(format, `got ${quote(text)}; expected how many vectors of how many numbers there are, such as "3000 100"`, { line: 1 });
  return undefined;
}

/** How many numbers follow the first blank of the first line. */
function widthOfFirst(lines: TextLines, format: string): number {
  const fields = fieldsOf(lines);
  if (fields.length < 2) throw new VectorFileError(format, `got ${quote(fields[0])}; expected a word and its numbers`, { line: lines.line });
  return fields.length - 1;
}

/** What stands between the blanks of a line. */
function fieldsOf({ reader, from, to }: TextLines): string[] {
  return latin(reader.buffer.subarray(from, to)).trim().split(/[ \t]/);
}

function readRow(lines: TextLines, rows: RowCollector, format: string): void {
  const { reader: { buffer }, from, to, line } = lines;
  let blank = from;
  while (blank < to && buffer[blank] !== SPACE && buffer[blank] !== TAB) blank++;
  const word = rows.decode(buffer.subarray(from, blank), { line, byte: lines.byte });
  if (rows.wants(word)) {
    const at = rows.keep(word);
    if (readNumbers(buffer, blank + 1, to, rows.width, rows.floats.array, at)) return;
    rows.forget();
  } else if (!hasMoreFields(lines, blank, rows.width)) {
    return; // nobody wants it, and it is not the beginning of a longer word
  }
  readRowWithBlanks(lines, rows, format);
}

/** A word with blanks, or what is wrong. */
function readRowWithBlanks(lines: TextLines, rows: RowCollector, format: string): void {
  const { reader: { buffer }, from, line } = lines;
  let to = lines.to;
  while (to > from && isBlankByte(buffer[to - 1])) to--;
  let blank = to;
  for (let left = rows.width; left > 0 && blank > from; left--) do blank--; while (blank > from && !isBlankByte(buffer[blank]));
  if (blank <= from) throw new VectorFileError(format, `there are fewer than ${rows.width} numbers: ${quote(latin(buffer.subarray(from, to)))}`, { line, byte: lines.byte });
  const word = rows.decode(buffer.subarray(from, blank), { line, byte: lines.byte });
  if (!rows.wants(word)) return;
  const at = rows.keep(word);
  if (!readNumbers(buffer, blank + 1, to, rows.width, rows.floats.array, at)) {
    const wrong = latin(buffer.subarray(blank + 1, to)).split(/[ \t]/).find((field) => !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(field) || !Number.isFinite(Math.fround(Number(field))));
    throw new VectorFileError(format, `${quote(wrong ?? '')} is no number that float32 holds; expected ${rows.width} of them behind the word`, { line, byte: lines.byte });
  }
}

/** Whether a line has more than `width` blanks, so that its word may have some. */
function hasMoreFields({ reader: { buffer }, to }: TextLines, from: number, width: number): boolean {
  let blanks = 0;
  for (let at = from; at < to; at++) if (isBlankByte(buffer[at]) && at + 1 < to && !isBlankByte(buffer[at + 1])) blanks++;
  return blanks > width;
}

const isBlankByte = (byte: number): boolean => byte === SPACE || byte === TAB;

function isBlank({ reader: { buffer }, from, to }: TextLines): boolean {
  for (let at = from; at < to; at++) if (!isBlankByte(buffer[at])) return false;
  return true;
}

/** Bytes as characters, for what is ASCII if it is right. */
function latin(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
