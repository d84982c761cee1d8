// Encodes with Unigram, SentencePiece's model: every token has a log probability, and a text is cut so that the sum over its tokens is
// highest. Where two sums are nearly equal, rounding decides, and it depends on the sum of everything before. Therefore the sum goes on
// from piece to piece where a text is cut only to be encoded in parts. Source: Kudo 2018, "Subword Regularization".

import { tokenOfByte } from '../../text/byte-tokens.js';
import { quote } from '../../text/well-formed.js';
import type { ModelJSON } from '../../core/tokenizer.js';
import { bestPath, type Path, type Scores } from './best-path.js';
import { type EmitToken, type Model, wordGapsOf } from '../model.js';
import { RecentPieces } from '../recent-pieces.js';
import { NONE, Trie } from './trie.js';

export interface UnigramData {
  /** The model's own tokens with their log probabilities, by id. */
  pieces: readonly (readonly [token: string, score: number])[];
  /** The id for parts that no token covers; undefined: such a part is an error. */
  unknownId: number | undefined;
  /** Whether such a part becomes its byte tokens, if all of these exist. */
  byteFallback: boolean;
  /** Ids that text never produces: special tokens. */
  reserved: ReadonlySet<number>;
  /** The precision of the sums: SentencePiece uses 32 bits, Hugging Face 64. It can decide between cuts of equal score. Default 64. */
  bits?: 32 | 64;
  /** More ids that the model never produces from text: bytes and unused tokens. */
  unreachable?: ReadonlySet<number>;
  /** Added tokens that the model finds itself, with a score that beats almost every other cut: SentencePiece's user-defined symbols. */
  userDefined?: ReadonlySet<number>;
}

/** The log probability of an unknown character is this much below that of the least probable token, in nats. */
const UNKNOWN_PENALTY = 10;
/** SentencePiece's score of a user-defined symbol is this much below the highest score for each of its bytes. */
const SYMBOL_PENALTY = 0.1;
/** The least highest score that SentencePiece assumes: the lowest positive number of 32 bits with full precision. */
const LEAST_HIGHEST = 2 ** -126;

const encoder = /* @__PURE__ */ new TextEncoder();

/** What was found in a piece with nothing before it. */
interface Found {
  ids: readonly number[];
  /** The scores that its cut adds up, one after the other. */
  scores: readonly number[];
  /** Up to this sum of scores before the piece, in amount, rounding cannot change the cut. */
  reach: number;
}

export class Unigram implements Model {
  readonly kind = 'unigram';
  readonly #data: UnigramData;
  readonly #scores: Scores;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #recent = new RecentPieces<Found>();
  /** The greatest amount of a score. */
  readonly #steepest: number;
  #wordGaps: string | undefined;

  constructor(data: UnigramData) {
    this.#data = data;
    const { pieces, reserved, userDefined } = data;
    const single = data.bits === 32;
    const trie = new Trie();
    const of = Float64Array.from(pieces, ([, score]) => (single ? Math.fround(score) : score));
    this.#ids = new Map(pieces.map(([token], id) => [token, id]));
    let lowest = Infinity;
    let highest = LEAST_HIGHEST;
    pieces.forEach(([token], id) => {
      if (!reserved.has(id)) trie.set(token, id);
      // SentencePiece looks at ordinary tokens only, Hugging Face at all of them.
      if (single && (reserved.has(id) || userDefined?.has(id))) return;
      lowest = Math.min(lowest, of[id]);
      highest = Math.max(highest, of[id]);
    });
    for (const id of userDefined ?? []) of[id] = Math.fround(encoder.encode(pieces[id][0]).length * highest) - SYMBOL_PENALTY;
    const unknown = single ? Math.fround(lowest - UNKNOWN_PENALTY) : lowest - UNKNOWN_PENALTY;
    this.#scores = { trie, of, unknown, single };
    this.#steepest = of.reduce((steepest, score) => Math.max(steepest, Math.abs(score)), Math.abs(unknown));
  }

