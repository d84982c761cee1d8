// A vocabulary as a trie over the bytes of its tokens, so that one walk finds all tokens that an automaton can read. The trie is flat:
// nodes in depth-first order, each with the index where its subtree ends. A walk is a loop over arrays that skips the subtrees that the
// automaton refuses. Tokens with a common prefix are read only once up to there.
import { describe, requireIterable, requireList } from '@kk/options';
import { requireKnown } from '../checks.js';
import { TokenMask } from './token-mask.js';

/** Reads bytes: returns the next state for a state and a byte, or undefined if the text cannot continue with that byte. */
export interface ByteReader<State> {
  step(state: State, byte: number): State | undefined;
}

export interface TokenVocabularyOptions {
  /** Ids that end the text: allowed only when a constraint is complete. Their bytes do not count. */
  endTokens?: Iterable<number>;
  /**
   * Names of special tokens and their ids, for grammars that name tokens, such as `<think>`; with @kk/tokenizer `tokenizer.specialTokens`. No
   * other constraint allows them.
   */
  specialTokens?: Iterable<readonly [name: string, id: number]>;
}

/** The tokens of a model by their bytes. Build one per tokenizer and use it for every constraint. */
export class TokenVocabulary {
  /** The number of token ids. */
  readonly size: number;
  /** Ids that end the text, in ascending order. */
  readonly endTokens: readonly number[];
  readonly #specialTokens: ReadonlyMap<string, number>;
  readonly #tokenBytes: readonly (Uint8Array | undefined)[];
  /** Ids with text, in the order of their bytes. */
  readonly #sorted: Int32Array;
  // One entry per node of the trie, without the root: its byte, its depth, the first node after its subtree, and the number of entries of
  // #sorted that end at it or before it.
  readonly #byte: Uint8Array;
  readonly #depth: Uint16Array;
  readonly #subtreeEnd: Int32Array;
  readonly #sortedUntil: Int32Array;
  readonly #longest: number;
  readonly #usedBytes: boolean[];

