// Between texts and ids: a unit with the vocabulary that it learned, or somebody else's tokenizer.
import { TokenTable } from './token-table.js';
import { type TextUnit, type UnitName, unitNamed } from './units.js';

/** Any tokenizer, such as those of @kk/tokenizer. */
export interface TokenCodec {
  encode(text: string): ArrayLike<number>;
  decode(ids: number[]): string;
  readonly vocabSize: number;
}

/** Where each token stands in its text, in UTF-16 code units; start and end tokens are empty. */
export interface Spans {
  starts: ArrayLike<number>;
  ends: ArrayLike<number>;
}

export const START = '<s>';
export const END = '</s>';
export const UNKNOWN = '<unk>';

export interface TextCoder {
  readonly vocabSize: number;
  /** What each id stands for. */
  readonly tokens: readonly string[];
  /** -1 where there is none. */
  readonly startToken: number;
  readonly endToken: number;
  readonly unknownToken: number;
  /** The ids of a text to train on: units that are new get ids, if the vocabulary is open. */
  learn(text: string): Int32Array;
  /**
   * The ids of a text. `open`: the last sentence goes on, so that it has no end token. `foreign`: what an unknown unit becomes; without it
   * that is the unknown token or, where there is none, an error.
   */
  encode(text: string, options?: { open?: boolean; foreign?: number }): Int32Array;
  decode(ids: ArrayLike<number>): string;
  /** Where the tokens of learn() and encode() stand. */
  spans(text: string): Spans;
  copy(): TextCoder;
}

export interface UnitCoderOptions {
  unit: UnitName;
  sentences: boolean;
  unknowns: boolean;
}

/** Units with their own vocabulary, in the order of first appearance after the special tokens. */
export class UnitCoder implements TextCoder {
  readonly options: UnitCoderOptions;
  /** Do new units get ids? */
  #isOpen = true;
  readonly #unit: TextUnit;
  readonly #table = new TokenTable();

