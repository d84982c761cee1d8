// Reads JSON Lines (one JSON value per line) without loading the whole file into memory.

import { createReadStream } from 'node:fs';
import { cannotRead } from './errors.js';
import { decodeStrictly } from './utf8.js';

/** One value and the number of its line, counted from 1. */
export interface JSONLine {
  readonly line: number;
  /** The result of `JSON.parse`: check its type before use, since a file can contain anything. */
  readonly value: unknown;
}

/** The longest allowed line: longer than any training example. A longer one means that the file is not JSON Lines. */
const maxLineBytes = 2 ** 26;

const lineFeed = 0x0a;

/**
 * Yields the values of a JSON Lines file in order. Blank lines are skipped, but counted.
 *
 * @throws Error that names the file, and the line where there is one, if the file is missing, unreadable or without any value, if a line
 *   is not UTF-8 or not JSON, or is longer than 64 MiB
 */
export async function* readJSONLines(path: string): AsyncGenerator<JSONLine, void, undefined> {
  let found = false;
  for await (const { line, bytes, offset } of linesOf(path)) {
    const text = decodeStrictly(bytes, `line ${line} of ${path}`, { offset });
    if (text.trim() === '') continue;
    found = true;
    yield { line, value: parseLine(text, path, line) };
  }
  if (!found) throw new Error(`${path} is empty: expected one JSON value a line`);
}

function parseLine(text: string, path: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`line ${line} of ${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Yields the bytes of every line, without its line feed, and their offset in the file. */
async function* linesOf(path: string): AsyncGenerator<{ line: number; bytes: Uint8Array; offset: number }, void, undefined> {
  let pieces: Buffer[] = [];
  let length = 0;
  let line = 1;
  let offset = 0;
  const take = (): Buffer => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return bytes;
  };
  for await (const chunk of chunksOf(path)) {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(lineFeed, start);
      const piece = chunk.subarray(start, end < 0 ? chunk.length : end);
      pieces.push(piece);
      length += piece.length;
      if (length > maxLineBytes) throw new Error(`line ${line} of ${path} has more than ${maxLineBytes} bytes: expected one JSON value a line`);
      if (end < 0) break;
      const bytes = take();
      yield { line, bytes, offset };
      line++;
      offset += bytes.length + 1;
      start = end + 1;
    }
  }
  if (length > 0) yield { line, bytes: take(), offset };
}

async function* chunksOf(path: string): AsyncGenerator<Buffer, void, undefined> {
  const stream = createReadStream(path);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw cannotRead(path, error);
  } finally {
    stream.destroy();
  }
}
