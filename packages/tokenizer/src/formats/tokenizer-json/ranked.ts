// A vocabulary of ranks as a tokenizer.json: the merges that the ranks imply are written out. Writing only.

import { type AddedTokens } from '../../added-tokens.js';
import { type TokenizerJSON } from '../../tokenizer.js';
import { type TokenNames } from '../../vocabulary.js';
import { bytePairJSON } from './layout.js';

/** @param partsOf  the two tokens that merge into one as its last merge, if any */
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
    // Special tokens too: where a token is not in the vocabulary, Hugging Face gives it the next free id.
    vocab.push([token, id]);
    const parts = added.ids.has(id) ? undefined : partsOf(id);
    if (parts) merges.push([names.token(parts[0]) as string, names.token(parts[1]) as string]);
  }
  // fromEntries defines properties, so that `__proto__` becomes a key like any other.
  return bytePairJSON({ vocab: Object.fromEntries(vocab), added, merges, pattern, unknownToken: undefined, ignoreMerges: true });
}
