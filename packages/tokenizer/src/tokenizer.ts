// The one interface behind every tokenizer of this package, and the shape of the file it is saved as.
// Types only: the algorithms live in tokenizers/ and models/, the readers of files in formats/.

import { type Encoding } from './pipeline/encoding.js';
import { type Padding, type Truncation } from './pipeline/options.js';

/** What a tokenizer splits text into. A new algorithm adds its name here. */
export type TokenizerKind = 'character' | 'word' | 'byte-pair' | 'word-piece' | 'unigram';

/** Which special tokens a text may hold. */
export interface SpecialTokenSelection {
  /**
   * The special tokens whose text may turn into their ids: all of them, or the ones listed.
   * Without it the text of a special token is ordinary text, so that nobody smuggles one in through user input.
   */
  allowedSpecial?: 'all' | Iterable<string>;
  /**
   * The special tokens whose text is an error where it is not allowed: all of them, or the ones listed. Default: none.
   * `'all'` is what tiktoken does unless told otherwise; the default here cannot be used to make a program fail.
   */
  disallowedSpecial?: 'all' | Iterable<string>;
}

/** BPE dropout: every merge is left out with some probability, so that a model in training sees a text cut in many ways. */
export interface Dropout {
  /** From 0, no merge is left out, to 1, all are. */
  probability: number;
  /** The same seed, the same ids. */
  seed: number;
}

export interface EncodeOptions extends SpecialTokenSelection {
  /** Whether to add the tokens that the model expects around a text, such as [CLS] and [SEP]. Default true. */
  addSpecialTokens?: boolean;
  /** A second text, as for a question and its context. */
  pair?: string;
  /** Cuts off what is too long. Default: what the tokenizer's file says; `false` for not at all. */
  truncation?: Truncation | false;
  /** Fills up what is too short. Default: what the tokenizer's file says; `false` for not at all. */
  padding?: Padding | false;
  /** For byte-pair tokenizers. Default: none, the same ids every time. */
  dropout?: Dropout;
}

export interface DetailOptions extends EncodeOptions {
  /** Whether to give offsets in UTF-8 bytes as well. Default false. */
  byteOffsets?: boolean;
}

export interface DecodeOptions {
  /** Leave special tokens out of the text. Default false. */
  skipSpecialTokens?: boolean;
}

/** Ids to text one by one; see StreamDecoder. */
export interface DecodingStream {
  push(id: number): string;
  end(): string;
}

/** Text to ids part by part; see StreamEncoder. */
export interface EncodingStream {
  push(text: string): number[];
  end(): number[];
}

/** Text to token ids and back. Ids run from 0 to `vocabSize` - 1 without holes. Lone surrogates in text count as U+FFFD. */
export interface Tokenizer {
  readonly kind: TokenizerKind;
  /** The number of tokens, special ones included. */
  readonly vocabSize: number;
  /** Special token -> id, in the order of their ids. */
  readonly specialTokens: ReadonlyMap<string, number>;

  /**
   * The ids of a text.
   * @throws {TypeError} when `text` is no string
   * @throws {RangeError} when `allowedSpecial` names no special token, or the text holds something that has no id
   */
  encode(text: string, options?: EncodeOptions): number[];

  /** The ids of several texts, padded to the longest where the options or the file ask for padding. */
  encodeBatch(texts: readonly string[], options?: EncodeOptions): number[][];

  /** The ids of a text with everything known about each: its token, where it stands, which word it is part of, why it is one. */
  encodeWithDetails(text: string, options?: DetailOptions): Encoding;

  /** How many ids a text has, before truncation and padding. */
  count(text: string, options?: EncodeOptions): number;

  /** Whether a text has at most `limit` ids, before truncation and padding; a long text is not read to its end. */
  isWithinLimit(text: string, limit: number, options?: EncodeOptions): boolean;

  /** Encodes a text that comes in parts; see StreamEncoder. */
  startEncoding(options?: EncodeOptions): EncodingStream;

  /**
   * The text of ids. Bytes that are no UTF-8 (a character cut in half) become U+FFFD.
   * @throws {TypeError} when `ids` is no list
   * @throws {RangeError} when an id is no integer from 0 to `vocabSize` - 1
   */
  decode(ids: ArrayLike<number>, options?: DecodeOptions): string;

  /** The texts of several lists of ids. */
  decodeBatch(batch: readonly ArrayLike<number>[], options?: DecodeOptions): string[];

  /** Decodes ids that come one by one; see StreamDecoder. */
  startDecoding(options?: DecodeOptions): DecodingStream;

  /** The id of a token as `tokenizer.json` spells it (byte-level: `Ġthe` for " the"), or undefined. */
  tokenToId(token: string): number | undefined;

  /** The token of an id as `tokenizer.json` spells it, or undefined when there is no such id. */
  idToToken(id: number): string | undefined;

  /**
   * The UTF-8 bytes an id adds to a text that has already begun, possibly part of a character; a copy.
   * @throws {RangeError} when `id` is no integer from 0 to `vocabSize` - 1
   */
  tokenBytes(id: number): Uint8Array;

  /** Hugging Face's `tokenizer.json` as an object; `JSON.stringify(tokenizer)` writes the file. */
  toJSON(): TokenizerJSON;
}

/** One step of Hugging Face's pipeline: its type and that type's own fields. */
export interface ComponentJSON {
  type: string;
  [field: string]: unknown;
}

export interface AddedTokenJSON {
  id: number;
  content: string;
  single_word: boolean;
  lstrip: boolean;
  rstrip: boolean;
  normalized: boolean;
  special: boolean;
}

export interface ModelJSON extends ComponentJSON {
  /** Token -> id; for Unigram a list of tokens and their log probabilities, in the order of ids. */
  vocab: Record<string, number> | [token: string, score: number][];
}

/** The content of a `tokenizer.json` as this package writes it. */
export interface TokenizerJSON {
  version: '1.0';
  truncation: object | null;
  padding: object | null;
  added_tokens: AddedTokenJSON[];
  normalizer: ComponentJSON | null;
  pre_tokenizer: ComponentJSON | null;
  post_processor: ComponentJSON | null;
  decoder: ComponentJSON | null;
  model: ModelJSON;
}
