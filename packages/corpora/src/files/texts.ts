// Reads whole text files.

import { readFile, stat } from 'node:fs/promises';
import { decodeStrictly } from './utf8.js';
import { readable } from './errors.js';

/** About the maximum length of a JavaScript string. */
const maxBytes = 2 ** 29 - 2 ** 10;

/**
 * Reads text files as strict UTF-8. A byte order mark is removed; nothing else is changed.
 *
 * @param paths one path or several
 * @returns the texts in the order of the paths
 * @throws TypeError if no path is given
 * @throws Error that names the file if it is missing, no file, unreadable, empty, too large for one string (512 MiB), or not UTF-8
 */
export async function readTexts(paths: string | readonly string[]): Promise<string[]> {
  const list = typeof paths === 'string' ? [paths] : paths;
  if (list.length === 0) throw new TypeError('readTexts got no path: give at least one');
  const texts: string[] = [];
  for (const path of list) texts.push(await readText(path));
  return texts;
}

async function readText(path: string): Promise<string> {
  const { size } = await readable(path, stat(path));
  if (size > maxBytes) throw new Error(`${path} has ${size} bytes: expected at most ${maxBytes}; split it into smaller files`);
  const text = decodeStrictly(await readable(path, readFile(path)), path);
  if (text === '') throw new Error(`${path} is empty: expected text in UTF-8`);
  return text;
}
