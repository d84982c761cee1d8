// Defines the interface of every tokenizer of this package, and the format of its file. Types only: the algorithms are in tokenizers/ and
// models/, the file readers in formats/.

import type { Encoding } from './encoding.js';
import type { Padding, Truncation } from './limits.js';

/** The algorithm of a tokenizer. A new algorithm adds its name here. */
export type TokenizerKind = 'character' | 'word' | 'byte-pair' | 'word-piece' | 'unigram';

/** Which special tokens are recognized in a text. */
export interface SpecialTokenSelection {
  /**
   * The special tokens that are recognized: all, or those listed. By default none are: the text of a special token is ordinary text, so
   * that user input cannot smuggle one in.
   */
  allowedSpecial?: 'all' | Iterable<string>;
  /**
   * The special tokens whose text is an error if not allowed: all, or those listed. Default: none. tiktoken's default is `'all'`; with the
   * default here, user input cannot make a program fail.
   */
  disallowedSpecial?: 'all' | Iterable<string>;
}

/** BPE dropout: each merge is skipped with some probability, so that a model in training sees a text cut in many ways. */
export interface Dropout {
  /** From 0 (no merge is skipped) to 1 (all are). */
  probability: number;
  /** The same seed gives the same ids. */
  seed: number;
}

export interface EncodeOptions extends SpecialTokenSelection {
  /** Whether to add the tokens that the model expects around a text, such as [CLS] and [SEP]. Default true. */
  addSpecialTokens?: boolean;
  /** A second text, for example the context of a question. */
  pair?: string;
  /** Truncates long texts. Default: as in the tokenizer's file; `false`: never. */
  truncation?: Truncation | false;
  /** Pads short texts. Default: as in the tokenizer's file; `false`: never. */
  padding?: Padding | false;
  /** Only for byte-pair tokenizers. Default: none, so that the ids are the same every time. */
  dropout?: Dropout;
}

export interface StreamOptions extends EncodeOptions {
  /**
   * The most UTF-16 units that are held back until a place where the text can be cut without changing an id. If there are more, the text is
   * cut at its last line break, or if there is none between two characters, so that a text of any length can be encoded; a few ids around
   * that place may then differ from those of the whole text. Default Infinity.
   */
  longestWait?: number;
}

export interface DetailOptions extends EncodeOptions {
  /** Whether to include offsets in UTF-8 bytes. Default false. */
  byteOffsets?: boolean;
}

export interface DetailStepsOptions extends DetailOptions {
  /** The UTF-16 units of text that are read in one step. Default 131,072. */
  unitsPerStep?: number;
}

export interface DecodeOptions {
  /** Leave special tokens out of the text. Default false. */
  skipSpecialTokens?: boolean;
}

/** Decodes ids one by one; see StreamDecoder. */
export interface DecodingStream {
  push(id: number): string;
  end(): string;
}

/** Encodes text part by part; see StreamEncoder. */
export interface EncodingStream {
  push(text: string): number[];
  end(): number[];
}

/** Converts text to token ids and back. A misspelt option is a TypeError that names it. Ids run from 0 to `vocabSize` - 1 without holes. Lone surrogates in text count as U+FFFD. */
export interface Tokenizer {
  readonly kind: TokenizerKind;
  /** The number of tokens, special ones included. */
  readonly vocabSize: number;
  /** Special token -> id, in the order of their ids. */
  readonly specialTokens: ReadonlyMap<string, number>;

  /**
   * The ids of a text.
   * @throws {TypeError} when `text` is not a string
   * @throws {RangeError} when `allowedSpecial` names an unknown special token, or a part of the text has no id
   */
  encode(text: string, options?: EncodeOptions): number[];

  /** The ids of several texts, or of pairs of texts, padded to the longest if the options or the file ask for padding. */
  encodeBatch(texts: readonly (string | readonly [text: string, pair: string])[], options?: EncodeOptions): number[][];

  /** The ids of a text with details of each: its token, its range, its word, and how it came about. */
  encodeWithDetails(text: string, options?: DetailOptions): Encoding;

  /**
   * Like `encodeWithDetails`, in steps of some hundredths of a second, with the same result: yields the share of the work that is done, 0 to 1.
   * A text without a place where it can be cut safely is read in one step.
   */
  encodeWithDetailsInSteps(text: string, options?: DetailStepsOptions): Generator<number, Encoding, void>;

  /** How many ids a text has, before truncation and padding. */
  count(text: string, options?: EncodeOptions): number;

  /** Whether a text has at most `limit` ids, before truncation and padding; a long text is not read to its end. */
  isWithinLimit(text: string, limit: number, options?: EncodeOptions): boolean;

  /** Encodes a text that arrives in parts; see StreamEncoder. */
  startEncoding(options?: StreamOptions): EncodingStream;

  /**
   * The text of ids. Invalid UTF-8 (such as half a character) becomes U+FFFD.
   * @throws {TypeError} when `ids` is not a list
   * @throws {RangeError} when an id is not an integer from 0 to `vocabSize` - 1
   */
  decode(ids: ArrayLike<number>, options?: DecodeOptions): string;

  /** The texts of several lists of ids. */
  decodeBatch(batch: readonly ArrayLike<number>[], options?: DecodeOptions): string[];

  /** Decodes ids that arrive one by one; see StreamDecoder. */
  startDecoding(options?: DecodeOptions): DecodingStream;

  /** The id of a token in the spelling of `tokenizer.json` (byte-level: `Ġthe` for " the"), or undefined. */
  tokenToId(token: string): number | undefined;

  /**
   * The token of an id in the spelling of `tokenizer.json`, or undefined if there is no such id.
   * @throws {RangeError} when `id` is not an integer of at least 0
   */
  idToToken(id: number): string | undefined;

  /**
   * The UTF-8 bytes that an id adds to a text (not at its start), possibly only a part of a character; a copy.
   * @throws {RangeError} when `id` is not an integer from 0 to `vocabSize` - 1
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
