// Reads and writes files of word vectors, for Node. The name tells the format, or the option does.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import type { WordVectors } from '../word-vectors.js';
import { readFastTextBinary, type ReadFastTextOptions } from '../formats/fasttext-binary.js';
import { readProjector, writeProjector } from '../formats/projector.js';
import { readVectorsSafetensors, writeVectorsSafetensors } from '../formats/safetensors.js';
import { readGlove, readWord2vecText } from '../formats/text-vectors.js';
import { readWord2vecBinary } from '../formats/word2vec-binary.js';
import { writeGlove, writeWord2vecBinary, writeWord2vecText, type WriteTextOptions } from '../formats/write-vectors.js';

/** `text` is word2vec's text format and fastText's `.vec`; `binary` word2vec's; `projector` the vectors of two files, see `readWordVectors`. */
export type VectorFormat = 'text' | 'binary' | 'glove' | 'fasttext' | 'safetensors' | 'projector';

/** `subwords` is for fastText's models only. */
export interface ReadWordVectorsOptions extends ReadFastTextOptions {
  /**
   * Default by the name: `.safetensors`; `.tsv` is `projector`; `.bin` is `fasttext` if it begins with its mark, else `binary`; `glove*` is `glove`; all
   * others `text`. `.gz` at the end is unpacked on the way.
   */
  format?: VectorFormat;
}

const readWordVectorsOptionNames: OptionNames<ReadWordVectorsOptions> = { format: 'optional', subwords: 'optional', limit: 'optional', only: 'optional', invalidText: 'optional', onProgress: 'optional', signal: 'optional' };

/**
 * Reads a file of word vectors. Memory is bounded by what is kept, safetensors excepted, which is read at once.
 * Of the projector's two files, `path` is that of the vectors, and the metadata are in the same folder, with 'metadata' for 'vectors' in the name.
 * @throws Error naming the file, when it cannot be read; its `cause` is the VectorFileError that says what is wrong in it
 */
export async function readWordVectors(path: string, options: ReadWordVectorsOptions = {}): Promise<WordVectors> {
  checkOptions('readWordVectors', options, readWordVectorsOptionNames);
  try {
    const { format = await formatOf(path), subwords, ...reading } = options;
    const { limit, only, invalidText } = reading;
    if (format === 'safetensors') return readVectorsSafetensors(await bytesOf(path), { limit, only, invalidText });
    if (format === 'projector') return await readProjector({ vectors: open(path), metadata: open(metadataOf(path)) }, reading);
    if (format === 'fasttext') return await readFastTextBinary(open(path), { ...reading, subwords });
    const read = { text: readWord2vecText, binary: readWord2vecBinary, glove: readGlove }[format];
    if (!read) throw new TypeError(`there is no format ${JSON.stringify(format)}`);
    return await read(open(path), reading);
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Error(`Cannot read ${path}: ${whatIsWrong(error)}`, { cause: error });
  }
}

/** Why a file cannot be read; zlib's own messages do not say that gzip was expected. */
function whatIsWrong(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'Z_DATA_ERROR':
      return 'it is not packed by gzip, or damaged; expected that of a file with .gz at its end';
    case 'Z_BUF_ERROR':
      return 'the packed file ends before its end; expected a whole file of gzip';
    default:
      return reasonOf(error);
  }
}

export interface WriteWordVectorsOptions extends WriteTextOptions {
  /** Default by the name, as for reading, but `.bin` is `binary`; `fasttext` cannot be written. `.gz` at the end is packed on the way. */
  format?: VectorFormat;
  /** Called before each piece is written, with the number of unpacked bytes so far. */
  onProgress?: (bytes: number) => void;
  /** Stops writing, and leaves an earlier file as it was; the signal's reason is thrown. */
  signal?: AbortSignal;
}

const writeWordVectorsOptionNames: OptionNames<WriteWordVectorsOptions> = { format: 'optional', onProgress: 'optional', signal: 'optional', digits: 'optional' };

/**
 * Writes a file, which appears under its name when it is complete. Formats other than safetensors lose subwords.
 * @throws Error naming the file, when a word cannot be written in the format or the file cannot be made
 */
