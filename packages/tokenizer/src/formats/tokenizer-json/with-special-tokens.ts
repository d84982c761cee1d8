// Adds special tokens to a tokenizer, such as those between the turns of a chat.

import { isWellFormed, quote } from '../../text/well-formed.js';
import { type AddedTokenJSON, type Tokenizer } from '../../tokenizer.js';
import { tokenizerFromJSON } from './read.js';

/**
 * A tokenizer with further special tokens; the given one stays as it is. New tokens get the next ids, in the order in which they are given:
 * a model needs a row for each of them (`resizeVocabulary` of `@kk/gpt`). A token that the tokenizer has already keeps its id and becomes
 * special.
 * @param tokens  texts of at least one character, each once
 * @throws {TypeError|RangeError} naming the token that is empty, given twice, or holds half of a surrogate pair
 */
export function withSpecialTokens(tokenizer: Tokenizer, tokens: readonly string[]): Tokenizer {
  if (!Array.isArray(tokens)) throw new TypeError(`withSpecialTokens got ${quote(tokens)}; expected a list of tokens, such as ['<|user|>'].`);
  const file = tokenizer.toJSON();
  const added = new Map(file.added_tokens.map((token) => [token.content, token]));
  const given = new Set<string>();
  let next = tokenizer.vocabSize;
  for (const content of tokens as readonly unknown[]) {
    if (typeof content !== 'string' || content === '' || !isWellFormed(content)) throw new RangeError(`withSpecialTokens got the token ${quote(content)}; expected a text of at least one character, without lone surrogates.`);
    if (given.has(content)) throw new RangeError(`withSpecialTokens got the token ${quote(content)} twice; expected each once.`);
    given.add(content);
    added.set(content, special(content, added.get(content)?.id ?? tokenizer.tokenToId(content) ?? next++));
  }
  return tokenizerFromJSON({ ...file, added_tokens: [...added.values()].sort((a, b) => a.id - b.id) });
}

const special = (content: string, id: number): AddedTokenJSON => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true });
