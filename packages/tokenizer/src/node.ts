// Tokenizers and training texts in files, for Node.

import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { writeWholeFile } from './files/write-whole-file';
import { tokenizerFromJSON } from './formats/tokenizer-json/read';
import { type Tokenizer } from './tokenizer';

const FILE_NAME = 'tokenizer.json';

/**
 * The tokenizer in a file, or in the `tokenizer.json` of a folder.
 * @throws {Error} naming the file, when there is none, or it is not UTF-8, no JSON or no tokenizer of this package
 */
export async function loadTokenizer(path: string): Promise<Tokenizer> {
  const file = (await isFolder(path)) ? join(path, FILE_NAME) : path;
  const text = await readText(file, `expected a ${FILE_NAME} or a folder that holds one`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not valid JSON: ${messageOf(error)}.`, { cause: error });
  }
  try {
    return tokenizerFromJSON(json);
  } catch (error) {
    throw new Error(`Cannot load ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/**
 * Writes a tokenizer to a file whose name ends in `.json`, or as `tokenizer.json` to a folder, which is made when it is missing.
 * The file appears under its name only when it is complete.
 * @returns the path of the file
 */
export async function saveTokenizer(tokenizer: Tokenizer, path: string): Promise<string> {
  const file = extname(path) === '.json' && !(await isFolder(path)) ? path : join(path, FILE_NAME);
  await writeWholeFile(file, `${JSON.stringify(tokenizer.toJSON(), null, 2)}\n`);
  return file;
}

/**
 * Trains on the content of files, for example `trainFromFiles(BytePairTokenizer, ['a.txt'], { vocabSize: 4000 })`.
 * @throws {Error} naming the file that is missing, empty or not UTF-8
 */
export async function trainFromFiles<Options, Trained extends Tokenizer>(
  algorithm: { train(texts: Iterable<string>, options: Options): Trained },
  paths: readonly string[],
  options: Options,
): Promise<Trained> {
  const texts: string[] = [];
  for (const path of paths) {
    const text = await readText(path, 'expected a text file');
    if (text === '') throw new Error(`${path} is empty; expected text to learn from.`);
    texts.push(text);
  }
  return algorithm.train(texts, options);
}

async function readText(file: string, expected: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new Error(`Cannot read ${file} (${messageOf(error)}); ${expected}.`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${file} is not valid UTF-8; save it as UTF-8 first.`, { cause: error });
  }
}

/** False when there is nothing at this path; what else is wrong with it, reading it will tell. */
async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
