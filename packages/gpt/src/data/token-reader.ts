// Reads tokens from bytes that can be read at any place: a file in Node, a Blob in a browser. Only a few pages are in memory at a time.
// "Memory-mapped" files, as numpy has them, need native code in Node; these positional reads do what a map would do, and the pages of the
// file that were used lately are in the system's cache either way.
import { crc32 } from '../checkpoint/crc32.js';
import { decodeHeader, HEADER_BYTES, type TokenHeader } from './token-format.js';
import { checkRange, checkVocabSize, idArray, type TokenSource } from './token-source.js';

export interface ByteSource {
  /** For error messages. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The bytes from `start` to before `end`; fewer where the source was cut meanwhile. */
  read(start: number, end: number): Promise<Uint8Array>;
}

export interface OpenTokensOptions {
  /** The size of the vocabulary, for files of llm.c, which do not say it. For others it must be what they say. */
  vocabSize?: number;
}

/** A page holds 32 KiB: 16 windows of 1,024 tokens of two bytes. */
const PAGE_BYTES = 2 ** 15;
/** 4 MiB altogether. */
const MOST_PAGES = 128;

/**
 * Opens a file of tokens. Reads its header, and where that has no checksum, all of its bytes once, for the fingerprint.
 * @throws Error that names the source and what is wrong with it
 */
export async function openTokens(bytes: ByteSource, { vocabSize }: OpenTokensOptions = {}): Promise<TokenSource> {
  const header = await headerOf(bytes);
  if (vocabSize !== undefined) checkVocabSize('openTokens', vocabSize);
  if (header.vocabSize !== undefined && vocabSize !== undefined && header.vocabSize !== vocabSize) throw new Error(`${bytes.name} was written with a vocabulary of ${header.vocabSize} tokens; expected ${vocabSize}: use the tokenizer that it was made with.`);
  // Of ids without a known vocabulary, only the width is known. Tensors hold int32.
  const limit = header.vocabSize ?? vocabSize ?? Math.min(2 ** (8 * header.bytesPerToken), 2 ** 31);
  const checksum = header.checksum ?? (await checksumOf(bytes));
  return new TokenReader(bytes, header, limit, checksum);
}

/**
 * Reads all tokens once.
 * @throws Error that names the source when its checksum is wrong, or an id is outside of the vocabulary
 */
export async function verifyTokens(bytes: ByteSource): Promise<void> {
  const header = await headerOf(bytes);
  const found = await checksumOf(bytes);
  if (header.checksum !== undefined && header.checksum !== found) throw new Error(`${bytes.name} is damaged: its checksum is ${hexadecimal(found)}, but ${hexadecimal(header.checksum)} was written. Write it again.`);
}

async function headerOf(bytes: ByteSource): Promise<TokenHeader> {
  const start = await bytes.read(0, Math.min(HEADER_BYTES, bytes.size));
  try {
    return decodeHeader(start, Math.min(bytes.size, start.length < HEADER_BYTES ? start.length : bytes.size));
  } catch (error) {
    throw new Error(`${bytes.name}: ${(error as Error).message}`, { cause: error });
  }
}

/** Bytes that are read at once where all are. */
const STRIDE = 2 ** 20;

async function checksumOf(bytes: ByteSource): Promise<number> {
  let crc = 0;
  for (let at = HEADER_BYTES; at < bytes.size; at += STRIDE) crc = crc32(await bytes.read(at, Math.min(bytes.size, at + STRIDE)), crc);
  return crc;
}

const hexadecimal = (word: number): string => word.toString(16).padStart(8, '0');

class TokenReader implements TokenSource {
  readonly length: number;
  readonly fingerprint: string;
  readonly #bytes: ByteSource;
  readonly #bytesPerToken: 2 | 4;
  /** Pages by their number; the one used last comes last. */
  readonly #pages = new Map<number, Promise<Uint8Array>>();

  constructor(bytes: ByteSource, header: TokenHeader, readonly vocabSize: number, checksum: number) {
    this.length = header.tokens;
    this.#bytes = bytes;
    this.#bytesPerToken = header.bytesPerToken;
    this.fingerprint = `${header.tokens}-${hexadecimal(checksum)}`;
  }

  async read(start: number, count: number): ReturnType<TokenSource['read']> {
    checkRange(this.#bytes.name, start, count, this.length);
    const width = this.#bytesPerToken;
    const ids = idArray(this.vocabSize, count);
    let at = 0;
    while (at < count) {
      const first = HEADER_BYTES + (start + at) * width;
      const page = Math.floor(first / PAGE_BYTES);
      const bytes = await this.#page(page);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      // A page holds whole tokens: header and pages are multiples of four bytes.
      for (let place = first - page * PAGE_BYTES; place < PAGE_BYTES && at < count; place += width, at++) {
        if (place + width > bytes.length) throw new Error(`${this.#bytes.name} ends before its token ${start + at}: it was cut short while it was read. Write it again.`);
        const id = width === 2 ? view.getUint16(place, true) : view.getUint32(place, true);
        if (id >= this.vocabSize) throw new RangeError(`${this.#bytes.name} holds the id ${id} at token ${start + at}, but its vocabulary ends at ${this.vocabSize - 1}: it is damaged, or was made with another tokenizer.`);
        ids[at] = id;
      }
    }
    return ids;
  }

  #page(number: number): Promise<Uint8Array> {
    const page = this.#pages.get(number) ?? this.#bytes.read(number * PAGE_BYTES, Math.min(this.#bytes.size, (number + 1) * PAGE_BYTES));
    this.#pages.delete(number);
    this.#pages.set(number, page);
    if (this.#pages.size > MOST_PAGES) this.#pages.delete(this.#pages.keys().next().value!);
    page.catch(() => this.#pages.delete(number)); // a failed read is tried again next time
    return page;
  }
}
