// Encodes a text of any length piece by piece, into ids of two or four bytes each.
import type { Steps } from '@kk/markov';
import type { TokenIds } from '@kk/gpt';
import { type EncodeOptions, StreamEncoder, type Tokenizer } from '@kk/tokenizer';
import { Failure } from '../errors.js';

/** The most characters that are held back until a place where the text can be cut; a text without such places needs this much memory. */
const LONGEST_WAIT = 2 ** 24;
/** The number of ids in each part; the parts are joined at the end. */
const PART = 2 ** 22;
/** The largest vocabulary whose ids fit into two bytes. */
const LARGEST_SHORT = 2 ** 16;

export interface EncodedText {
  ids: TokenIds;
  /** The number of UTF-8 bytes of the text without its first token, which no model predicts. */
  predictedBytes: number;
}

/**
 * The same ids as `tokenizer.encode` of the whole text. Needs two or four bytes per id, and briefly twice as much.
 * @param onProgress  called with the number of UTF-16 units read so far
 */
export async function encodeChunks(tokenizer: Tokenizer, chunks: AsyncIterable<string> | Iterable<string>, onProgress?: (units: number) => void): Promise<EncodedText> {
  const encoder = new StreamEncoder(tokenizer, { longestWait: LONGEST_WAIT });
  const ids = new TokenIdList(tokenizer.vocabSize);
  let bytes = 0;
  let units = 0;
  for await (const chunk of chunks) {
    try {
      ids.add(encoder.push(chunk));
    } catch (error) {
      if (!(error instanceof RangeError) || units === 0) throw error;
      throw new Failure(error.message, `Positions are counted from character ${units} of the text.`, { cause: error });
    }
    bytes += Buffer.byteLength(chunk, 'utf8');
    units += chunk.length;
    onProgress?.(units);
  }
  ids.add(encoder.end());
  const all = ids.take();
  return { ids: all, predictedBytes: bytes - (all.length > 0 ? tokenizer.tokenBytes(all[0]).length : 0) };
}

/** UTF-16 units that are encoded in one step: some hundredths of a second of work. */
const STEP = 2 ** 17;

/** The same ids as `tokenizer.encode`. Yields the share of the text that was read, from 0 to 1. */
export function* encodeInSteps(tokenizer: Tokenizer, text: string, options: EncodeOptions = {}): Steps<number[]> {
  if (text.length <= STEP) return tokenizer.encode(text, options);
  const encoder = new StreamEncoder(tokenizer, options);
  const ids: number[] = [];
  for (let at = 0; at < text.length; at += STEP) {
    try {
      for (const id of encoder.push(text.slice(at, at + STEP))) ids.push(id);
    } catch (error) {
      if (!(error instanceof RangeError) || at === 0) throw error;
      throw new Failure(error.message, `Positions are counted from about character ${at} of the text.`, { cause: error });
    }
    yield Math.min(1, (at + STEP) / text.length);
  }
  for (const id of encoder.end()) ids.push(id);
  return ids;
}

/** Like encodeChunks, for a text that is already in memory. */
export function encodeText(tokenizer: Tokenizer, text: string): TokenIds {
  const ids = new TokenIdList(tokenizer.vocabSize);
  ids.add(tokenizer.encode(text));
  return ids.take();
}

/** A list of ids that grows without copying its content. */
export class TokenIdList {
  readonly #make: (length: number) => TokenIds;
  #full: TokenIds[] = [];
  #last: TokenIds;
  /** The number of ids in `#last`. */
  #filled = 0;

  constructor(vocabSize: number) {
    this.#make = (length) => (vocabSize <= LARGEST_SHORT ? new Uint16Array(length) : new Int32Array(length));
    this.#last = this.#make(0);
  }

  add(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#filled === this.#last.length) this.#next();
      this.#last[this.#filled++] = id;
    }
  }

  /** Returns all ids and empties the list. */
  take(): TokenIds {
    const parts = [...this.#full, this.#last.subarray(0, this.#filled)];
    this.#full = [];
    this.#last = this.#make(0);
    this.#filled = 0;
    const all = this.#make(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (let part = parts.shift(); part; part = parts.shift()) {
      all.set(part, at); // and releases the part
      at += part.length;
    }
    return all;
  }

  #next(): void {
    if (this.#last.length > 0) this.#full.push(this.#last);
    this.#last = this.#make(PART);
    this.#filled = 0;
  }
}
