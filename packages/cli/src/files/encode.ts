// Text of any length becomes ids: piece by piece, in the fewest bytes that hold the vocabulary.
import { type TokenIds } from '@kk/gpt';
import { StreamEncoder, type Tokenizer } from '@kk/tokenizer';
import { Failure } from '../errors.js';

/** Characters that wait at most for a place where the tokenizer can be cut; what a text without any such place costs in memory. */
const LONGEST_WAIT = 2 ** 24;
/** Ids in each of the parts that are put together at the end. */
const PART = 2 ** 22;
/** The vocabularies whose ids fit into two bytes. */
const LARGEST_SHORT = 2 ** 16;

export interface EncodedText {
  ids: TokenIds;
  /** UTF-8 bytes of the text without its first token, the only one that no model predicts. */
  predictedBytes: number;
}

/**
 * The ids that `tokenizer.encode` gives for all of the text. Needs two or four bytes for each id, and as much again for a moment.
 * @param onProgress  called with the UTF-16 units that were read so far
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

/** The same for a text that is in memory already. */
export function encodeText(tokenizer: Tokenizer, text: string): TokenIds {
  const ids = new TokenIdList(tokenizer.vocabSize);
  ids.add(tokenizer.encode(text));
  return ids.take();
}

/** A list of ids that grows without copying what it holds. */
export class TokenIdList {
  readonly #make: (length: number) => TokenIds;
  #full: TokenIds[] = [];
  #last: TokenIds;
  /** Ids in `#last`. */
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

  /** All of them. The list is empty afterwards. */
  take(): TokenIds {
    const parts = [...this.#full, this.#last.subarray(0, this.#filled)];
    this.#full = [];
    this.#last = this.#make(0);
    this.#filled = 0;
    const all = this.#make(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (let part = parts.shift(); part; part = parts.shift()) {
      all.set(part, at); // and lets go of the part
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
