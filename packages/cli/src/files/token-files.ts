// Files of tokens: what `kk tokenize --out` writes and `kk train` reads, each beside the tokenizer that made it.
import { open } from 'node:fs/promises';
import { openTokenFile, verifyTokenFile } from '@kk/gpt/node';
import { type TokenSource } from '@kk/gpt/data';
import { describe, Failure } from '../errors.js';

/** What the two kinds of files begin with: ids of two bytes, and of four. */
const MAGIC_NUMBERS = [20240520, 20240801];

/** Whether a file begins as files of tokens do. False for what is not there or cannot be read: reading it as a text says why. */
export async function isTokenFile(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return false;
  try {
    if (!(await file.stat()).isFile()) return false;
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && MAGIC_NUMBERS.includes(buffer.readUInt32LE(0));
  } finally {
    await file.close();
  }
}

/** `tokens.tokenizer.json` beside `tokens.bin`. */
export const tokenizerBeside = (path: string): string => `${path.replace(/\.bin$/, '')}.tokenizer.json`;

/**
 * Opens a file of tokens after its checksum was checked.
 * @param path  full path
 * @throws {Failure} naming the file, when it is damaged, or was made with another tokenizer
 */
export async function openVerified(path: string, vocabSize: number): Promise<TokenSource> {
  try {
    await verifyTokenFile(path);
    return await openTokenFile(path, { vocabSize });
  } catch (error) {
    throw new Failure(describe(error), undefined, { cause: error });
  }
}
