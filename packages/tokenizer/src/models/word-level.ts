// A token per piece: whole words, or characters, looked up.

import { quote } from '../text/well-formed.js';
import { type ModelJSON } from '../tokenizer.js';
import { idsByToken, type TokenList } from '../vocabulary.js';
import { type EmitToken, type Model, vocabularyObject } from './model.js';

export interface WordLevelData {
  /** The model's own tokens, by id. */
  tokens: TokenList;
  /** What a piece becomes that is no token; undefined or no token: such a piece is an error. */
  unknownToken: string | undefined;
  /** Ids that text never becomes: the special tokens. */
  reserved: ReadonlySet<number>;
}

export class WordLevel implements Model {
  readonly kind = 'word';
  readonly #data: WordLevelData;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #unknown: number | undefined;

  constructor(data: WordLevelData) {
    this.#data = data;
    const ids = idsByToken(data.tokens);
    this.#unknown = data.unknownToken === undefined ? undefined : ids.get(data.unknownToken);
    for (const id of data.reserved) ids.delete(data.tokens[id] ?? '');
    this.#ids = ids;
  }

  /** A piece is known, or not, as a whole. */
  get wordGaps(): string {
    return '';
  }

  tokenize(piece: string, emit: EmitToken): void {
    const id = this.#ids.get(piece);
    if (id !== undefined) return emit(id, 0, piece.length, 'known');
    if (this.#unknown === undefined) throw new RangeError(`Cannot encode ${quote(piece)}: it is none of the ${this.#data.tokens.length} tokens, and there is no unknown token.`);
    emit(this.#unknown, 0, piece.length, 'unknown');
  }

  toJSON(): ModelJSON {
    return { type: 'WordLevel', vocab: vocabularyObject(this.#data.tokens), unk_token: this.#data.unknownToken ?? '<unk>' };
  }
}
