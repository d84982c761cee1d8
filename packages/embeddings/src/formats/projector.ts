// The two files of TensorFlow's Embedding Projector (projector.tensorflow.org): vectors as numbers with tabulators between them, and metadata
// with the words. Metadata with one column has no line of headings, with several columns it has one: that is the projector's rule.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { WordVectors } from '../word-vectors.js';
import { ByteReader, type ByteSource } from './byte-reader.js';
import { readNumbers } from './decimal-numbers.js';
import { VectorFileError } from './errors.js';
import type { ReadVectorsOptions } from './read-options.js';
import { RowCollector } from './row-collector.js';
import { skipByteOrderMark, TextLines } from './text-lines.js';
import { checkCharacters, inPieces, shortest, type WriteTextOptions } from './write-vectors.js';

const VECTORS = 'projector vectors';
const METADATA = 'projector metadata';
const TAB = 9;

export interface ProjectorFiles<Contents> {
  /** Of `vectors.tsv`. */
  vectors: Contents;
  /** Of `metadata.tsv`. */
  metadata: Contents;
}

/**
 * The bytes of both files; the counts are a second column of the metadata, if they are known.
 * @throws RangeError when a word is empty or has a tabulator or a newline
 */
export function writeProjector(vectors: WordVectors, options: WriteTextOptions = {}): ProjectorFiles<Generator<Uint8Array, void, undefined>> {
  checkOptions<WriteTextOptions>('writeProjector', options, { digits: 'optional' });
  const { words, counts } = vectors;
  words.forEach(checkCharacters);
  const wrong = words.find((word) => word === '' || /[\t\n\r]/.test(word));
  if (wrong !== undefined) throw new RangeError(`The word ${JSON.stringify(wrong)} cannot be written: tabulators and newlines end a cell, and cells are not empty.`);
  const numbers = function* (): Generator<string> {
    for (const place of words.keys()) yield `${Array.from(vectors.row(place), (value) => shortest(value, options.digits)).join('\t')}\n`;
  };
  const names = function* (): Generator<string> {
    if (counts) yield 'word\tcount\n';
    for (const [place, word] of words.entries()) yield counts ? `${word}\t${counts[place]}\n` : `${word}\n`;
  };
  return { vectors: inPieces(numbers()), metadata: inPieces(names()) };
}

export interface ReadProjectorOptions extends ReadVectorsOptions {
  /** The column with the words, from 0; default 0. A column with the heading 'count' gives the counts. */
  column?: number;
}

const readProjectorOptionNames: OptionNames<ReadProjectorOptions> = { column: 'optional', limit: 'optional', only: 'optional', invalidText: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * Reads both files side by side.
 * @throws VectorFileError with the line, when one of them is malformed or no UTF-8, or they differ in their number of lines
 */
export async function readProjector(files: ProjectorFiles<ByteSource>, options: ReadProjectorOptions = {}): Promise<WordVectors> {
  checkOptions('readProjector', options, readProjectorOptionNames);
  const { column = 0 } = options;
  const numbers = new TextLines(new ByteReader(VECTORS, files.vectors, options));
  const names = new TextLines(new ByteReader(METADATA, files.metadata, { signal: options.signal }));
  await skipByteOrderMark(names.reader);
  if (!(await nextLine(numbers))) throw new VectorFileError(VECTORS, 'the file is empty; expected numbers in each line', { line: 1 });
  if (!(await nextLine(names))) throw new VectorFileError(METADATA, 'the file is empty; expected a word in each line', { line: 1 });
  let width = 1;
  for (let at = numbers.from; at < numbers.to; at++) if (numbers.reader.buffer[at] === TAB) width++;
  const rows = new RowCollector(VECTORS, width, options);
  const headings = cellsOf(names, rows);
  const hasHeadings = headings.length > 1;
  const countColumn = hasHeadings ? headings.indexOf('count') : -1;
  const counts: number[] = [];
  let [hasNumbers, hasName] = [true, hasHeadings ? await nextLine(names) : true];
  for (; hasNumbers && hasName && !rows.isFull; [hasNumbers, hasName] = [await nextLine(numbers), await nextLine(names)]) {
    const cells = cellsOf(names, rows);
    if (cells.length !== headings.length || cells[column] === undefined) throw new VectorFileError(METADATA, `there are ${cells.length} columns; expected ${Math.max(headings.length, column + 1)}`, { line: names.line });
    if (!rows.wants(cells[column])) continue;
    const at = rows.keep(cells[column]);
    const { reader, from, to, line } = numbers;
    if (!readNumbers(reader.buffer, from, to, width, rows.floats.array, at)) throw new VectorFileError(VECTORS, `expected ${width} numbers with a tabulator between two, as in the first line`, { line });
    if (countColumn >= 0) counts.push(countOf(cells[countColumn], names.line));
  }
  if (rows.isFull && hasNumbers && hasName) await Promise.all([numbers.reader.stop(), names.reader.stop()]);
  else if (hasNumbers || hasName) throw new VectorFileError(hasNumbers ? METADATA : VECTORS, `the file ends before the ${hasNumbers ? 'vectors' : 'metadata'}; both need a line for each word`, { line: (hasNumbers ? names : numbers).line + 1 });
  return rows.finish(countColumn >= 0 ? { counts } : {});
}

async function nextLine(lines: TextLines): Promise<boolean> {
  return lines.next() || (await lines.wait());
}

function cellsOf(lines: TextLines, rows: RowCollector): string[] {
  return rows.decode(lines.reader.buffer.subarray(lines.from, lines.to), { line: lines.line, byte: lines.byte }).split('\t');
}

function countOf(text: string, line: number): number {
  const count = Number(text);
  if (text.trim() === '' || !(count >= 0 && count < Infinity)) throw new VectorFileError(METADATA, `the count is ${JSON.stringify(text)}; expected a number of 0 or more`, { line });
  return count;
}
