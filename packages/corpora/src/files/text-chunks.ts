// Reads a text file in pieces, for texts that are too long for one string.

import { createReadStream } from 'node:fs';
import { checkOptions } from '@kk/options';
import { cannotRead } from './errors.js';
import { decodeStrictly } from './utf8.js';

/** Large enough that the cost of a disk access does not matter. */
const defaultChunkBytes = 2 ** 20;

export interface TextChunksOptions {
  /** The number of bytes per read, at least 1. Default 1 MiB. */
  chunkBytes?: number;
}

/**
 * Yields the text of a file in order, about 1 MiB at a time, decoded as strict UTF-8. No character is cut. A byte order mark at the
 * beginning is removed; nothing else is changed. The joined chunks equal the result of `readTexts`.
 *
 * @throws Error that names the file if it is missing, no file, unreadable or empty, and the byte where it stops being UTF-8
 */
export async function* readTextChunks(path: string, options: TextChunksOptions = {}): AsyncGenerator<string, void, undefined> {
  checkOptions<TextChunksOptions>('readTextChunks', options, { chunkBytes: true });
  const { chunkBytes = defaultChunkBytes } = options;
  const stream = createReadStream(path, { highWaterMark: chunkBytes });
  const where = path;
  let rest: Uint8Array = new Uint8Array(); // the bytes of a character that is not complete yet
  let offset = 0;
  let isEmpty = true;
  const decode = (bytes: Uint8Array): string => {
    const text = decodeStrictly(bytes, where, { offset, keepMark: offset > 0 });
    offset += bytes.length;
    isEmpty &&= text === '';
    return text;
  };
  try {
    for await (const chunk of readOrExplain(stream, path)) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const whole = bytes.length - unfinishedBytes(bytes);
      rest = bytes.slice(whole);
      const text = decode(bytes.subarray(0, whole));
      if (text !== '') yield text;
    }
    const text = decode(rest); // throws if bytes are left, since these are not UTF-8
    if (text !== '') yield text;
  } finally {
    stream.destroy();
  }
  if (isEmpty) throw new Error(`${where} is empty: expected text in UTF-8`);
}

async function* readOrExplain(stream: AsyncIterable<unknown>, path: string): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/** The number of bytes at the end that begin an incomplete character. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let count = 1; count <= 3 && count <= bytes.length; count++) {
    const byte = bytes[bytes.length - count];
    if (byte >= 0xc0) return count < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? count : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