  get wordGaps(): string {
    // A gap that is unknown would join the unknown characters around it.
    this.#wordGaps ??= [...wordGapsOf(this.#ids)].filter((gap) => this.#isKnown(this.#ids.get(gap) as number)).join('');
    return this.#wordGaps;
  }

  /**
   * @param before  the sum of the scores of all tokens before the piece
   * @returns the sum up to the end of the piece
   */
  tokenize(piece: string, emit: EmitToken, before = 0): number {
    const path = bestPath(piece, this.#scores, before);
    this.#emit(piece, path, emit);
    return path.score;
  }

  /** Like `tokenize`, for ids alone: appends them to `ids`. */
  append(piece: string, ids: number[], before: number): number {
    const found = this.#recent.takes(piece) ? (this.#recent.get(piece) ?? this.#find(piece)) : undefined;
    if (!found || (before !== 0 && !(Math.abs(before) <= found.reach))) return this.tokenize(piece, (id) => ids.push(id), before);
    for (const id of found.ids) ids.push(id);
    let sum = before;
    if (this.#scores.single) for (const score of found.scores) sum = Math.fround(sum + score);
    else for (const score of found.scores) sum += score;
    return sum;
  }

  toJSON(): ModelJSON {
    const { pieces, unknownId, byteFallback } = this.#data;
    return { type: 'Unigram', unk_id: unknownId ?? null, vocab: pieces.map(([token, score]): [string, number] => [token, score]), byte_fallback: byteFallback };
  }

  #isKnown(id: number): boolean {
    return id !== this.#data.unknownId && !this.#data.reserved.has(id);
  }

  #find(piece: string): Found {
    const path = bestPath(piece, this.#scores, 0);
    const ids: number[] = [];
    this.#emit(piece, path, (id) => ids.push(id));
    const { of, unknown, single } = this.#scores;
    // Each of the additions, at most one for a unit, is wrong by up to half a unit in the last place of its result. This counts for both
    // cuts of a decision, here and behind a sum.
    const error = 4 * piece.length * 2 ** (single ? -24 : -53);
    const found = { ids, scores: path.ids.map((id) => (id === NONE ? unknown : of[id])), reach: path.margin / error - 2 * piece.length * this.#steepest };
    this.#recent.set(piece, found);
    return found;
  }

  #emit(piece: string, { ids, ends }: Path, emit: EmitToken): void {
    const { unknownId, userDefined } = this.#data;
    for (let i = 0, start = 0; i < ids.length; i++) {
      const id = ids[i];
      // Adjacent unknown characters become one token. If the piece contains the text of the unknown token, it counts as one of them.
      const isUnknown = id === NONE || id === unknownId;
      while (isUnknown && i + 1 < ids.length && (ids[i + 1] === NONE || ids[i + 1] === unknownId)) i++;
      if (isUnknown) this.#emitUnknown(piece, start, ends[i], emit);
      else emit(id, start, ends[i], userDefined?.has(id) ? 'added' : 'known');
      start = ends[i];
    }
  }

  #emitUnknown(piece: string, start: number, end: number, emit: EmitToken): void {
    const text = piece.slice(start, end);
    const { unknownId, byteFallback } = this.#data;
    if (unknownId !== undefined && text === this.#data.pieces[unknownId][0]) return emit(unknownId, start, end, 'unknown');
    if (byteFallback) {
      const bytes = Array.from(encoder.encode(text), (byte) => this.#ids.get(tokenOfByte(byte)));
      if (bytes.every((id) => id !== undefined)) return bytes.forEach((id) => emit(id, start, end, 'byte'));
    }
    if (unknownId === undefined) throw new RangeError(`Cannot encode ${quote(text)}: no token covers it, and there is no unknown token.`);
    emit(unknownId, start, end, 'unknown');
  }
}
