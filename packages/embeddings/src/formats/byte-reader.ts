// Reads the bytes of a file as they arrive: from an array, a stream of a browser or of Node, or anything that yields pieces.
import { VectorFileError } from './errors.js';
import type { ReadVectorsOptions } from './read-options.js';

/** A file, whole or in pieces of any size. A `Blob` gives one with `stream()`, a response with `body`. */
export type ByteSource = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** Bytes that belong together, such as one line, may be so many; a file that has more is none of ours. */
const MOST_TOGETHER = 2 ** 24;

/**
 * Holds the bytes that have arrived and are not used yet. Parsers use what is there without waiting, and ask for `more` when it ends within
 * something. Pieces are not copied, except for what is left of the one before.
 */
export class ByteReader {
  readonly format: string;
  /** The bytes from `at` to the end are still to be used. */
  buffer: Uint8Array = new Uint8Array();
  at = 0;
  /** How many bytes of the file lie before the buffer. */
  #before = 0;
  readonly #pieces: AsyncIterator<Uint8Array>;
  readonly #onProgress: ((bytes: number) => void) | undefined;
  readonly #signal: AbortSignal | undefined;
  #view: DataView = new DataView(this.buffer.buffer);

  constructor(format: string, source: ByteSource, { onProgress, signal }: ReadVectorsOptions = {}) {
    this.format = format;
    this.#pieces = piecesOf(source);
    this.#onProgress = onProgress;
    this.#signal = signal;
  }

  /** The place of `at` in the file. */
  get position(): number {
    return this.#before + this.at;
  }

  /** The bytes that can be used without waiting. */
  get available(): number {
    return this.buffer.length - this.at;
  }

  /** At least one more byte. @returns false at the end of the file */
  async more(): Promise<boolean> {
    this.#signal?.throwIfAborted();
    for (;;) {
      const { value: piece, done } = await this.#pieces.next();
      if (done) return false;
      if (!(piece instanceof Uint8Array)) throw new TypeError(`${this.format}: the source gave ${typeof piece} instead of bytes; expected pieces that are Uint8Array, such as of a file opened without an encoding.`);
      if (piece.length === 0) continue;
      const rest = this.buffer.subarray(this.at);
      if (rest.length > MOST_TOGETHER) throw new VectorFileError(this.format, `${rest.length} bytes without an end of the line or word; expected at most ${MOST_TOGETHER}`, { byte: this.position });
      this.#before += this.at;
      this.at = 0;
      this.buffer = rest.length === 0 ? piece : joined(rest, piece);
      this.#view = new DataView(this.buffer.buffer, this.buffer.byteOffset, this.buffer.length);
      this.#onProgress?.(this.#before + this.buffer.length);
      return true;
    }
  }

  /** Waits until so many bytes are there. @throws VectorFileError when the file ends before */
  async need(bytes: number, what: string): Promise<void> {
    while (this.available < bytes) {
      if (!(await this.more())) throw new VectorFileError(this.format, `the file ends within ${what}; expected ${bytes} bytes, found ${this.available}`, { byte: this.position });
    }
  }

  /** Leaves bytes out, however many. */
  async skip(bytes: number, what: string): Promise<void> {
    for (let left = bytes; left > 0; ) {
      if (this.available === 0) await this.need(1, what);
      const step = Math.min(left, this.available);
      this.at += step;
      left -= step;
    }
  }

  /** A number of the file, little-endian. The bytes must be there: see `need`. */
  int32(): number {
    this.at += 4;
    return this.#view.getInt32(this.at - 4, true);
  }

  /** @throws VectorFileError when it is beyond what a number holds exactly */
  int64(what: string): number {
    const value = Number(this.#view.getBigInt64(this.at, true));
    if (!Number.isSafeInteger(value)) throw new VectorFileError(this.format, `${what} is ${value}, which no such file has`, { byte: this.position });
    this.at += 8;
    return value;
  }

  byte(): number {
    return this.buffer[this.at++];
  }

  /** Ends the source early; the rest of the file is not read. */
  async stop(): Promise<void> {
    await this.#pieces.return?.();
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function piecesOf(source: ByteSource): AsyncIterator<Uint8Array> {
  if (source instanceof Uint8Array) return piecesOf([source]);
  if (typeof source === 'object' && source !== null) {
    if (Symbol.asyncIterator in source) return (source as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    if ('getReader' in source) return fromStream(source);
    if (Symbol.iterator in source) return fromIterable(source);
  }
  throw new TypeError(`Expected the bytes of a file: a Uint8Array, a stream, or pieces in an (async) iterable; got ${source === null ? 'null' : typeof source}.`);
}

async function* fromIterable(pieces: Iterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* pieces;
}

/** Safari's streams are no iterables. */
async function* fromStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
