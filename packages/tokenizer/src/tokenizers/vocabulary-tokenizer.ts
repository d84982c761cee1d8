// Implements what tokenizers share that consist of a vocabulary and one way to cut text: added tokens, and decoding through bytes. A subclass
// defines how ordinary text becomes ids, which bytes a token stands for, and how it is written to a file.

import { checkOptions } from '@kk/options';
import { GUARD, type GuardedOptions } from '../core/added-token-matcher.js';
import { decodeNames } from '../core/option-names.js';
import { type AddedToken, AddedTokens } from '../core/added-tokens.js';
import type { EncodedPiece, TokenRow } from '../core/encoding.js';
import type { CutPlace } from '../pre-tokenizers/pre-tokenizer.js';
import { TokenBytes } from '../core/token-bytes.js';
import type { DecodeOptions, DecodingStream } from '../core/tokenizer.js';
import { byteBounds } from '../text/byte-bounds.js';
import { IdList } from '../text/id-list.js';
import { quote } from '../text/well-formed.js';
import { checkTokenId, type TokenNames, type Vocabulary } from '../core/vocabulary.js';
import { EncodingTokenizer, type TextDetails } from '../pipeline/encoding-tokenizer.js';
import type { SafeCuts } from '../pipeline/encoding-stream.js';

/** The parts of most of these tokenizers. */
export interface VocabularyData {
  /** The token of every id, including added tokens. */
  tokens: readonly string[];
  /** Which of the tokens are special or other added tokens. Default none. */
  addedTokens?: readonly AddedToken[];
}

const encoder = /* @__PURE__ */ new TextEncoder();

export abstract class VocabularyTokenizer<Names extends TokenNames = Vocabulary> extends EncodingTokenizer {
  protected readonly vocabulary: Names;
  protected readonly added: AddedTokens;
  #bytes: TokenBytes | undefined;
  /** Reused buffer for the ids of the current text. */
  readonly #ids = new IdList();

  constructor(vocabulary: Names, addedTokens: readonly AddedToken[] = []) {
    super();
    this.vocabulary = vocabulary;
    this.added = new AddedTokens(addedTokens, this.vocabulary);
  }

  /** Appends the ids of a text without added tokens; it starts at the unit `offset` of the whole text. */
  protected abstract encodeOrdinary(text: string, ids: IdList, offset: number): void;

  /** Where a text without added tokens can be cut. */
  protected abstract get safeAt(): CutPlace;

  /** Calls `visit` for every piece of a text without added tokens. */
  protected abstract forEachPiece(text: string, visit: (start: number, end: number) => void): void;

  /** The number of bytes of text that an id from `encodeOrdinary` stands for; undefined: the rest of its piece. */
  protected abstract bytesEncodedBy(id: number): number | undefined;

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

  protected idsOf(text: string, options: GuardedOptions): number[] {
    const ids = this.#ids;
    // A text that failed to encode may have left ids here.
    ids.clear();
    this.added.refuseDisallowed(text, options);
    const { inText } = this.added.matchers(options);
    if (inText) {
      inText.split(
        text,
        (start, end) => this.encodeOrdinary(text.slice(start, end), ids, start),
        (id) => ids.push(id),
        options[GUARD],
      );
    } else if (text !== '') {
      this.encodeOrdinary(text, ids, 0);
    }
    return ids.take();
  }

  protected detailsOf(text: string, options: GuardedOptions): TextDetails {
    const rows: TokenRow[] = [];
    const pieces: EncodedPiece[] = [];
    this.added.refuseDisallowed(text, options);
    const ordinary = (from: number, to: number): void => this.#detailOrdinary(text.slice(from, to), from, rows, pieces);
    const { inText } = this.added.matchers(options);
    if (!inText) ordinary(0, text.length);
    const special = (id: number, start: number, end: number): void => {
      rows.push({ id, start, end, word: pieces.length, sequence: null, typeId: 0, origin: 'added', surface: text.slice(start, end) });
      pieces.push({ text: text.slice(start, end), range: [start, end] });
    };
    inText?.split(text, ordinary, special, options[GUARD]);
    return { rows, pieces };
  }

  protected safeCuts(): SafeCuts {
    const contents = this.added.list.map(({ content }) => content);
    const stripping = this.added.list.filter(({ stripRight }) => stripRight).map(({ content }) => content);
    return { at: this.safeAt === 'anywhere' && contents.length > 0 ? 'words' : this.safeAt, avoid: contents.filter((content) => content.includes(' ')), notAfter: stripping };
  }

  decode(ids: ArrayLike<number>, options?: DecodeOptions): string {
    if (options !== undefined) checkOptions('decode', options, decodeNames);
    if (typeof ids !== 'object' || typeof ids?.length !== 'number') throw new TypeError(`decode got ${quote(ids)}; expected a list of token ids.`);
    this.#bytes ??= this.makeTokenBytes();
    const skipped = options?.skipSpecialTokens && this.added.special.size > 0 ? new Set(this.added.special.values()) : undefined;
    return this.#bytes.decode(ids, (id) => this.vocabulary.check(id), skipped);
  }

  startDecoding(options?: DecodeOptions): DecodingStream {
    checkOptions('startDecoding', options, decodeNames);
    const skipped = new Set(options?.skipSpecialTokens ? this.specialTokens.values() : []);
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    return {
      push: (id) => {
        const bytes = this.tokenBytes(id);
        return skipped.has(id) ? '' : decoder.decode(bytes, { stream: true });
      },
      end: () => decoder.decode(),
    };
  }

  tokenToId(token: string): number | undefined {
    return this.vocabulary.id(token);
  }

  idToToken(id: number): string | undefined {
    return this.vocabulary.token(checkTokenId(id, this.vocabSize));
  }

  tokenBytes(id: number): Uint8Array {
    this.vocabulary.check(id);
    this.#bytes ??= this.makeTokenBytes();
    return this.#bytes.of(id);
  }

  /** Walks through the ids and the bytes of the pieces in parallel. */
  #detailOrdinary(text: string, offset: number, rows: TokenRow[], pieces: EncodedPiece[]): void {
    this.#ids.clear();
    this.encodeOrdinary(text, this.#ids, offset);
    const ids = this.#ids.take();
    let token = 0;
    this.forEachPiece(text, (start, end) => {
      const bounds = byteBounds(text, start, end);
      const size = bounds.starts.length;
      for (let byte = 0; byte < size; token++) {
        const id = ids[token];
        const length = this.bytesEncodedBy(id);
        const last = length === undefined ? size : byte + length;
        const origin = this.isUnknown(id) ? 'unknown' : byte === 0 ? 'piece' : 'subword';
        rows.push({ id, start: offset + bounds.starts[byte], end: offset + bounds.ends[last - 1], word: pieces.length, sequence: null, typeId: 0, origin });
        byte = last;
      }
      pieces.push({ text: text.slice(start, end), range: [offset + start, offset + end] });
    });
  }

  /** Whether the id is the unknown token's. */
  protected isUnknown(_id: number): boolean {
    return false;
  }

  /** The bytes of all tokens; called once. */
  protected makeTokenBytes(): TokenBytes {
    return TokenBytes.collect(this.vocabSize, (id) => {
      const token = this.vocabulary.token(id) as string;
      return this.added.ids.has(id) ? encoder.encode(token) : this.ordinaryBytes(token);
    });
  }
}
