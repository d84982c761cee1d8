// The one interface behind every tokenizer of this package, and the shape of the file it is saved as.
// Types only: the algorithms live in tokenizers/, the reader of files in formats/.

/** What a tokenizer splits text into. A new algorithm adds its name here. */
export type TokenizerKind = 'character' | 'word' | 'byte-pair';

export interface EncodeOptions {
  /**
   * The special tokens whose text may turn into their ids: all of them, or the ones listed.
   * Without it the text of a special token is ordinary text, so that nobody smuggles one in through user input.
   */
  allowedSpecial?: 'all' | Iterable<string>;
}

export interface DecodeOptions {
  /** Leave special tokens out of the text. Default false. */
  skipSpecialTokens?: boolean;
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

  /**
   * The text of ids. Bytes that are no UTF-8 (a character cut in half) become U+FFFD.
   * @throws {TypeError} when `ids` is no list
   * @throws {RangeError} when an id is no integer from 0 to `vocabSize` - 1
   */
  decode(ids: ArrayLike<number>, options?: DecodeOptions): string;

  /** The id of a token as `tokenizer.json` spells it (byte-level: `Ġthe` for " the"), or undefined. */
  tokenToId(token: string): number | undefined;

  /** The token of an id as `tokenizer.json` spells it, or undefined when there is no such id. */
  idToToken(id: number): string | undefined;

  /**
   * The UTF-8 bytes an id stands for, possibly part of a character; a copy.
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
  /** Token -> id. */
  vocab: Record<string, number>;
}

/** The content of a `tokenizer.json` as this package writes it. */
export interface TokenizerJSON {
  version: '1.0';
  truncation: null;
  padding: null;
  added_tokens: AddedTokenJSON[];
  normalizer: null;
  pre_tokenizer: ComponentJSON;
  post_processor: null;
  decoder: ComponentJSON;
  model: ModelJSON;
}
