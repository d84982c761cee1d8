// Decodes ids to bytes, and to text with the place where each token begins. For any tokenizer.

import { checkOptions, requireList, requireMethod } from '@kk/options';
import { decodeNames } from '../core/option-names.js';
import type { DecodeOptions, Tokenizer } from '../core/tokenizer.js';

/** Text, and where each id begins in it. */
export interface DecodedWithOffsets {
  text: string;
  /** For each id the UTF-16 unit at which its text begins; that of a token which begins inside a character is where the character begins. Rising. */
  offsets: number[];
}

/**
 * @param ids  integers from 0 to `vocabSize` - 1
 * @throws {TypeError} when the tokenizer is none or the ids are no list; {RangeError} when an id is not one of the tokenizer
 */
export function decodeWithOffsets(tokenizer: Tokenizer, ids: ArrayLike<number>, options: DecodeOptions = {}): DecodedWithOffsets {
  checkOptions('decodeWithOffsets', options, decodeNames);
  requireMethod('tokenizer', tokenizer, 'startDecoding', 'a tokenizer');
  requireList('ids', ids, 'a list of token ids');
  const stream = tokenizer.startDecoding(options);
  const offsets: number[] = [];
  let text = '';
  for (let i = 0; i < ids.length; i++) {
    offsets.push(text.length);
    text += stream.push(ids[i]);
  }
  return { text: text + stream.end(), offsets };
}

/**
 * The bytes of all ids. Those of a byte-level tokenizer are joined as they are, so that half a character at either end is kept, which `decode` replaces; of any other
 * tokenizer it is the UTF-8 of `decode`.
 * @param ids  integers from 0 to `vocabSize` - 1
 * @throws {TypeError} when the tokenizer is none or the ids are no list; {RangeError} when an id is not one of the tokenizer
 */
export function decodeBytes(tokenizer: Tokenizer, ids: ArrayLike<number>): Uint8Array {
  requireMethod('tokenizer', tokenizer, 'decode', 'a tokenizer');
  const text = new TextEncoder().encode(tokenizer.decode(ids));
  const parts = Array.from(ids, (id) => tokenizer.tokenBytes(id));
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  // What tokens add to a text is its bytes, unless the decoder treats its beginning or neighbours in another way.
  return new TextDecoder().decode(bytes) === new TextDecoder().decode(text) ? bytes : text;
}
