// Converts between texts and ids: with a unit and the vocabulary it learned, or with a tokenizer.
import { describe } from '@kk/options';
import { finished, type Steps, within } from '../steps.js';
import { type Spans, SpanList } from './spans.js';
import { TokenTable } from './token-table.js';
import { type TextUnit, type UnitName, unitNamed } from './units.js';

/** Any tokenizer, such as those of @kk/tokenizer. */
export interface TokenCodec {
  encode(text: string): ArrayLike<number>;
  decode(ids: number[]): string;
  readonly vocabSize: number;
  /** The bytes of a token, which may be a part of a character. */
  tokenBytes?(id: number): Uint8Array;
  /** Encodes a text that arrives in parts, so that a long one takes many steps: all results together are those of encode(). */
  startEncoding?(): { push(text: string): ArrayLike<number>; end(): ArrayLike<number> };
}

export type { Spans } from './spans.js';

/** The size of a step; it takes about a tenth of a second. */
const STEP_CHARACTERS = 1 << 18;

export const START = '<s>';
export const END = '</s>';
export const UNKNOWN = '<unk>';

export interface TextCoder {
  /** The tokenizer, if the units are its tokens. */
  readonly codec?: TokenCodec;
  readonly vocabSize: number;
  /** The token of each id. */
  readonly tokens: readonly string[];
  /** -1 if there is none. */
  readonly startToken: number;
  readonly endToken: number;
  readonly unknownToken: number;
  /** The ids of a training text; new units get ids while the vocabulary is open. */
  learn(text: string): Int32Array;
  /** Like learn(), in steps of some hundred thousand characters; a tokenizer without startEncoding() reads the whole text in one step. */
  learnInSteps(text: string): Steps<Int32Array>;
  /**
   * The ids of a text. `open`: the last sentence is unfinished, so it has no end token. `foreign`: the id for an unknown unit; default the
   * unknown token or, if there is none, an error.
   */
  encode(text: string, options?: { open?: boolean; foreign?: number }): Int32Array;
  /** Like encode(), in steps like those of learnInSteps(). */
  encodeInSteps(text: string): Steps<Int32Array>;
  decode(ids: ArrayLike<number>): string;
  /** The ranges of the tokens of learn() and encode(). */
  spans(text: string): Spans;
  /** Like spans(), in steps like those of learnInSteps(). */
  spansInSteps(text: string): Steps<Spans>;
  /** Whether a token is nothing but white space. */
  isBlank(id: number): boolean;
  copy(): TextCoder;
}

export interface UnitCoderOptions {
  unit: UnitName;
  sentences: boolean;
  unknowns: boolean;
}

/** Units with their own vocabulary: special tokens, then units in the order of first appearance. */
export class UnitCoder implements TextCoder {
  readonly options: UnitCoderOptions;
  /** Whether new units get ids. */
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

