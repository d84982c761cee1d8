// Reads and writes models in files, for Node.
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { createInterface } from 'node:readline';
import { reasonOf, writeWholeFile } from '@kk/whole-file';
import { readArpaStream } from './formats/arpa-read.js';
import { markovFromArpa, markovFromBytes, markovFromJSON, markovToArpaLines, markovToBytes, markovToJSON, type ReadOptions, type WriteOptions } from './formats/text-markov-files.js';
import { type TextMarkov } from './text/text-markov.js';
import { type UnitName } from './text/units.js';

const ARPA = new Set(['.arpa', '.lm']);

/**
 * Reads a model from a file. The name decides the format: `.arpa` and `.lm` are ARPA files, read line by line; `.json` is JSON; everything
 * else is the binary form, read at once, with arrays that are views on the bytes. (Node cannot map files into memory, so a model takes as
 * much memory as its file.)
 *
 * @param options `unit`: the unit of the tokens of an ARPA file, default 'whitespace'; `tokenizer`: needed if the model's unit is one
 * @throws Error naming the file, if it is missing or not a model
 */
export async function readMarkov(path: string, options: ReadOptions & { unit?: UnitName } = {}): Promise<TextMarkov> {
  try {
    if (ARPA.has(extname(path))) {
      const input = createReadStream(path, { encoding: 'utf8' });
      // The line iterator hides errors of the stream below it.
      const failed = new Promise<never>((_, reject) => input.once('error', reject));
      const arpa = await Promise.race([readArpaStream(createInterface({ input, crlfDelay: Infinity })), failed]).finally(() => input.destroy());
      return markovFromArpa(arpa, options);
    }
    const bytes = await readFile(path);
    if (extname(path) === '.json') return markovFromJSON(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), options);
    return markovFromBytes(bytes, options);
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/**
 * Writes a model in the format of the name (see readMarkov). The file appears under its name only when it is complete; its folder is
 * created if missing.
 *
 * @throws TypeError if the format cannot hold the model
 */
export async function writeMarkov(path: string, markov: TextMarkov, options: WriteOptions = {}): Promise<void> {
  const contents = ARPA.has(extname(path)) ? markovToArpaLines(markov) : extname(path) === '.json' ? [`${JSON.stringify(markovToJSON(markov, options))}\n`] : [markovToBytes(markov, options)];
  await writeWholeFile(path, contents);
}