  constructor(options: UnitCoderOptions, tokens?: readonly string[]) {
    this.options = options;
    this.#unit = unitNamed(options.unit);
    for (const token of tokens ?? this.#specials()) this.#table.add(token);
  }

  get vocabSize(): number {
    return this.#table.size;
  }

  get tokens(): readonly string[] {
    return this.#table.tokens;
  }

  get startToken(): number {
    return this.options.sentences ? this.#table.find(START) : -1;
  }

  get endToken(): number {
    return this.options.sentences ? this.#table.find(END) : -1;
  }

  get unknownToken(): number {
    return this.options.unknowns ? this.#table.find(UNKNOWN) : -1;
  }

  get unit(): TextUnit {
    return this.#unit;
  }

  /** Closes the vocabulary with the units that occur at least `minCount` times in all texts together, weights counted. */
  restrict(texts: Iterable<{ text: string; weight: number }>, minCount: number): void {
    const counts = new Map<string, number>();
    for (const { text, weight } of texts) for (const token of this.#unit.split(text, this.options.sentences ? { sentences: [] } : undefined)) counts.set(token, (counts.get(token) ?? 0) + weight);
    for (const [token, count] of counts) if (count >= minCount) this.#table.add(token);
    this.#isOpen = false;
  }

  learn(text: string): Int32Array {
    return this.#encode(text, (token) => (this.#isOpen ? this.#table.add(token) : this.unknownToken), false);
  }

  encode(text: string, { open = false, foreign = this.unknownToken }: { open?: boolean; foreign?: number } = {}): Int32Array {
    return this.#encode(text, (token) => this.#variant(token) ?? this.#foreign(token, foreign), open);
  }

  decode(ids: ArrayLike<number>): string {
    const parts: string[] = [];
    let sentence: string[] = [];
    for (let i = 0; i < ids.length; i++) {
      const token = this.tokens[ids[i]];
      if (token === undefined) throw new RangeError(`ids[${i}] is ${String(ids[i])}: expected an id from 0 to ${this.vocabSize - 1}`);
      if (ids[i] === this.startToken) continue;
      if (ids[i] === this.endToken) {
        if (this.#unit.betweenSentences === '') continue;
        parts.push(this.#unit.join(sentence));
        sentence = [];
      } else {
        sentence.push(token);
      }
    }
    parts.push(this.#unit.join(sentence));
    return parts.join(this.#unit.betweenSentences);
  }

  spans(text: string): Spans {
    const starts: number[] = [];
    const ends: number[] = [];
    const sentences: number[] = [];
    this.#unit.split(text, this.options.sentences ? { starts, ends, sentences } : { starts, ends });
    if (!this.options.sentences) return { starts, ends };
    const all: { starts: number[]; ends: number[] } = { starts: [], ends: [] };
    sentences.forEach((first, i) => {
      const after = sentences[i + 1] ?? starts.length;
      all.starts.push(starts[first], ...starts.slice(first, after), ends[after - 1]);
      all.ends.push(starts[first], ...ends.slice(first, after), ends[after - 1]);
    });
    return all;
  }

  copy(): UnitCoder {
    const copy = new UnitCoder(this.options, this.tokens);
    copy.#isOpen = this.#isOpen;
    return copy;
  }

  /** @param unknown what a token is that is not in the table */
  #encode(text: string, unknown: (token: string) => number, open: boolean): Int32Array {
    const { startToken, endToken } = this;
    const { sentences } = this.options;
    let ids = new Int32Array(256);
    let size = 0;
    const push = (id: number): void => {
      if (size === ids.length) {
        const longer = new Int32Array(size * 2);
        longer.set(ids);
        ids = longer;
      }
      ids[size++] = id;
    };
    const pushToken = (string: string, from: number, to: number): void => {
      const known = this.#table.find(string, from, to);
      if (sentences && known >= 0 && (known === startToken || known === endToken)) {
        throw new RangeError(`the text holds ${this.tokens[known]}, which stands for the boundary of a sentence; take it out, or train without sentences`);
      }
      push(known >= 0 ? known : unknown(string.slice(from, to)));
    };
    const pushSentence = (): void => {
      if (size > 0) push(endToken);
      push(startToken);
    };
    if (this.#unit.scan !== undefined) {
      this.#unit.scan(text, (from, to) => pushToken(text, from, to), sentences ? pushSentence : undefined);
    } else {
      const notes = sentences ? { sentences: [] as number[] } : undefined;
      const tokens = this.#unit.split(text, notes);
      let next = 0;
      for (let i = 0; i < tokens.length; i++) {
        if (notes !== undefined && notes.sentences[next] === i) {
          pushSentence();
          next++;
        }
        pushToken(tokens[i], 0, tokens[i].length);
      }
    }
    if (sentences && size > 0 && !open) push(endToken);
    return ids.slice(0, size);
  }

  #specials(): string[] {
    return [...(this.options.unknowns ? [UNKNOWN] : []), ...(this.options.sentences ? [START, END] : [])];
  }

  #variant(token: string): number | undefined {
    const id = this.#unit.variants(token).reduce((known, variant) => (known >= 0 ? known : this.#table.find(variant)), -1);
    return id < 0 ? undefined : id;
  }

  #foreign(token: string, foreign: number): number {
    if (foreign >= 0) return foreign;
    throw new RangeError(`${JSON.stringify(token.trim() || token)} does not occur in the training text; leave it out, or train on a text that has it, or with unknowns: true`);
  }
}

/** The ids of a tokenizer. */
export class CodecCoder implements TextCoder {
  readonly startToken = -1;
  readonly endToken = -1;
  readonly unknownToken = -1;
  #tokens: readonly string[] | undefined;

  /** @throws TypeError if it is no tokenizer */
  constructor(readonly codec: TokenCodec) {
    if (typeof codec?.encode !== 'function' || typeof codec.decode !== 'function' || !Number.isInteger(codec.vocabSize)) {
      throw new TypeError('unit must be the name of a unit or a tokenizer with encode(text), decode(ids) and vocabSize');
    }
  }

  get vocabSize(): number {
    return this.codec.vocabSize;
  }

  get tokens(): readonly string[] {
    this.#tokens ??= Array.from({ length: this.vocabSize }, (_, id) => this.codec.decode([id]));
    return this.#tokens;
  }

  learn(text: string): Int32Array {
    return Int32Array.from(this.codec.encode(text));
  }

  encode(text: string): Int32Array {
    return this.learn(text);
  }

  decode(ids: ArrayLike<number>): string {
    return this.codec.decode(Array.from(ids));
  }

  /** Tokens are decoded one by one: exact where each is whole characters, else within the character that a token splits. */
  spans(text: string): Spans {
    const starts: number[] = [];
    const ends: number[] = [];
    let at = 0;
    for (const id of this.learn(text)) {
      starts.push(at);
      at = Math.min(text.length, at + this.codec.decode([id]).length);
      ends.push(at);
    }
    return { starts, ends };
  }

  copy(): CodecCoder {
    return this;
  }
}
