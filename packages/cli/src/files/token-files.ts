// Files of tokens: what `kk tokenize --out` writes and `kk train` reads, each beside the tokenizer that made it.
import { open, stat } from 'node:fs/promises';
import type { TokenSource } from '@kk/gpt/data';
import { openTokenFile, verifyTokenFile } from '@kk/gpt/node';
import { describe, Failure } from '../errors.js';
import { STANDARD_INPUT } from './data.js';

/** What the two kinds of files begin with: ids of two bytes, and of four. */
const MAGIC_NUMBERS = [20240520, 20240801];

/**
 * Whether a file holds tokens: it begins as files of tokens do, or its name ends with .bin. False for what is not there or cannot be read:
 * reading it as a text says why.
 * @param path  full path, or `-`
 * @throws {Failure} when the name ends with .bin, but the file does not begin as files of tokens do
 */
export async function holdsTokens(path: string): Promise<boolean> {
  if (path === STANDARD_INPUT) return false;
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return false; // opening a pipe would wait
  const file = await open(path, 'r').catch(() => undefined);
  if (!file) return false;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead === 4 && MAGIC_NUMBERS.includes(buffer.readUInt32LE(0))) return true;
  } finally {
    await file.close();
  }
  if (!path.endsWith('.bin')) return false;
  try {
    await openTokenFile(path);
    return true;
  } catch (error) {
    throw new Failure(describe(error), 'If it is a text, give it a name that does not end with .bin.', { cause: error });
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