  /**
   * @param tokenBytes the bytes that each id adds to a text; undefined for special tokens, which are never part of one.
   *   With @kk/tokenizer: `Array.from({ length: tokenizer.vocabSize }, (_, id) => isSpecial(id) ? undefined : tokenizer.tokenBytes(id))`.
   *   Tokens without bytes are never allowed: they could be repeated for ever. The arrays are kept, not copied.
   * @throws TypeError if an entry is neither a Uint8Array nor undefined
   * @throws RangeError if there is no token, if one is longer than 65,535 bytes, or if an end token or a special token is not an id
   */
  constructor(tokenBytes: readonly (Uint8Array | undefined)[], options: TokenVocabularyOptions = {}) {
    requireKnown<TokenVocabularyOptions>('TokenVocabulary', options, { endTokens: true, specialTokens: true });
    const { endTokens = [], specialTokens = [] } = options;
    requireList('tokenBytes', tokenBytes, 'a list with the bytes of every token');
    requireIterable('endTokens', endTokens, 'a list of token ids');
    requireIterable('specialTokens', specialTokens, 'a Map, or a list of names and ids');
    this.size = tokenBytes.length;
    if (this.size === 0) throw new RangeError('tokenBytes is empty: expected one entry per token of the vocabulary');
    this.endTokens = [...new Set(endTokens)].sort((a, b) => a - b);
    this.#specialTokens = new Map(specialTokens);
    for (const [name, ids] of [['endTokens', this.endTokens], ['specialTokens', [...this.#specialTokens.values()]]] as const) {
      const bad = ids.find((id) => !this.isId(id));
      if (bad !== undefined) throw new RangeError(`${name} holds ${describe(bad)}: expected token ids from 0 to ${this.size - 1}`);
    }
    this.#tokenBytes = tokenBytes;

    const ends = new Set(this.endTokens);
    const ids: number[] = [];
    let longest = 0;
    let total = 0;
    // Strings of one character per byte: engines compare them faster than arrays of bytes, and in the same order.
    const names: string[] = [];
    for (let id = 0; id < this.size; id++) {
      const bytes = tokenBytes[id];
      if (bytes === undefined) continue;
      if (Object.prototype.toString.call(bytes) !== '[object Uint8Array]') {
        throw new TypeError(`tokenBytes[${id}] must be a Uint8Array, or undefined for a special token, got ${typeof bytes}`);
      }
      if (bytes.length > 0xffff) throw new RangeError(`tokenBytes[${id}] has ${bytes.length} bytes; expected at most 65535`);
      if (ends.has(id) || bytes.length === 0) continue;
      names[id] = latin1(bytes);
      ids.push(id);
      longest = Math.max(longest, bytes.length);
      total += bytes.length;
    }
    ids.sort((a, b) => (names[a] < names[b] ? -1 : names[a] > names[b] ? 1 : a - b));
    this.#sorted = Int32Array.from(ids);
    this.#longest = longest;

    const byte = new Uint8Array(total);
    const depth = new Uint16Array(total);
    const subtreeEnd = new Int32Array(total);
    const sortedUntil = new Int32Array(total);
    const open = new Int32Array(longest);
    let nodes = 0;
    let openDepth = 0;
    let previous: Uint8Array = new Uint8Array(0);
    ids.forEach((id, at) => {
      const bytes = tokenBytes[id]!;
      let common = 0;
      while (common < previous.length && common < bytes.length && previous[common] === bytes[common]) common++;
      while (openDepth > common) subtreeEnd[open[--openDepth]] = nodes;
      for (; openDepth < bytes.length; openDepth++) {
        byte[nodes] = bytes[openDepth];
        depth[nodes] = openDepth;
        sortedUntil[nodes] = at;
        open[openDepth] = nodes++;
      }
      sortedUntil[open[openDepth - 1]] = at + 1;
      previous = bytes;
    });
    while (openDepth > 0) subtreeEnd[open[--openDepth]] = nodes;
    this.#byte = byte.slice(0, nodes);
    this.#usedBytes = new Array<boolean>(256).fill(false);
    for (const used of this.#byte) this.#usedBytes[used] = true;
    this.#depth = depth.slice(0, nodes);
    this.#subtreeEnd = subtreeEnd.slice(0, nodes);
    this.#sortedUntil = sortedUntil.slice(0, nodes);
  }

  /** The bytes of a token that can be part of a text; undefined for all others. */
  bytesOf(id: number): Uint8Array | undefined {
    const bytes = this.endTokens.includes(id) ? undefined : this.#tokenBytes[id];
    return bytes?.length === 0 ? undefined : bytes;
  }

  /** The token with this name, or with exactly this text; undefined if there is none. */
  idOf(text: string): number | undefined {
    const special = this.#specialTokens.get(text);
    if (special !== undefined) return special;
    const wanted = new TextEncoder().encode(text);
    const found = this.#sorted.find((id) => {
      const bytes = this.#tokenBytes[id]!;
      return bytes.length === wanted.length && bytes.every((byte, at) => byte === wanted[at]);
    });
    return found;
  }

  /** The tokens that have a text or a name and do not end the text, in ascending order. */
  namedIds(): number[] {
    const special = new Set(this.#specialTokens.values());
    return Array.from({ length: this.size }, (_, id) => id).filter((id) => (special.has(id) && !this.isEnd(id)) || this.bytesOf(id) !== undefined);
  }

  isId(id: number): boolean {
    return Number.isInteger(id) && id >= 0 && id < this.size;
  }

  isEnd(id: number): boolean {
    return this.endTokens.includes(id);
  }

  /** Which of the 256 bytes occur in a token. */
  usedBytes(): readonly boolean[] {
    return this.#usedBytes;
  }

  /** All tokens whose bytes can be read completely from a state on. */
  readable<State>(reader: ByteReader<State>, start: State): TokenMask {
    const mask = new TokenMask(this.size);
    const bytes = this.#byte;
    const depths = this.#depth;
    const sortedUntil = this.#sortedUntil;
    const states = new Array<State>(this.#longest + 1);
    states[0] = start;
    for (let node = 0; node < bytes.length; ) {
      const depth = depths[node];
      const state = reader.step(states[depth], bytes[node]);
      if (state === undefined) {
        node = this.#subtreeEnd[node];
        continue;
      }
      states[depth + 1] = state;
      for (let at = node === 0 ? 0 : sortedUntil[node - 1]; at < sortedUntil[node]; at++) mask.add(this.#sorted[at]);
      node++;
    }
    return mask;
  }
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
