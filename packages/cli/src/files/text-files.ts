// The joined text of several files. It is read again each time and never completely in memory: a JavaScript string cannot hold more than
// 512 million characters, and a list of their ids would need eight bytes each.
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { readTextChunks } from '@kk/corpora/node';
import type { Context } from '../context.js';
import { Failure } from '../errors.js';
import { pathOf, readTextFile, STANDARD_INPUT } from './data.js';
import { untilInterrupted } from './until-interrupted.js';

/** The results of reading a text once. */
export interface TextFacts {
  /** The number of Unicode code points. */
  characters: number;
  /** SHA-256 of the text as UTF-8, in hexadecimal digits. */
  hash: string;
  /** Every character of the text, once. */
  alphabet: string;
}

export class TextFiles {
  /** Full paths, in order; `-` for standard input. */
  readonly paths: readonly string[];
  readonly #context: Context;
  readonly #chunkBytes: number | undefined;
  /** Size and modification time of each file at its first reading. */
  readonly #versions = new Map<string, string>();
  /** The chunks of inputs that can be read only once, such as a pipe. */
  readonly #kept = new Map<string, readonly string[]>();

  /**
   * @param files  as the user typed them; `-` is standard input
   * @param chunkBytes  the number of bytes per read; default 1 MiB
   */
  constructor(context: Context, files: readonly string[], chunkBytes?: number) {
    this.paths = files.map((file) => pathOf(context, file));
    this.#context = context;
    this.#chunkBytes = chunkBytes;
  }

  /**
   * The text from its beginning, about 1 MiB at a time. No character is cut.
   * @throws {Error} naming the file that is missing, empty, not UTF-8 or has changed since its first reading; the signal's reason when
   * stopped
   */
  async *chunks(): AsyncGenerator<string, void, undefined> {
    for (const path of this.paths) {
      for await (const chunk of this.#chunksOf(path)) {
        this.#context.throwIfInterrupted();
        yield chunk;
      }
    }
  }

  /**
   * Like `chunks`, and tells how much of the text was handed out.
   * @param onProgress  called with a share from 0 to 1, after each chunk was used; never for a pipe, whose length is not known
   */
  async *chunksWithProgress(onProgress: (share: number) => void): AsyncGenerator<string, void, undefined> {
    const sizes = await Promise.all(this.paths.map((path) => stat(path).then((found) => (found.isFile() ? found.size : NaN), () => NaN)));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    let bytes = 0;
    for await (const chunk of this.chunks()) {
      yield chunk;
      bytes += Buffer.byteLength(chunk, 'utf8');
      if (total > 0) onProgress(Math.min(1, bytes / total));
    }
  }

  /** The characters (code points) from `start` to before `end`. */
  async *between(start: number, end: number): AsyncGenerator<string, void, undefined> {
    let at = 0;
    for await (const chunk of this.chunks()) {
      if (at >= end) return;
      const length = countCharacters(chunk);
      const part = chunk.slice(unitsOf(chunk, start - at), at + length <= end ? undefined : unitsOf(chunk, end - at));
      if (part !== '') yield part;
      at += length;
    }
  }

  /**
   * Reads the whole text.
   * @param onProgress  see `chunksWithProgress`
   */
  async measure(onProgress: (share: number) => void = () => undefined): Promise<TextFacts> {
    const hash = createHash('sha256');
    const isInText = new Uint8Array(0x110000);
    let characters = 0;
    for await (const chunk of this.chunksWithProgress(onProgress)) {
      hash.update(chunk, 'utf8');
      for (let at = 0; at < chunk.length; characters++) {
        const codePoint = chunk.codePointAt(at) as number;
        isInText[codePoint] = 1;
        at += codePoint > 0xffff ? 2 : 1;
      }
    }
    let alphabet = '';
    isInText.forEach((isIn, codePoint) => {
      if (isIn) alphabet += String.fromCodePoint(codePoint);
    });
    return { characters, hash: hash.digest('hex'), alphabet };
  }

  async *#chunksOf(path: string): AsyncGenerator<string, void, undefined> {
    const kept = this.#kept.get(path);
    if (kept) return yield* kept;
    if (path === STANDARD_INPUT) return yield await readTextFile(this.#context, path, { quiet: true });
    const found = await stat(path).catch(() => undefined); // reading reports the error
    if (!found || found.isFile()) {
      await this.#refuseChanged(path);
      yield* this.#read(path);
      await this.#refuseChanged(path);
      return;
    }
    const chunks: string[] = [];
    for await (const chunk of this.#read(path)) {
      chunks.push(chunk);
      yield chunk;
    }
    this.#kept.set(path, chunks);
  }

  #read(path: string): AsyncGenerator<string, void, undefined> {
    return untilInterrupted(this.#context.io.interrupt, readTextChunks(path, { chunkBytes: this.#chunkBytes }));
  }

  async #refuseChanged(path: string): Promise<void> {
    const version = await stat(path).then(({ size, mtimeMs }) => `${size} ${mtimeMs}`, () => '');
    const first = this.#versions.get(path) ?? version;
    if (version !== first) throw new Failure(`${path} has changed while it was read.`, 'Start again when nobody writes to it any more.');
    this.#versions.set(path, first);
  }
}

/** The number of Unicode code points. */
export function countCharacters(text: string): number {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}

/** The number of UTF-16 units of the first `characters` characters of a text; 0 for less than one character. */
function unitsOf(text: string, characters: number): number {
  let at = 0;
  for (let left = characters; left > 0 && at < text.length; left--) at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1;
  return at;
}
