// Writes files of tokens as a stream, with bounded memory, and opens them to be read at any place.
import { open, stat } from 'node:fs/promises';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { reasonOf, systemReason, writeWholeFile } from '@kk/whole-file';
import { crc32 } from '../checkpoint/crc32.js';
import { bytesPerToken, encodeHeader, encodeTokens, HEADER_BYTES, MOST_TOKENS } from '../data/token-format.js';
import { openTokens, verifyTokens, type ByteSource, type OpenTokensOptions } from '../data/token-reader.js';
import { checkVocabSize, type TokenSource } from '../data/token-source.js';

export interface TokenFileOptions {
  /** All ids are below this. */
  vocabSize: number;
}

/** Ids as they come from a tokenizer, in pieces of any length. */
export type TokenPieces = Iterable<ArrayLike<number>> | AsyncIterable<ArrayLike<number>>;

const FILE_OPTIONS: OptionNames<TokenFileOptions> = { vocabSize: 'required' };

/**
 * Writes a file of tokens in llm.c's format, piece by piece: only one piece is in memory. The file has its name when it is whole.
 * @param pieces the ids in their order
 * @returns the number of tokens
 * @throws RangeError when an id is not in the vocabulary, or there are 2^31 or more; nothing is left of the file then
 */
export async function writeTokenFile(path: string, pieces: TokenPieces, options: TokenFileOptions): Promise<number> {
  checkOptions('writeTokenFile', options, FILE_OPTIONS);
  const { vocabSize } = options;
  checkVocabSize('writeTokenFile', vocabSize);
  return (await writeTokens(path, pieces, vocabSize)).tokens;
}

export interface WrittenTokens {
  readonly tokens: number;
  /** CRC-32 of their bytes. */
  readonly checksum: number;
}

/** `writeTokenFile` without its checks of the options. */
export async function writeTokens(path: string, pieces: TokenPieces, vocabSize: number): Promise<WrittenTokens> {
  let tokens = 0;
  let checksum = 0;
  async function* contents(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(HEADER_BYTES);
    for await (const bytes of gathered(bytesOfPieces())) {
      checksum = crc32(bytes, checksum);
      yield bytes;
    }
  }
  async function* bytesOfPieces(): AsyncGenerator<Uint8Array> {
    for await (const ids of pieces) {
      checkIds(ids, vocabSize, tokens);
      tokens += ids.length;
      if (tokens > MOST_TOKENS) throw new RangeError(`writeTokenFile: there are more than ${MOST_TOKENS} tokens, the most of one file: use writeTokenShards().`);
      yield encodeTokens(ids, bytesPerToken(vocabSize));
    }
  }
  await writeWholeFile(path, contents(), { beginning: () => encodeHeader({ tokens, vocabSize, checksum }) });
  return { tokens, checksum };
}

/** Short pieces, such as sentences, are gathered to this many bytes, since every write is a system call. */
const GATHERED_BYTES = 2 ** 18;

async function* gathered(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting = new Uint8Array(GATHERED_BYTES);
  let length = 0;
  for await (const bytes of pieces) {
    if (length + bytes.length > GATHERED_BYTES) {
      yield waiting.subarray(0, length);
      waiting = new Uint8Array(GATHERED_BYTES); // the one before may still be written
      length = 0;
    }
    if (bytes.length > GATHERED_BYTES) yield bytes;
    else {
      waiting.set(bytes, length);
      length += bytes.length;
    }
  }
  yield waiting.subarray(0, length);
}

function checkIds(ids: ArrayLike<number>, vocabSize: number, before: number): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at]!;
    if (!(Number.isInteger(id) && id >= 0 && id < vocabSize)) throw new RangeError(`writeTokenFile: token ${before + at} is ${String(id)}; expected a whole number from 0 to ${vocabSize - 1}, because vocabSize is ${vocabSize}.`);
  }
}

/**
 * Opens a file of tokens: ours, or one of llm.c. Each read checks that the ids are in
 * the vocabulary; `verifyTokenFile` also checks the checksum.
 * @throws Error that names the file and what is wrong with it
 */
export async function openTokenFile(path: string, options: OpenTokensOptions = {}): Promise<TokenSource> {
  checkOptions<OpenTokensOptions>('openTokenFile', options, { vocabSize: 'optional' });
  return openTokens(await bytesOf(path), options);
}

/**
 * Reads all of a file of tokens once, in pieces of a MiB.
 * @throws Error that names the file when its checksum is wrong
 */
export async function verifyTokenFile(path: string): Promise<void> {
  await verifyTokens(await bytesOf(path));
}

async function bytesOf(path: string): Promise<ByteSource> {
  try {
    const found = await stat(path);
    if (!found.isFile()) throw new Error(`${path} is ${found.isDirectory() ? 'a folder' : 'a pipe or a device'}; expected a file of tokens, which is read at any place.`);
    const { size } = found;
    return { name: path, size, read: (start, end) => readAt(path, start, end) };
  } catch (error) {
    if (systemReason(error) === undefined) throw error;
    throw new Error(`Cannot read ${path}: ${reasonOf(error)}.`, { cause: error });
  }
}

/** A handle for each read: nothing has to be closed later, and opening takes some microseconds. */
async function readAt(path: string, start: number, end: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(end - start);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, start + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}
