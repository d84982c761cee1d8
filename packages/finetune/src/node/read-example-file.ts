// Reads tuning examples from a JSON Lines file, without loading the whole file into memory.
import { createReadStream } from 'node:fs';
import { reasonOf } from '@kk/whole-file';
import { readExamples, type NumberedExample } from '../data/read-examples.js';

/** @throws {Error} that names the file when it cannot be read, and the line, for each reason of `readExamples` */
export async function* readExampleFile(path: string): AsyncGenerator<NumberedExample, void, undefined> {
  yield* readExamples(chunksOf(path), { name: path });
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = createReadStream(path);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    throw new Error(`Cannot read ${path}: ${reasonOf(error)}; expected a file of JSON Lines, one example a line.`, { cause: error });
  } finally {
    stream.destroy();
  }
}
