// Writes a vocabulary of ranks as a tokenizer.json, with the merges that the ranks imply.

import type { AddedTokens } from '../core/added-tokens.js';
import type { TokenizerJSON } from '../core/tokenizer.js';
import type { TokenNames } from '../core/vocabulary.js';
import { bytePairJSON } from './json-layouts.js';

/** @param partsOf  the two tokens that a token's last merge joins, if any */
export function rankedBytePairJSON(
  names: TokenNames,
  added: AddedTokens,
  partsOf: (id: number) => readonly [left: number, right: number] | undefined,
  pattern: string,
): TokenizerJSON {
  const vocab: [string, number][] = [];
  const merges: [string, string][] = [];
  for (let id = 0; id < names.size; id++) {
    const token = names.token(id);
    if (token === undefined) continue;
    // Includes special tokens, because Hugging Face gives a token that is not in the vocabulary the next free id.
    vocab.push([token, id]);
    const parts = added.ids.has(id) ? undefined : partsOf(id);
    if (parts) merges.push([names.token(parts[0]) as string, names.token(parts[1]) as string]);
  }
  // fromEntries defines properties, so that `__proto__` becomes a key like any other.
  return bytePairJSON({ vocab: Object.fromEntries(vocab), added, merges, pattern, unknownToken: undefined, ignoreMerges: true });
}