export async function writeWordVectors(path: string, vectors: WordVectors, options: WriteWordVectorsOptions = {}): Promise<void> {
  checkOptions('writeWordVectors', options, writeWordVectorsOptionNames);
  try {
    for (const [file, pieces] of contentsOf(path, vectors, options)) await writeWholeFile(file, packed(file, told(pieces, options)));
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new Error(`Cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * The files that stand under a name: one, or the metadata and the vectors of the projector.
 * @throws RangeError when the name says nothing of the metadata
 */
export function vectorFiles(path: string, options: { format?: VectorFormat } = {}): string[] {
  checkOptions<{ format?: VectorFormat }>('vectorFiles', options, { format: 'optional' });
  const { format = nameFormat(path) } = options;
  return format === 'projector' ? [metadataOf(path), path] : [path];
}

/** What is written, in this order: where the vectors are, their metadata are, too. */
function contentsOf(path: string, vectors: WordVectors, options: WriteWordVectorsOptions): [file: string, pieces: Iterable<Uint8Array>][] {
  const { digits, format = /\.bin(\.gz)?$/.test(path) ? 'binary' : nameFormat(path) } = options;
  switch (format) {
    case 'safetensors':
      return [[path, [writeVectorsSafetensors(vectors)]]];
    case 'projector': {
      const files = writeProjector(vectors, { digits });
      return [[metadataOf(path), files.metadata], [path, files.vectors]];
    }
    case 'text':
      return [[path, writeWord2vecText(vectors, { digits })]];
    case 'glove':
      return [[path, writeGlove(vectors, { digits })]];
    case 'binary':
      return [[path, writeWord2vecBinary(vectors)]];
    case 'fasttext':
      throw new RangeError('the format of fastText cannot be written; choose safetensors, which keeps subwords');
    default:
      throw new TypeError(`there is no format ${JSON.stringify(format)}`);
  }
}

/** The same pieces; tells about each, and stops. */
async function* told(pieces: Iterable<Uint8Array>, { onProgress, signal }: WriteWordVectorsOptions): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for (const piece of pieces) {
    signal?.throwIfAborted();
    bytes += piece.length;
    onProgress?.(bytes);
    yield piece;
  }
}

/** Packs the pieces where the name says so. The one who reads the stream gets its error. */
function packed(path: string, pieces: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return path.endsWith('.gz') ? pipeline(Readable.from(pieces, { objectMode: false }), createGzip({ chunkSize: PIECE }), () => undefined) : pieces;
}

const PIECE = 2 ** 20;

function open(path: string): AsyncIterable<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: PIECE });
  if (!path.endsWith('.gz')) return file;
  return pipeline(file, createGunzip({ chunkSize: PIECE }), () => undefined); // the reader gets the error
}

/** All bytes of a file, unpacked. */
async function bytesOf(path: string): Promise<Uint8Array> {
  if (!path.endsWith('.gz')) return readFile(path);
  const pieces: Uint8Array[] = [];
  for await (const piece of open(path)) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function formatOf(path: string): Promise<VectorFormat> {
  if (!/\.bin(\.gz)?$/.test(path)) return nameFormat(path);
  for await (const piece of open(path)) return piece.length >= 4 && new DataView(piece.buffer, piece.byteOffset).getInt32(0, true) === FASTTEXT_MARK ? 'fasttext' : 'binary';
  return 'binary';
}

const FASTTEXT_MARK = 793_712_314;

function nameFormat(path: string): VectorFormat {
  const name = path.replace(/\.gz$/, '');
  if (name.endsWith('.safetensors')) return 'safetensors';
  if (name.endsWith('.tsv')) return 'projector';
  return /(^|[\\/])glove[^\\/]*$/i.test(name) ? 'glove' : 'text';
}

function metadataOf(path: string): string {
  const name = path.replace(/vectors(?=[^\\/]*$)/, 'metadata');
  if (name === path) throw new RangeError(`the name of the projector's vectors must contain 'vectors', so that the metadata can lie beside it, as vectors.tsv and metadata.tsv`);
  return name;
}
