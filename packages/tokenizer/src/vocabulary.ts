// Tokens and their ids, both ways. Ids are the places in a list, so there are no holes and no duplicates.
// Not the place that knows which tokens are special (added-tokens.ts) or which bytes they stand for (token-bytes.ts).

import { isWellFormed, quote } from './text/well-formed';

export class Vocabulary {
  readonly #tokens: readonly string[];
  /** A Map and not an object: `__proto__` and `constructor` are tokens like any other. */
  readonly #ids = new Map<string, number>();

  /**
   * @param tokens  the token of every id, in the order of ids
   * @throws {RangeError} when there is none, or one is empty, occurs twice or holds a lone surrogate
   */
  constructor(tokens: readonly string[]) {
    if (tokens.length === 0) throw new RangeError('A vocabulary needs at least one token; it got none.');
    tokens.forEach((token, id) => {
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

  /** Every token, in the order of ids. */
  tokens(): readonly string[] {
    return this.#tokens;
  }

  /** @throws {RangeError} when `id` is no id of this vocabulary */
  check(id: number): void {
    if (!Number.isInteger(id) || id < 0 || id >= this.size) {
      throw new RangeError(`${quote(id)} is no token id; expected an integer from 0 to ${this.size - 1}.`);
    }
  }
}