  /** Restricts the vocabulary to the units that occur at least `minCount` times in all texts together (with weights), and closes it. */
  *restrict(texts: readonly { text: string; weight: number }[], minCount: number): Steps<void> {
    const counts = new Map<string, number>();
    for (const [i, { text, weight }] of texts.entries()) {
      for (const { part, continues, share } of partsOf(text, this.#unit.cut, STEP_CHARACTERS)) {
        const notes = { sentences: this.options.sentences ? [] : undefined, continues };
        for (const token of this.#unit.split(part, notes)) counts.set(token, (counts.get(token) ?? 0) + weight);
        yield (i + share) / texts.length;
      }
    }
    for (const [token, count] of counts) if (count >= minCount) this.#table.add(token);
    this.#isOpen = false;
  }

  learn(text: string): Int32Array {
    return finished(this.#learn(text));
  }

  learnInSteps(text: string, most = STEP_CHARACTERS): Steps<Int32Array> {
    return this.#learn(text, most);
  }

  #learn(text: string, most?: number): Steps<Int32Array> {
    return this.#encode(text, (token) => (this.#isOpen ? this.#table.add(token) : this.unknownToken), false, most);
  }

  encodeInSteps(text: string, most = STEP_CHARACTERS): Steps<Int32Array> {
    return this.#encode(text, (token) => this.#variant(token) ?? this.#foreign(token, this.unknownToken), false, most);
  }

  encode(text: string, { open = false, foreign = this.unknownToken }: { open?: boolean; foreign?: number } = {}): Int32Array {
    return finished(this.#encode(text, (token) => this.#variant(token) ?? this.#foreign(token, foreign), open));
  }

  decode(ids: ArrayLike<number>): string {
    const parts: string[] = [];
    let sentence: string[] = [];
    for (let i = 0; i < ids.length; i++) {
      const token = this.tokens[ids[i]];
      if (token === undefined) throw new RangeError(`ids[${i}] is ${describe(ids[i])}: expected an id from 0 to ${this.vocabSize - 1}`);
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
    return finished(this.spansInSteps(text, Infinity));
  }

  *spansInSteps(text: string, most = STEP_CHARACTERS): Steps<Spans> {
    const spans = new SpanList();
    let end = 0;
    let from = 0;
    for (const { part, continues, share } of partsOf(text, this.#unit.cut, most)) {
      const notes = { starts: [] as number[], ends: [] as number[], sentences: this.options.sentences ? ([] as number[]) : undefined, continues };
      this.#unit.split(part, notes);
      let next = 0;
      for (let i = 0; i < notes.starts.length; i++) {
        const start = from + notes.starts[i];
        if (notes.sentences?.[next] === i) {
          if (spans.length > 0) spans.push(end, end);
          spans.push(start, start);
          next++;
        }
        end = from + notes.ends[i];
        spans.push(start, end);
      }
      from += part.length;
      if (share < 1) yield share;
    }
    if (this.options.sentences && spans.length > 0) spans.push(end, end);
    return spans.take();
  }

  isBlank(id: number): boolean {
    return this.tokens[id].trim() === '';
  }

  copy(): UnitCoder {
    const copy = new UnitCoder(this.options, this.tokens);
    copy.#isOpen = this.#isOpen;
    return copy;
  }

  /**
   * @param unknown the id for a token that is not in the table
   * @param most the approximate number of characters per step
   */
  *#encode(text: string, unknown: (token: string) => number, open: boolean, most = Infinity): Steps<Int32Array> {
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
    const table = this.#table;
    const pushToken = (string: string, from: number, to: number, hash?: number): void => {
      const known = table.find(string, from, to, hash);
      if (sentences && known >= 0 && (known === startToken || known === endToken)) {
        throw new RangeError(`the text holds ${this.tokens[known]}, which stands for the boundary of a sentence; take it out, or train without sentences`);
      }
      push(known >= 0 ? known : unknown(string.slice(from, to)));
    };
    const pushSentence = (): void => {
      if (size > 0) push(endToken);
      push(startToken);
    };
    for (const { part, continues, share } of partsOf(text, this.#unit.cut, most)) {
      if (this.#unit.scan !== undefined) {
        this.#unit.scan(part, (from, to, hash) => pushToken(part, from, to, hash), sentences ? pushSentence : undefined, continues);
      } else {
        const notes = { sentences: sentences ? ([] as number[]) : undefined, continues };
        const tokens = this.#unit.split(part, notes);
        let next = 0;
        for (let i = 0; i < tokens.length; i++) {
          if (notes.sentences?.[next] === i) {
            pushSentence();
            next++;
          }
          pushToken(tokens[i], 0, tokens[i].length);
        }
      }
      if (share < 1) yield share;
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

/** Cuts a text at the unit's cut places into parts of about `most` characters; `share` is the share of the text up to the end of each part. */
function* partsOf(text: string, cut: RegExp, most: number): Generator<{ part: string; continues: boolean; share: number }> {
  let from = 0;
  while (from < text.length) {
    cut.lastIndex = from + most;
    const to = from + most < text.length ? (cut.exec(text)?.index ?? text.length) : text.length;
    yield { part: from === 0 && to === text.length ? text : text.slice(from, to), continues: from > 0, share: to / text.length };
    from = to;
  }
}

/** The ids of a tokenizer. */
export class CodecCoder implements TextCoder {
  readonly startToken = -1;
  readonly endToken = -1;
  readonly unknownToken = -1;
  #tokens: readonly string[] | undefined;
  /** The length of each token's text; -1 where it is not known yet. */
  #lengths: Int32Array | undefined;

  /** @throws TypeError if it is not a tokenizer */
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

  *learnInSteps(text: string, most = STEP_CHARACTERS): Steps<Int32Array> {
    const stream = text.length > most ? this.codec.startEncoding?.() : undefined;
    if (stream === undefined) return this.learn(text);
    const parts: ArrayLike<number>[] = [];
    for (let from = 0; from < text.length; from += most) {
      parts.push(stream.push(text.slice(from, from + most)));
      yield Math.min(1, (from + most) / text.length);
    }
    parts.push(stream.end());
    const ids = new Int32Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      ids.set(part, at);
      at += part.length;
    }
    return ids;
  }

  encode(text: string): Int32Array {
    return this.learn(text);
  }

  encodeInSteps(text: string): Steps<Int32Array> {
    return this.learnInSteps(text);
  }

  decode(ids: ArrayLike<number>): string {
    return this.codec.decode(Array.from(ids));
  }

  /**
   * Decodes tokens one by one. The ranges are exact for tokens of whole characters; otherwise they are within the character that a token
   * splits.
   */
  spans(text: string): Spans {
    return finished(this.spansInSteps(text, Infinity));
  }

  *spansInSteps(text: string, most = STEP_CHARACTERS): Steps<Spans> {
    const ids = yield* within(this.learnInSteps(text, most), 0, 0.5);
    const spans = new SpanList();
    let at = 0;
    for (let i = 0; i < ids.length; i++) {
      const start = at;
      at = Math.min(text.length, at + this.#lengthOf(ids[i]));
      spans.push(start, at);
      if (i % most === most - 1) yield 0.5 + (0.5 * i) / ids.length;
    }
    return spans.take();
  }

  #lengthOf(id: number): number {
    this.#lengths ??= new Int32Array(this.vocabSize).fill(-1);
    if (this.#lengths[id] < 0) this.#lengths[id] = this.codec.decode([id]).length;
    return this.#lengths[id];
  }

  isBlank(id: number): boolean {
    return this.codec.decode([id]).trim() === '';
  }

  copy(): CodecCoder {
    return this;
  }
}
