// Reads whole text files.

import { stat } from 'node:fs/promises';
import { checkOptions } from '@kk/options';
import { readable } from './errors.js';
import { readTextChunks } from './text-chunks.js';

/** About the maximum length of a JavaScript string. */
const maxBytes = 2 ** 29 - 2 ** 10;

export interface ReadTextsOptions {
  /** Called with the share of a file that was read, between 0 and 1, after each MiB but the last one; never for a pipe, whose length is not known. */
  onProgress?: (share: number) => void;
  /** Stops the reading; the signal's reason is thrown. */
  signal?: AbortSignal;
}

/**
 * Reads text files as strict UTF-8. A byte order mark is removed; nothing else is changed.
 *
 * @param paths one path or several
 * @returns the texts in the order of the paths
 * @throws TypeError if no path is given
 * @throws Error that names the file if it is missing, no file, unreadable, empty, too large for one string (512 MiB), or not UTF-8
 */
export async function readTexts(paths: string | readonly string[], options: ReadTextsOptions = {}): Promise<string[]> {
  checkOptions<ReadTextsOptions>('readTexts', options, { onProgress: true, signal: true });
  const list = typeof paths === 'string' ? [paths] : paths;
  if (list.length === 0) throw new TypeError('readTexts got no path: give at least one');
  const texts: string[] = [];
  for (const path of list) texts.push(await readText(path, options));
  return texts;
}

async function readText(path: string, { onProgress, signal }: ReadTextsOptions): Promise<string> {
  const { size } = await readable(path, stat(path));
  if (size > maxBytes) throw new Error(`${path} has ${size} bytes: expected at most ${maxBytes}; split it into smaller files`);
  const chunks: string[] = [];
  let bytes = 0;
  for await (const chunk of readTextChunks(path)) {
    signal?.throwIfAborted();
    chunks.push(chunk);
    bytes += Buffer.byteLength(chunk);
    if (bytes < size) onProgress?.(bytes / size);
  }
  return chunks.join('');
}
