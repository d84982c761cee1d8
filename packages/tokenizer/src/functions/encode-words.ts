// Encodes a text that is divided into words already, as data for named entities or parts of speech is. For any tokenizer.

import { checkOptions } from '@kk/options';
import { quote } from '../text/well-formed.js';
import type { SpecialTokenSelection, Tokenizer } from '../core/tokenizer.js';

export interface EncodedWords {
  ids: number[];
  /** For each id the index of the word that it belongs to; null for what the tokenizer adds around a text, such as [CLS]. */
  words: (number | null)[];
}

export interface EncodeWordsOptions extends SpecialTokenSelection {
  /** Whether to add the tokens that the model expects around a text. Default true. */
  addSpecialTokens?: boolean;
}

/**
 * The ids of words, each encoded by itself: no token spans two. As `is_split_into_words` of Hugging Face's transformers. A byte-level tokenizer without a prefix space
 * takes each word as it would begin a text; give the words with their spaces if that is not what the model has seen.
 * @throws {TypeError} when `words` is not a list of strings
 */
export function encodeWords(tokenizer: Tokenizer, words: readonly string[], options: EncodeWordsOptions = {}): EncodedWords {
  checkOptions<EncodeWordsOptions>('encodeWords', options, { addSpecialTokens: 'flag', allowedSpecial: 'optional', disallowedSpecial: 'optional' });
  if (!Array.isArray(words) || words.some((word) => typeof word !== 'string')) throw new TypeError(`encodeWords got ${quote(words)}; expected a list of strings, one for each word.`);
  const encoded = words.map((word: string) => tokenizer.encode(word, { ...options, addSpecialTokens: false, truncation: false, padding: false }));
  const [before, after] = (options.addSpecialTokens ?? true) ? around(tokenizer) : [[], []];
  return {
    ids: [...before, ...encoded.flat(), ...after],
    words: [...before.map(() => null), ...encoded.flatMap((ids, word) => ids.map(() => word)), ...after.map(() => null)],
  };
}

/** What the tokenizer adds before and after a text. */
function around(tokenizer: Tokenizer): [number[], number[]] {
  const plain = tokenizer.encodeWithDetails('a', { truncation: false, padding: false });
  const added = plain.ids.map((id, i) => (plain.origins[i] === 'template' ? id : undefined));
  const first = added.indexOf(undefined);
  if (first < 0) return [plain.ids, []];
  const last = added.lastIndexOf(undefined);
  return [plain.ids.slice(0, first), plain.ids.slice(last + 1)];
}
