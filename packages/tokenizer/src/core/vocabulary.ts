// Maps tokens to their ids, and ids to tokens. Ids are the indexes of a list, so there are no duplicates; some files leave indexes empty.
// Special tokens are in added-tokens.ts, the bytes of tokens in token-bytes.ts.

import { isWellFormed, quote } from '../text/well-formed.js';

/** Tokens and their ids, however they are stored. */
export interface TokenNames {
  /** One more than the highest id. */
  readonly size: number;
  id(token: string): number | undefined;
  token(id: number): string | undefined;
  /** @throws {RangeError} when `id` is not an id */
  check(id: number): void;
}

/** The token of every id; undefined if there is none. */
export type TokenList = readonly (string | undefined)[];

/** Token -> id. A Map, because in an object `__proto__` and `constructor` could not be tokens. */
export function idsByToken(tokens: TokenList): Map<string, number> {
  const ids = new Map<string, number>();
  tokens.forEach((token, id) => token !== undefined && ids.set(token, id));
  return ids;
}

export class Vocabulary implements TokenNames {
  readonly #tokens: TokenList;
  readonly #ids = new Map<string, number>();

  /**
   * @param tokens  the token of every id, in the order of ids
   * @param withHoles  whether `undefined` is allowed, for ids without a token
   * @throws {RangeError} when the list is empty, or a token is empty, occurs twice or contains a lone surrogate
   */
  constructor(tokens: TokenList, withHoles = false) {
    if (tokens.length === 0) throw new RangeError('A vocabulary needs at least one token; it got none.');
    tokens.forEach((token, id) => {
      if (token === undefined && withHoles) return;
      if (typeof token !== 'string' || token === '') throw new RangeError(`Token ${id} of the vocabulary is ${quote(token)}; expected a string of at least one character.`);
      if (!isWellFormed(token)) throw new RangeError(`Token ${id} of the vocabulary, ${quote(token)}, holds a lone surrogate, which has no UTF-8.`);
      const other = this.#ids.get(token);
      if (other !== undefined) throw new RangeError(`The vocabulary holds ${quote(token)} twice, as ids ${other} and ${id}.`);
      this.#ids.set(token, id);
    });
    this.#tokens = [...tokens];
  }

  get size(): number {
    return this.#tokens.length;
  }

  id(token: string): number | undefined {
    return this.#ids.get(token);
  }

  token(id: number): string | undefined {
    return this.#tokens[id];
  }

  /** Every token, in the order of ids. Only for a vocabulary without holes. */
  tokens(): readonly string[] {
    return this.#tokens as readonly string[];
  }

  /** @throws {RangeError} when `id` is not an id of this vocabulary */
  check(id: number): void {
    if (typeof id !== 'number' || this.#tokens[id] === undefined) throw noTokenId(id, this.size, '');
  }
}

/**
 * @returns the id, which may lie beyond the vocabulary: there it has no token
 * @throws {RangeError} when it is no integer of at least 0
 */
export function checkTokenId(id: number, size: number): number {
  if (!Number.isSafeInteger(id) || id < 0) throw noTokenId(id, size, '');
  return id;
}

/** @param which  which of the integers from 0 to `size` - 1 are ids, where not all are */
export function noTokenId(id: unknown, size: number, which: string): RangeError {
  const remedy = typeof id === 'bigint' || (typeof id === 'string' && /^\d+$/.test(id)) ? `, and it is a ${typeof id}: convert it with Number(id)` : '';
  return new RangeError(`${quote(id)} is no token id; expected an integer from 0 to ${size - 1}${which}${remedy}.`);
}
