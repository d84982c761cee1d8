// Encodes with byte-pair encoding over characters, with all options of tokenizer.json: unknown tokens, bytes for unknown characters,
// markers for the inside and the end of words. Byte-level BPE is in byte-level/.
// Source: Sennrich, Haddow and Birch 2016; Hugging Face's `BPE`.

import { MergeTable } from './merge-table.js';
import { mergePiece, mergeByHeap } from './merge-piece.js';
import type { MergeRules } from './merge-rules.js';
import { mergesByIds } from './merges-by-ids.js';
import { mergesPerRank, TiedMerges } from './tied-merges.js';
import { tokenOfByte } from '../../text/byte-tokens.js';
import { describeCharacter, quote } from '../../text/well-formed.js';
import type { ModelJSON } from '../../core/tokenizer.js';
import { idsByToken, type TokenList } from '../../core/vocabulary.js';
import { type EmitToken, type Model, type TokenCause, vocabularyObject, wordGapsOf } from '../model.js';

export interface BpeData {
  /** The model's own tokens, by id. */
  tokens: TokenList;
  /** Pairs of tokens that merge into one, in order of rank. */
  merges: readonly (readonly [string, string])[];
  /** The token for a character that has none. Undefined: such a character is left out, as in the reference, and its neighbours can merge. Not in the vocabulary: an error. */
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
  /** The rank of each merge, for files in which several merges share a rank; the lowest goes first, and none is lower than the one before. Default: the index in the list. */
  ranks?: ArrayLike<number>;
}

/** The symbols that merging starts from: their ranges of UTF-16 units, and causes. */
interface Symbols {
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
  readonly #rules: MergeRules;
  /** Work space: the ids of a piece, and the first symbol of each. */
  #work = new Int32Array(256);
  #firsts = new Int32Array(256);
  #wordGaps: string | undefined;

  /** @throws {RangeError} when a merge is unknown, repeated, or leads to no token */
  constructor(data: BpeData) {
    this.#data = data;
    const ids = idsByToken(data.tokens);
    const table = new MergeTable(mergesByIds(data.merges, data.tokens.length, { idOf: (token) => ids.get(token), excluded: data.reserved, prefix: data.prefix }));
    this.#rules = data.ranks ? new TiedMerges(table, data.ranks) : table;
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
    const { starts, ends, causes } = this.#symbols(piece);
    const length = starts.length;
    const ids = this.#work;
    const firsts = this.#firsts;
    const count = dropped ? mergeByHeap(ids, length, this.#rules, { firsts, skips: dropped }) : mergePiece(ids, length, this.#rules, { firsts });
    for (let i = 0; i < count; i++) {
      const first = firsts[i];
      const last = (i + 1 < count ? firsts[i + 1] : length) - 1;
      emit(ids[i], starts[first], ends[last], last === first ? causes[last] : 'known');
    }
  }

  toJSON(): ModelJSON {
    const { tokens, merges, unknownToken, prefix, suffix, fuseUnknown, byteFallback, ignoreMerges, dropout, ranks } = this.#data;
    const perRank = ranks && mergesPerRank(ranks);
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
      ...(perRank && { merges_per_rank: perRank }),
    };
  }

  /** Finds what merging starts from, and writes the ids to the work space. */
  #symbols(piece: string): Symbols {
    const symbols: Symbols = { starts: [], ends: [], causes: [] };
    const add = (id: number, start: number, end: number, cause: TokenCause): void => {
      this.#setSymbol(symbols.starts.length, id);
      symbols.starts.push(start);
      symbols.ends.push(end);
      symbols.causes.push(cause);
    };
    // As in the reference, an unknown token waits for the next character that is a token. Bytes in between go before it, and two unknown
    // characters with nothing but bytes in between fuse.
    let waiting: { id: number; start: number; end: number } | undefined;
    for (let start = 0; start < piece.length; ) {
      const character = String.fromCodePoint(piece.codePointAt(start) as number);
      const end = start + character.length;
      const spelled = (start > 0 ? this.#data.prefix : '') + character + (end === piece.length ? this.#data.suffix : '');
      const id = this.#ids.get(spelled);
      const bytes = id === undefined && this.#data.byteFallback ? this.#bytes(spelled) : undefined;
      if (bytes) for (const byte of bytes) add(byte, start, end, 'byte');
      else if (id === undefined && waiting && this.#data.fuseUnknown) waiting.end = end;
      else {
        if (waiting) add(waiting.id, waiting.start, waiting.end, 'unknown');
        waiting = undefined;
        if (id !== undefined) add(id, start, end, 'known');
        else if (this.#data.unknownToken !== undefined) waiting = { id: this.#unknownId(character), start, end };
      }
      start = end;
    }
    if (waiting) add(waiting.id, waiting.start, waiting.end, 'unknown');
    return symbols;
  }

  #setSymbol(place: number, id: number): void {
    if (place === this.#work.length) {
      const grown = new Int32Array(2 * place);
      grown.set(this.#work);
      this.#work = grown;
      this.#firsts = new Int32Array(2 * place);
    }
    this.#work[place] = id;
  }

  /** The ids of the bytes of a text, or undefined if a byte has no token. */
  #bytes(text: string): number[] | undefined {
    const ids = Array.from(encoder.encode(text), (byte) => this.#ids.get(tokenOfByte(byte)));
    return ids.every((id) => id !== undefined) ? ids : undefined;
  }

  #unknownId(character: string): number {
    if (this.#unknown === undefined) throw new RangeError(`Cannot encode ${describeCharacter(character)}: it is no token, and the unknown token ${quote(this.#data.unknownToken)} is not in the vocabulary.`);
    return this.#unknown;
  }
}
