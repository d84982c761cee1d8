// Encodes with WordPiece, BERT's model: takes the longest matching token from the left, and repeats. A word that cannot be covered
// completely is unknown. Tokens inside a word begin with a prefix, ##. Source: Schuster and Nakajima 2012; Devlin et al. 2018.

import { quote } from '../../text/well-formed.js';
import type { ModelJSON } from '../../core/tokenizer.js';
import { idsByToken, type TokenList } from '../../core/vocabulary.js';
import { type EmitToken, type Model, vocabularyObject } from '../model.js';

export interface WordPieceData {
  /** The model's own tokens, by id. */
  tokens: TokenList;
  unknownToken: string;
  /** The prefix of tokens inside a word. */
  prefix: string;
  /** Words with more characters become the unknown token. */
  maxCharactersPerWord: number;
  /** Ids that text never produces: the special tokens. */
  reserved: ReadonlySet<number>;
}

export class WordPiece implements Model {
  readonly kind = 'word-piece';
  readonly #data: WordPieceData;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #unknown: number | undefined;
  /** The length of the longest token in UTF-16 units, prefix included. */
  readonly #longestToken: number;

  constructor(data: WordPieceData) {
    this.#data = data;
    const ids = idsByToken(data.tokens);
    this.#unknown = ids.get(data.unknownToken);
    for (const id of data.reserved) ids.delete(data.tokens[id] ?? '');
    this.#ids = ids;
    this.#longestToken = data.tokens.reduce((longest, token) => Math.max(longest, token?.length ?? 0), 0);
  }

  /** Empty, because a piece is known or unknown as a whole. */
  get wordGaps(): string {
    return '';
  }

  tokenize(piece: string, emit: EmitToken): void {
    const ids: number[] = [];
    const ends: number[] = [];
    if (isLonger(piece, this.#data.maxCharactersPerWord) || !this.#cover(piece, ids, ends)) return this.#giveUp(piece, emit);
    ids.forEach((id, i) => emit(id, i === 0 ? 0 : ends[i - 1], ends[i], 'known'));
  }

  toJSON(): ModelJSON {
    const { tokens, unknownToken, prefix, maxCharactersPerWord } = this.#data;
    return { type: 'WordPiece', unk_token: unknownToken, continuing_subword_prefix: prefix, max_input_chars_per_word: maxCharactersPerWord, vocab: vocabularyObject(tokens) };
  }

  /** Covers a word with tokens; returns false if a part of it has no token. */
  #cover(word: string, ids: number[], ends: number[]): boolean {
    for (let start = 0; start < word.length; ) {
      const prefix = start > 0 ? this.#data.prefix : '';
      let end = Math.min(word.length, start + this.#longestToken - prefix.length);
      let id: number | undefined;
      for (; end > start; end--) {
        id = this.#ids.get(prefix + word.slice(start, end));
        if (id !== undefined) break;
      }
      if (id === undefined) return false;
      ids.push(id);
      ends.push(end);
      start = end;
    }
    return true;
  }

  #giveUp(piece: string, emit: EmitToken): void {
    if (this.#unknown === undefined) throw new RangeError(`Cannot encode ${quote(piece)}: the vocabulary does not cover it, and the unknown token ${quote(this.#data.unknownToken)} is not in the vocabulary.`);
    emit(this.#unknown, 0, piece.length, 'unknown');
  }
}

/** Whether a text has more than `characters` characters (code points). */
function isLonger(text: string, characters: number): boolean {
  return text.length > characters && (text.length > 2 * characters || [...text].length > characters);
}
