// Reads and writes files of word vectors.
import { VectorFileError, WordSpace, type WordVectors } from '@kk/embeddings';
import { readWordVectors, vectorFiles, writeWordVectors } from '@kk/embeddings/node';
import { stat } from 'node:fs/promises';
import type { Context } from '../context.js';
import { describe, Failure, UsageError } from '../errors.js';
import type { VectorsOptions } from '../options/vectors.js';
import { ShownWork } from '../terminal/long-work.js';
import { STANDARD_INPUT } from './data.js';
import { checkNewFile } from './new-file.js';
import { fullPath, shortPath } from './paths.js';
import { orInterrupted } from './until-interrupted.js';

/** Whether to show no progress. */
interface Quiet {
  quiet: boolean;
}

/**
 * @param options.model  as the user typed it
 * @throws {Error} naming the file that is missing or malformed, and the place in it; {UsageError} for standard input
 */
export async function openVectors(context: Context, { model, format, limit }: VectorsOptions, { quiet }: Quiet): Promise<WordVectors> {
  const { io } = context;
  if (model === STANDARD_INPUT) throw new UsageError('Word vectors cannot come from standard input: the name of their file says its format.', 'Write them to a file, and name it.');
  const path = fullPath(io.cwd, model);
  const shown = shortPath(io.cwd, path);
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (!found) throw new Failure(`Cannot read ${shown}: there is no such file or folder.`, 'Train word vectors with kk embed train.');
  const work = new ShownWork(context, { what: 'reading the vectors', quiet: quiet || !context.errors.interactive });
  work.show(0);
  await context.breathe();
  // How long a packed file is can only be guessed; that of a pipe cannot.
  const size = path.endsWith('.gz') ? GUESSED_RATIO * found.size : found.size;
  // A limit is also one of memory: of fastText's n-grams only those of the words that are read are kept.
  const reading = readWordVectors(path, { format, limit, ...(limit !== undefined && { subwords: 'used' }), signal: io.interrupt, onProgress: (bytes) => size > 0 && work.show(Math.min(LONGER, bytes / size)) });
  const vectors = await orInterrupted(io.interrupt, reading)
    .catch((error: unknown) => Promise.reject(format === undefined && isHeaderless(error) ? new Failure(describe(error), 'If it has another format than its name says, give --format.', { cause: error }) : (error as Error)))
    .finally(() => work.done());
  if (vectors.words.length === 0) throw new Failure(`${shown} has no words.`, 'Look whether the file is complete.');
  return vectors;
}

/** Whether a binary file does not even begin as one. */
const isHeaderless = (error: unknown): boolean => error instanceof Error && error.cause instanceof VectorFileError && error.cause.format === 'word2vec binary' && error.cause.byte === 0;

/** How much longer a file is when it is unpacked: numbers as text shrink to about a third. */
const GUESSED_RATIO = 3;
/** The share that is shown when a file turns out to be longer than was guessed. */
const LONGER = 0.99;

/** Prepares the vectors for questions: some tenths of a second for hundreds of thousands. */
export async function spaceOf(context: Context, vectors: WordVectors): Promise<WordSpace> {
  await context.breathe();
  return new WordSpace(vectors);
}

/** The files of the vectors that a verb reads, as `checkNewFile` takes them. */
export const vectorsRead = (cwd: string, { model, format }: VectorsOptions): string[] => namesOf(fullPath(cwd, model), format) ?? [fullPath(cwd, model)];

/**
 * Checks the names under which vectors are to be written.
 * @param out  full path
 * @throws as `checkNewFile`; {UsageError} when the name does not fit its format
 */
export async function checkVectorsOutput(context: Context, out: string, { force, reads }: { force: boolean; reads: readonly string[] }): Promise<void> {
  const { cwd } = context.io;
  const names = namesOf(out);
  if (!names) throw new UsageError(`${shortPath(cwd, out)} has no 'vectors' in its name: the format of .tsv has two files, such as vectors.tsv and metadata.tsv.`, 'Name it vectors.tsv, or choose another format.');
  for (const file of names) await checkNewFile(file, { shown: shortPath(cwd, file), force, reads });
}

/** The files under a name; undefined where it is no name of the projector's format. */
function namesOf(path: string, format?: VectorsOptions['format']): string[] | undefined {
  try {
    return vectorFiles(path, { format });
  } catch {
    return undefined;
  }
}

/** Whether a file under this name keeps n-grams. */
export const keepsSubwords = (path: string): boolean => /\.safetensors(\.gz)?$/.test(path);

/** A number has about so many characters in a text; as many bytes in a binary file would be 4. */
const BYTES_PER_NUMBER = 12;

export interface WriteVectorsOptions extends Quiet {
  /** Of the numbers in texts. */
  digits?: number;
  /** Whether Ctrl-C waits for the end: where what is saved would be lost. Default false. */
  toTheEnd?: boolean;
}

/** @returns the bytes of all its files */
export async function saveVectors(context: Context, path: string, vectors: WordVectors, { digits, quiet, toTheEnd = false }: WriteVectorsOptions): Promise<number> {
  const work = new ShownWork(context, { what: 'saving', quiet });
  const expected = vectors.matrix.length * BYTES_PER_NUMBER;
  work.show(0);
  if (!toTheEnd) await context.breathe();
  await writeWordVectors(path, vectors, { digits, signal: toTheEnd ? undefined : context.io.interrupt, onProgress: (bytes) => work.show(Math.min(LONGER, bytes / expected)) })
    .catch((error: Error) => {
      if (!toTheEnd) context.throwIfInterrupted();
      if (error.cause instanceof RangeError) throw new Failure(describe(error), 'Write .safetensors, which takes every word.', { cause: error });
      throw error;
    })
    .finally(() => work.done());
  const sizes = await Promise.all(vectorFiles(path).map((file) => stat(file)));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}
