// Unigram, SentencePiece's model: every token has a log probability, and a text is cut so that the sum over its tokens is highest. The
// Viterbi algorithm finds this cut in time linear in the text. Source: Kudo 2018, "Subword Regularization"; SentencePiece's
// `EncodeOptimized`.

import { tokenOfByte } from '../decoders/byte-fallback.js';
import { quote } from '../text/well-formed.js';
import { type ModelJSON } from '../tokenizer.js';
import { type EmitToken, type Model, wordGapsOf } from './model.js';
import { NONE, ROOT, Trie } from './trie.js';

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
  /** More ids that the model never produces from text: bytes, unused tokens, and user-defined symbols, which are added tokens. */
  unreachable?: ReadonlySet<number>;
}

/** The log probability of an unknown character is this much below that of the least probable token, in nats. */
const UNKNOWN_PENALTY = 10;

const encoder = /* @__PURE__ */ new TextEncoder();

export class Unigram implements Model {
  readonly kind = 'unigram';
  readonly #data: UnigramData;
  readonly #trie = new Trie();
  readonly #scores: Float64Array;
  readonly #unknownScore: number;
  readonly #ids: ReadonlyMap<string, number>;
  #wordGaps: string | undefined;
  /** Rounds the score of a path. */
  readonly #round: (score: number) => number;

  constructor(data: UnigramData) {
    this.#data = data;
    this.#round = data.bits === 32 ? Math.fround : (score) => score;
    this.#scores = Float64Array.from(data.pieces, ([, score]) => this.#round(score));
    this.#ids = new Map(data.pieces.map(([token], id) => [token, id]));
    let lowest = Infinity;
    data.pieces.forEach(([token], id) => {
      const isReserved = data.reserved.has(id);
      if (!isReserved) this.#trie.set(token, id);
      // SentencePiece looks at ordinary tokens only, Hugging Face at all of them.
      if (data.bits !== 32 || !isReserved) lowest = Math.min(lowest, this.#scores[id]);
    });
    this.#unknownScore = this.#round(lowest - UNKNOWN_PENALTY);
  }

  get wordGaps(): string {
    this.#wordGaps ??= wordGapsOf(this.#ids);
    return this.#wordGaps;
  }

  tokenize(piece: string, emit: EmitToken): void {
    const { ids, starts } = this.#bestPath(piece);
    // Follows the path back from its end. Adjacent unknown characters become one token.
    const path: [id: number, start: number, end: number][] = [];
    for (let end = piece.length; end > 0; ) {
      const start = starts[end];
      const next = path.at(-1);
      if (ids[end] === NONE && next && next[0] === NONE) next[1] = start;
      else path.push([ids[end], start, end]);
      end = start;
    }
    for (const [id, start, end] of path.reverse()) {
      if (id === NONE) this.#emitUnknown(piece, start, end, emit);
      else emit(id, start, end, 'known');
    }
  }

  toJSON(): ModelJSON {
    const { pieces, unknownId, byteFallback } = this.#data;
    return { type: 'Unigram', unk_id: unknownId ?? null, vocab: pieces.map(([token, score]): [string, number] => [token, score]), byte_fallback: byteFallback };
  }

  /** For every place of the piece: the last token of the best cut up to there, as its start and its id (NONE for unknown). */
  #bestPath(piece: string): { ids: Int32Array; starts: Int32Array } {
    const ids = new Int32Array(piece.length + 1);
    const starts = new Int32Array(piece.length + 1).fill(NONE);
    const best = new Float64Array(piece.length + 1);
    const trie = this.#trie;
    const offer = (id: number, start: number, end: number, score: number): void => {
      if (starts[end] !== NONE && score <= best[end]) return;
      best[end] = this.#round(score);
      starts[end] = start;
      ids[end] = id;
    };
    for (let start = 0; start < piece.length; ) {
      const size = (piece.codePointAt(start) as number) > 0xffff ? 2 : 1;
      let coversOne = false;
      let node = ROOT;
      for (let end = start; end < piece.length; ) {
        node = trie.child(node, piece.charCodeAt(end++));
        if (node === NONE) break;
        const id = trie.value(node);
        if (id === NONE) continue;
        // If the piece contains the text of the unknown token, that token competes with its own score, but counts as unknown.
        offer(id === this.#data.unknownId ? NONE : id, start, end, best[start] + this.#scores[id]);
        if (end === start + size) coversOne = true;
      }
      if (!coversOne) offer(NONE, start, start + size, this.#round(best[start] + this.#unknownScore));
      start += size;
    }
    return { ids, starts };
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
