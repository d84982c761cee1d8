// Reads a tokenizer from a .tiktoken file, and writes one.

import { checkOptions } from '@kk/options';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern.js';
import { quote } from '../text/well-formed.js';
import type { Tokenizer } from '../core/tokenizer.js';
import { RankedBytePairTokenizer } from '../tokenizers/ranked-byte-pair.js';
import { bytesToBase64 } from '../text/base64.js';
import { readTokenRanks } from './tiktoken.js';

export interface RanksOptions {
  /** The regular expression whose matches are the pieces, tiktoken's `pat_str`, in the dialect of fancy-regex; for example CL100K_PATTERN. */
  pattern: string;
  /** Special token -> id; none of the ids is a rank. Default none. */
  specialTokens?: Readonly<Record<string, number>>;
}

/**
 * The tokenizer of a `.tiktoken` file.
 * @param ranks  the text of the file, or its bytes: a line for every token, its bytes in Base64, a space, its rank
 * @throws {TypeError|RangeError} when the ranks are not readable, a byte has no token, or a special token's id is taken
 */
export function tokenizerFromRanks(ranks: string | ArrayBuffer | Uint8Array, options: RanksOptions): RankedBytePairTokenizer {
  checkOptions<RanksOptions>('tokenizerFromRanks', options, { pattern: 'required', specialTokens: 'optional' });
  const { pattern, specialTokens } = options;
  if (typeof pattern !== 'string') throw new TypeError(`pattern is ${quote(pattern)}; expected a regular expression as a string, for example CL100K_PATTERN.`);
  const text = ranks instanceof ArrayBuffer || ranks instanceof Uint8Array ? new TextDecoder().decode(ranks) : ranks;
  return new RankedBytePairTokenizer({ ranks: readTokenRanks(text), preTokenizer: preTokenizerFromPattern(pattern, 'fancy-regex'), specialTokens });
}

/**
 * The text of a tokenizer's `.tiktoken` file: all tokens except special ones, which the format does not hold.
 * @throws {TypeError} when the tokenizer is not a `RankedBytePairTokenizer`
 */
export function ranksFromTokenizer(tokenizer: Tokenizer): string {
  if (!(tokenizer instanceof RankedBytePairTokenizer)) throw new TypeError('A .tiktoken file holds ranks; this tokenizer has none. Save it as tokenizer.json.');
  const { bytes, starts } = tokenizer.ranks;
  let text = '';
  for (let rank = 0; rank + 1 < starts.length; rank++) {
    if (starts[rank + 1] > starts[rank]) text += `${bytesToBase64(bytes.subarray(starts[rank], starts[rank + 1]))} ${rank}\n`;
  }
  return text;
}
