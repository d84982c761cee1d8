// Looks up whole words or single characters: one token per piece.

import { quote } from '../../text/well-formed.js';
import type { ModelJSON } from '../../core/tokenizer.js';
import { idsByToken, type TokenList } from '../../core/vocabulary.js';
import { type EmitToken, type Model, vocabularyObject } from '../model.js';

export interface WordLevelData {
  /** The model's own tokens, by id. */
  tokens: TokenList;
  /** The token for pieces that are not in the vocabulary. If undefined or not in the vocabulary itself, such a piece is an error. */
  unknownToken: string | undefined;
  /** Ids that text never produces: the special tokens. */
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

  /** Empty, because a piece is looked up as a whole. */
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
