// What all tokenizers share: the vocabulary, added tokens, decoding through bytes. An algorithm adds how ordinary text
// becomes ids, what bytes a token stands for, and how it is written to a file.

import { type AddedToken, AddedTokens } from '../added-tokens';
import { TokenBytes } from '../token-bytes';
import { type DecodeOptions, type EncodeOptions, type Tokenizer, type TokenizerJSON, type TokenizerKind } from '../tokenizer';
import { quote } from '../text/well-formed';
import { Vocabulary } from '../vocabulary';

/** What every tokenizer is made of. */
export interface VocabularyData {
  /** The token of every id, special and other added tokens included. */
  tokens: readonly string[];
  /** Which of the tokens are special or otherwise added. Default none. */
  addedTokens?: readonly AddedToken[];
}

const encoder = new TextEncoder();

export abstract class VocabularyTokenizer implements Tokenizer {
  abstract readonly kind: TokenizerKind;
  protected readonly vocabulary: Vocabulary;
  protected readonly added: AddedTokens;
  #tokenBytes: TokenBytes | undefined;

  constructor({ tokens, addedTokens = [] }: VocabularyData) {
    this.vocabulary = new Vocabulary(tokens);
    this.added = new AddedTokens(addedTokens, this.vocabulary);
  }

  /** Appends the ids of a text without added tokens, which starts at the unit `offset` of the whole text. */
  protected abstract encodeOrdinary(text: string, ids: number[], offset: number): void;

  abstract toJSON(): TokenizerJSON;

  /** The bytes of a token that is not an added one. */
  protected ordinaryBytes(token: string): Uint8Array {
    return encoder.encode(token);
  }

  get vocabSize(): number {
    return this.vocabulary.size;
  }

  get specialTokens(): ReadonlyMap<string, number> {
    return this.added.special;
  }

  encode(text: string, options: EncodeOptions = {}): number[] {
    if (typeof text !== 'string') throw new TypeError(`encode got ${quote(text)}; expected a string.`);
    const ids: number[] = [];
    this.added.split(
      text,
      options.allowedSpecial,
      (start, end) => this.encodeOrdinary(text.slice(start, end), ids, start),
      (id) => ids.push(id),
    );
    return ids;
  }

  decode(ids: ArrayLike<number>, options: DecodeOptions = {}): string {
    if (typeof ids?.length !== 'number') throw new TypeError(`decode got ${quote(ids)}; expected a list of token ids.`);
    for (let i = 0; i < ids.length; i++) this.vocabulary.check(ids[i]);
    if (!options.skipSpecialTokens || this.added.special.size === 0) return this.#bytes().decode(ids);
    const special = new Set(this.added.special.values());
    return this.#bytes().decode(Array.from(ids).filter((id) => !special.has(id)));
  }

  tokenToId(token: string): number | undefined {
    return this.vocabulary.id(token);
  }

  idToToken(id: number): string | undefined {
    return this.vocabulary.token(id);
  }

  tokenBytes(id: number): Uint8Array {
    this.vocabulary.check(id);
    return this.#bytes().of(id);
  }

  #bytes(): TokenBytes {
    if (!this.#tokenBytes) {
      this.#tokenBytes = new TokenBytes(this.vocabSize, (id) => {
        const token = this.vocabulary.token(id) as string;
        return this.added.ids.has(id) ? encoder.encode(token) : this.ordinaryBytes(token);
      });
    }
    return this.#tokenBytes;
  }
}
