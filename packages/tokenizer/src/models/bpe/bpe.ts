// Byte-pair encoding over characters, with all options of tokenizer.json: unknown tokens, bytes for unknown characters, markers for the
// inside and the end of words. Byte-level BPE is in byte-level-model.ts.
// Source: Sennrich, Haddow and Birch 2016; Hugging Face's `BPE`.

import { type Merge, MergeTable } from './merge-table.js';
import { tokenOfByte } from '../../decoders/byte-fallback.js';
import { describeCharacter, quote } from '../../text/well-formed.js';
import { type ModelJSON } from '../../core/tokenizer.js';
import { idsByToken, type TokenList } from '../../core/vocabulary.js';
import { mergeSymbols } from './merge-symbols.js';
import { type EmitToken, type Model, type TokenCause, vocabularyObject, wordGapsOf } from '../model.js';

export interface BpeData {
  /** The model's own tokens, by id. */
  tokens: TokenList;
  /** Pairs of tokens that merge into one, in order of rank. */
  merges: readonly (readonly [string, string])[];
  /** The token for a character that has none; undefined: such a character is an error. */
  unknownToken: string | undefined;
  /** The prefix of tokens inside a word; may be empty. */
  prefix: string;
  /** The suffix of tokens at the end of a word; may be empty. */
  suffix: string;
  /** Whether adjacent unknown characters become one unknown token. */
  fuseUnknown: boolean;
  /** Whether a character without a token becomes its byte tokens, if all of these exist. */
  byteFallback: boolean;
  /** Whether a piece that equals a token becomes that token without merging. */
  ignoreMerges: boolean;
  /** The file's BPE dropout probability. It is only kept and written back: encoding is deterministic unless its options ask for dropout. */
  dropout: number | null;
  /** Ids that text never produces: special tokens. */
  reserved: ReadonlySet<number>;
  /** The rank of each merge, for files in which several merges share a rank; the lowest goes first. Default: the index in the list. */
  ranks?: ArrayLike<number>;
}

/** The symbols that merging starts from: their ids, ranges of UTF-16 units, and causes. */
interface Symbols {
  ids: number[];
  starts: number[];
  ends: number[];
  causes: TokenCause[];
}

const encoder = /* @__PURE__ */ new TextEncoder();

export class Bpe implements Model {
  readonly kind = 'byte-pair';
  readonly #data: BpeData;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #unknown: number | undefined;
  readonly #merges: MergeTable;
  #wordGaps: string | undefined;

  /** @throws {RangeError} when a merge is unknown, repeated, or leads to no token */
  constructor(data: BpeData) {
    this.#data = data;
    const ids = idsByToken(data.tokens);
    this.#merges = new MergeTable(mergesOf(data, ids));
    this.#unknown = data.unknownToken === undefined ? undefined : ids.get(data.unknownToken);
    for (const id of data.reserved) ids.delete(data.tokens[id] ?? '');
    this.#ids = ids;
  }

  get wordGaps(): string {
    // Prefix, suffix and `ignoreMerges` depend on where the piece begins and ends.
    const dependsOnPiece = this.#data.prefix !== '' || this.#data.suffix !== '' || this.#data.ignoreMerges;
    this.#wordGaps ??= dependsOnPiece ? '' : wordGapsOf(this.#ids);
    return this.#wordGaps;
  }

  tokenize(piece: string, emit: EmitToken, dropped?: () => boolean): void {
    const whole = this.#data.ignoreMerges ? this.#ids.get(piece) : undefined;
    if (whole !== undefined) return emit(whole, 0, piece.length, 'known');
    const symbols = this.#symbols(piece);
    const rankOf = this.#data.ranks;
    const { ids, firsts } = mergeSymbols(symbols.ids, this.#merges, rankOf ? (merge) => rankOf[merge] : (merge) => merge, dropped);
    ids.forEach((id, i) => {
      const last = firsts[i + 1] - 1;
      emit(id, symbols.starts[firsts[i]], symbols.ends[last], last === firsts[i] ? symbols.causes[last] : 'known');
    });
  }

  toJSON(): ModelJSON {
    const { tokens, merges, unknownToken, prefix, suffix, fuseUnknown, byteFallback, ignoreMerges, dropout } = this.#data;
    return {
      type: 'BPE',
      dropout,
      unk_token: unknownToken ?? null,
      continuing_subword_prefix: prefix === '' ? null : prefix,
      end_of_word_suffix: suffix === '' ? null : suffix,
      fuse_unk: fuseUnknown,
      byte_fallback: byteFallback,
      ignore_merges: ignoreMerges,
      vocab: vocabularyObject(tokens),
      merges: merges.map(([left, right]) => [left, right]),
    };
  }

  #symbols(piece: string): Symbols {
    const symbols: Symbols = { ids: [], starts: [], ends: [], causes: [] };
    const add = (id: number, start: number, end: number, cause: TokenCause): void => {
      symbols.ids.push(id);
      symbols.starts.push(start);
      symbols.ends.push(end);
      symbols.causes.push(cause);
    };
    for (let start = 0; start < piece.length; ) {
      const character = String.fromCodePoint(piece.codePointAt(start) as number);
      const end = start + character.length;
      const spelled = (start > 0 ? this.#data.prefix : '') + character + (end === piece.length ? this.#data.suffix : '');
      const id = this.#ids.get(spelled);
      const bytes = id === undefined && this.#data.byteFallback ? this.#bytes(spelled) : undefined;
      if (id !== undefined) add(id, start, end, 'known');
      else if (bytes) for (const byte of bytes) add(byte, start, end, 'byte');
      else if (this.#data.fuseUnknown && symbols.causes.at(-1) === 'unknown') symbols.ends[symbols.ends.length - 1] = end;
      else add(this.#unknownId(character), start, end, 'unknown');
      start = end;
    }
    return symbols;
  }

  /** The ids of the bytes of a text, or undefined if a byte has no token. */
  #bytes(text: string): number[] | undefined {
    const ids = Array.from(encoder.encode(text), (byte) => this.#ids.get(tokenOfByte(byte)));
    return ids.every((id) => id !== undefined) ? ids : undefined;
  }

  #unknownId(character: string): number {
    if (this.#unknown === undefined) throw new RangeError(`Cannot encode ${describeCharacter(character)}: it is no token, and there is no unknown token.`);
    return this.#unknown;
  }
}

function mergesOf({ merges, tokens, prefix, reserved }: BpeData, ids: ReadonlyMap<string, number>): (Merge | undefined)[] {
  const firstPlace = new Map<number, number>();
  return merges.map(([left, right], rank) => {
    const refuse = (why: string): never => {
      throw new RangeError(`merges[${rank}], ${quote(left)} and ${quote(right)}, ${why}.`);
    };
    const idOf = (token: string): number => ids.get(token) ?? refuse(`needs the token ${quote(token)}, which is not in the vocabulary`);
    const merge = { left: idOf(left), right: idOf(right), result: idOf(left + right.slice(prefix.length)) };
    const pair = merge.left * tokens.length + merge.right;
    if (firstPlace.has(pair)) refuse(`repeats merges[${firstPlace.get(pair)}]`);
    firstPlace.set(pair, rank);
    // Text must not become a special token, not even by merging.
    return reserved.has(merge.left) || reserved.has(merge.right) || reserved.has(merge.result) ? undefined : merge;
  });
}
