// Streams ARPA files, plain or compressed with gzip, for Node.
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { type ArpaModel, ArpaReader, type ArpaReadOptions } from './arpa-read.js';

/** Lines are compressed in chunks of this many characters, since each takes a step of the stream. */
const CHUNK = 2 ** 16;

export interface ArpaFileOptions extends ArpaReadOptions {
  /** Called with the share of the file that was read, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** Whether the name is that of an ARPA file: .arpa or .lm, and .gz after it if it is compressed. */
export const isArpaName = (path: string): boolean => /\.(arpa|lm)(\.gz)?$/.test(path);

/** Whether the name says that the file is compressed. */
export const isGzipName = (path: string): boolean => path.endsWith('.gz');

/**
 * Reads a file line by line. Its first bytes, not its name, tell whether it is compressed. Only line feeds end lines.
 *
 * @throws RangeError naming the line that cannot be read, or if the compressed data is damaged
 */
export async function readArpaFile(path: string, { onProgress, signal, unknowns }: ArpaFileOptions): Promise<ArpaModel> {
  const { size } = await stat(path);
  const isGzip = await beginsAsGzip(path);
  const input = createReadStream(path, { signal });
  const bytes = isGzip ? pipeline(input, createGunzip(), () => undefined) : input;
  const reader = new ArpaReader({ unknowns });
  const decoder = new TextDecoder();
  let rest = '';
  const take = (text: string): void => {
    if (!text.includes('\n')) {
      rest += text;
      return;
    }
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) reader.push(line);
  };
  try {
    for await (const chunk of bytes as AsyncIterable<Uint8Array>) {
      take(decoder.decode(chunk, { stream: true }));
      if (size > 0) onProgress?.(Math.min(1, input.bytesRead / size));
    }
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))) throw cause;
    throw new RangeError(`its gzip data is damaged or cut off (${cause.message}); get or compress the file again`, { cause });
  } finally {
    input.destroy();
  }
  reader.push(rest + decoder.decode());
  return reader.finish();
}

async function beginsAsGzip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/** The lines of a file, compressed with gzip. An error of the lines is thrown to whoever reads the result. */
export const gzipped = (lines: Iterable<string>): AsyncIterable<Uint8Array> => pipeline(Readable.from(chunksOf(lines)), createGzip(), () => undefined);

function* chunksOf(lines: Iterable<string>): Generator<string, void, undefined> {
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
