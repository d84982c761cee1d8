// Reads and writes models in files, for Node.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { checkOptions } from '@kk/options';
import { type Contents, reasonOf, writeWholeFile } from '@kk/whole-file';
import { gzipped, isArpaName, isGzipName, readArpaFile } from './formats/arpa-file.js';
import type { ArpaReadOptions } from './formats/arpa-read.js';
import { markovFromArpa, markovFromBytes, markovFromJSON, markovToArpaLines, markovToBytes, markovToJSON, type ReadOptions, type WriteOptions } from './formats/text-markov-files.js';
import type { TextMarkov } from './text/text-markov.js';
import type { UnitName } from './text/units.js';

export interface ReadFileOptions extends ArpaReadOptions {
  /** The unit of the tokens of an ARPA file, or a function that finds it by them. Default 'whitespace'. */
  unit?: UnitName | ((tokens: readonly string[]) => UnitName);
  /** Called with the share of an ARPA file that was read, from 0 to 1; other files are read at once. */
  onProgress?: (share: number) => void;
  /** Stops the reading of an ARPA file; the signal's reason is thrown. */
  signal?: AbortSignal;
}

export interface WriteFileOptions extends WriteOptions {
  /** Called with the number of lines of an ARPA file that were written; other files are written at once. */
  onProgress?: (lines: number) => void;
  /** Stops the writing of an ARPA file, which leaves nothing behind; the signal's reason is thrown. */
  signal?: AbortSignal;
}

const readMarkovOptionNames: Readonly<Record<keyof (ReadOptions & ReadFileOptions), true>> = { tokenizer: true, unit: true, onProgress: true, signal: true, unknowns: true };

/**
 * Reads a model from a file. The name decides the format: `.arpa` and `.lm` are ARPA files, read line by line, also compressed as `.arpa.gz`
 * and `.lm.gz`; `.json` is JSON; everything else is the binary form, read at once, with arrays that are views on the bytes. (Node cannot map
 * files into memory, so a model takes as much memory as its file.)
 *
 * @param options `tokenizer`: needed if the model's unit is one
 * @throws Error naming the file, if it is missing or not a model
 */
export async function readMarkov(path: string, options: ReadOptions & ReadFileOptions = {}): Promise<TextMarkov> {
  checkOptions('readMarkov', options, readMarkovOptionNames);
  const { signal, tokenizer } = options;
  try {
    if (isArpaName(path)) {
      const arpa = await readArpaFile(path, options);
      return markovFromArpa(arpa, { unit: typeof options.unit === 'function' ? options.unit(arpa.tokens) : options.unit });
    }
    const bytes = await readFile(path);
    if (extname(path) === '.json') return markovFromJSON(parse(bytes), { tokenizer });
    return markovFromBytes(bytes, { tokenizer });
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`Cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new RangeError('it is not valid JSON; expected an n-gram model', { cause });
  }
}

/**
 * Writes a model in the format of the name (see readMarkov). The file appears under its name only when it is complete; its folder is
 * created if missing.
 *
 * @throws TypeError if the format cannot hold the model
 */
export async function writeMarkov(path: string, markov: TextMarkov, options: WriteFileOptions = {}): Promise<void> {
  checkOptions<WriteFileOptions>('writeMarkov', options, { onProgress: true, signal: true, texts: true });
  await writeWholeFile(path, contentsOf(path, markov, options));
}

function contentsOf(path: string, markov: TextMarkov, options: WriteFileOptions): Contents {
  if (isArpaName(path)) {
    const lines = counted(markovToArpaLines(markov), options);
    return isGzipName(path) ? gzipped(lines) : lines;
  }
  const { texts } = options;
  return extname(path) === '.json' ? [`${JSON.stringify(markovToJSON(markov, { texts }))}\n`] : [markovToBytes(markov, { texts })];
}

/** The same lines; tells how many there were, every thousand. */
function* counted(lines: Iterable<string>, { onProgress, signal }: WriteFileOptions): Generator<string, void, undefined> {
  let count = 0;
  for (const line of lines) {
    if (++count % 1000 === 0) {
      signal?.throwIfAborted();
      onProgress?.(count);
    }
    yield line;
  }
}
