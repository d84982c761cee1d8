// Spells tokens that are stored as bytes, one by one on demand.

import { NO_ID } from '../models/bpe/merge-rules.js';
import { appendByte } from '../models/bpe/byte-level/token-hash.js';
import type { TokenTable } from '../models/bpe/byte-level/token-table.js';
import type { TokenRanks } from '../core/token-ranks.js';
import { byteToCharacter, bytesOfToken } from '../text/byte-alphabet.js';
import { isWellFormed, quote } from '../text/well-formed.js';
import { noTokenId, type TokenNames } from '../core/vocabulary.js';

export class RankedTokenNames implements TokenNames {
  readonly #table: TokenTable;
  readonly #idOfSpecial: ReadonlyMap<string, number>;
  readonly #specialOfId: ReadonlyMap<number, string>;

  /** @param specialTokens  content -> id; their bytes are in the table, but a lookup by bytes does not find them */
  constructor(table: TokenTable, specialTokens: ReadonlyMap<string, number>) {
    this.#table = table;
    this.#idOfSpecial = specialTokens;
    this.#specialOfId = new Map([...specialTokens].map(([content, id]) => [id, content]));
  }

  get size(): number {
    return this.#table.size;
  }

  id(token: string): number | undefined {
    const special = this.#idOfSpecial.get(token);
    const bytes = special === undefined ? bytesOfToken(token) : undefined;
    if (!bytes || bytes.length === 0) return special;
    const id = this.#table.findBytes(bytes, bytes.reduce((hash, byte) => appendByte(hash, byte), 0));
    return id === NO_ID ? undefined : id;
  }

  token(id: number): string | undefined {
    const special = this.#specialOfId.get(id);
    if (special !== undefined || !this.#has(id)) return special;
    const { bytes, starts } = this.#table;
    return Array.from(bytes.subarray(starts[id], starts[id + 1]), (byte) => byteToCharacter[byte]).join('');
  }

  check(id: number): void {
    if (!this.#has(id)) throw noTokenId(id, this.size, ' that has a token');
  }

  #has(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.size && this.#table.lengthOf(id) > 0;
  }
}

/**
 * Adds the bytes of special tokens to the ranks, at their ids.
 * @throws {RangeError} when an id is not an integer, already used, or far above all others, or a special token is empty or not well-formed
 */
export function addSpecialTokens(ranks: TokenRanks, specialTokens: ReadonlyMap<string, number>): TokenRanks {
  const size = ranks.starts.length - 1;
  const encoder = new TextEncoder();
  const added = [...specialTokens].sort(([, a], [, b]) => a - b);
  added.forEach(([content, id], i) => {
    const refuse = (why: string): never => {
      throw new RangeError(`The special token ${quote(content)} has the id ${quote(id)}; expected ${why}.`);
    };
    if (content === '' || !isWellFormed(content)) throw new RangeError(`A special token is ${quote(content)}; expected at least one character and no lone surrogates.`);
    if (!Number.isInteger(id) || id < 0 || id > size + MOST_HOLES) refuse(`an integer from 0 to ${size + MOST_HOLES}`);
    if ((id < size && ranks.starts[id + 1] > ranks.starts[id]) || (i > 0 && added[i - 1][1] === id)) refuse('an id that no other token has');
  });
  if (added.length === 0) return ranks;
  const contents = new Map(added.map(([content, id]) => [id, encoder.encode(content)]));
  const total = Math.max(size, (added.at(-1) as [string, number])[1] + 1);
  const starts = new Int32Array(total + 1);
  const bytes = new Uint8Array(ranks.bytes.length + [...contents.values()].reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (let id = 0; id < total; id++) {
    const content = contents.get(id);
    if (content) {
      bytes.set(content, end);
      end += content.length;
    } else if (id < size) {
      for (let i = ranks.starts[id]; i < ranks.starts[id + 1]; i++) bytes[end++] = ranks.bytes[i];
    }
    starts[id + 1] = end;
  }
  return { bytes, starts };
}

/** The most unused ids before a special token's id; more are taken for a typing error. */
const MOST_HOLES = 0x10000;
