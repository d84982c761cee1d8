// Adds tokens to a tokenizer: special ones, such as those between the turns of a chat, and words that are always one token.

import type { AddedToken } from '../../core/added-tokens.js';
import { isWellFormed, quote } from '../../text/well-formed.js';
import type { AddedTokenJSON, Tokenizer } from '../../core/tokenizer.js';
import { tokenizerFromJSON } from './read.js';

/** A token to add; a text alone is a word that is not special. */
export type NewToken = string | (Partial<AddedToken> & Pick<AddedToken, 'content'>);

/**
 * A tokenizer with further tokens, which are found in a text as a whole; the given one stays as it is. New tokens get the next ids, in the order in which they are given:
 * a model needs a row for each of them (`resizeVocabulary` of `@kk/gpt`). A token that the tokenizer has already keeps its id and is as it is given here.
 * @param tokens  texts of at least one character, each once
 * @throws {TypeError|RangeError} naming the token that is empty, given twice, or holds half of a surrogate pair
 */
export function withAddedTokens(tokenizer: Tokenizer, tokens: readonly NewToken[]): Tokenizer {
  return withTokens('withAddedTokens', tokenizer, tokens);
}

/** The same for special tokens, which are found only where the caller of `encode` allows them: `withSpecialTokens(tokenizer, ['<|user|>'])`. @throws as withAddedTokens */
export function withSpecialTokens(tokenizer: Tokenizer, tokens: readonly string[]): Tokenizer {
  return withTokens('withSpecialTokens', tokenizer, Array.isArray(tokens) ? tokens.map((content: string) => ({ content, special: true })) : tokens);
}

function withTokens(where: string, tokenizer: Tokenizer, tokens: readonly NewToken[]): Tokenizer {
  if (!Array.isArray(tokens)) throw new TypeError(`${where} got ${quote(tokens)}; expected a list of tokens, such as ['<|user|>'].`);
  const file = tokenizer.toJSON();
  const added = new Map(file.added_tokens.map((token) => [token.content, token]));
  const given = new Set<string>();
  let next = tokenizer.vocabSize;
  for (const token of tokens as readonly NewToken[]) {
    const { content, ...flags } = typeof token === 'object' && token !== null ? token : { content: token };
    if (typeof content !== 'string' || content === '' || !isWellFormed(content)) throw new RangeError(`${where} got the token ${quote(content)}; expected a text of at least one character, without lone surrogates.`);
    if (given.has(content)) throw new RangeError(`${where} got the token ${quote(content)} twice; expected each once.`);
    given.add(content);
    added.set(content, written({ content, ...flags }, added.get(content)?.id ?? tokenizer.tokenToId(content) ?? next++));
  }
  return tokenizerFromJSON({ ...file, added_tokens: [...added.values()].sort((a, b) => a.id - b.id) });
}

const written = ({ content, special = false, singleWord = false, stripLeft = false, stripRight = false, normalized = false }: Exclude<NewToken, string>, id: number): AddedTokenJSON => ({
  id, content, single_word: singleWord, lstrip: stripLeft, rstrip: stripRight, normalized, special,
});
