// WordPiece, BERT's model: from the left, again and again the longest token that fits; a word that cannot be covered is unknown.
// Tokens that go on inside a word begin with a prefix, ##. Source: Schuster and Nakajima 2012; Devlin et al. 2018.

import { quote } from '../text/well-formed.js';
import { type ModelJSON } from '../tokenizer.js';
import { idsByToken, type TokenList } from '../vocabulary.js';
import { type EmitToken, type Model, vocabularyObject } from './model.js';

export interface WordPieceData {
  /** The model's own tokens, by id. */
  tokens: TokenList;
  unknownToken: string;
  /** What tokens inside a word begin with. */
  prefix: string;
  /** Longer words, in characters, are unknown at once. */
  maxCharactersPerWord: number;
  /** Ids that text never becomes: the special tokens. */
  reserved: ReadonlySet<number>;
}

export class WordPiece implements Model {
  readonly kind = 'word-piece';
  readonly #data: WordPieceData;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #unknown: number | undefined;
  /** In UTF-16 units, the prefix included. */
  readonly #longestToken: number;

  constructor(data: WordPieceData) {
    this.#data = data;
    const ids = idsByToken(data.tokens);
    this.#unknown = ids.get(data.unknownToken);
    for (const id of data.reserved) ids.delete(data.tokens[id] ?? '');
    this.#ids = ids;
    this.#longestToken = data.tokens.reduce((longest, token) => Math.max(longest, token?.length ?? 0), 0);
  }

  /** A piece is known, or not, as a whole. */
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

  /** False when a part of the word is no token. */
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

/** Whether a text has more than so many characters (code points). */
function isLonger(text: string, characters: number): boolean {
  return text.length > characters && (text.length > 2 * characters || [...text].length > characters);
}
