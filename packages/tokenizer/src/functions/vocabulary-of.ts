// Lists the vocabulary of any tokenizer.

import type { Tokenizer } from '../core/tokenizer.js';

/** Token -> id in the order of ids, special and other added tokens included, in the spelling of `tokenizer.json`. Ids without a token are left out. */
export function vocabularyOf(tokenizer: Tokenizer): Map<string, number> {
  const vocabulary = new Map<string, number>();
  for (let id = 0; id < tokenizer.vocabSize; id++) {
    const token = tokenizer.idToToken(id);
    if (token !== undefined) vocabulary.set(token, id);
  }
  return vocabulary;
}
