// Implements what all tokenizers share: templates, truncation, padding, batches, streams. A subclass defines how a text becomes
// ids, and how it becomes tokens with details.

import { checkOptions } from '@kk/options';
import { dropoutOf } from '../models/bpe/dropout.js';
import { addedBy, fillTemplate, pad, paddedLength, truncate } from './assemble.js';
import { type EncodedPiece, type Encoding, encodingInSteps, type TokenRow } from '../core/encoding.js';
import { checkPadding, checkTruncation, type Padding, type Truncation } from '../core/limits.js';
import { plainTemplate, type PostProcessor, type TemplatePart } from '../post-processors/post-processor.js';
import { quote } from '../text/well-formed.js';
import type {
  DecodeOptions,
  DecodingStream,
  DetailOptions,
  DetailStepsOptions,
  EncodeOptions,
  EncodingStream,
  StreamOptions,
  Tokenizer,
  TokenizerJSON,
  TokenizerKind,
} from '../core/tokenizer.js';
import { checkInteger } from '../core/check-integer.js';
import { decodeNames, detailNames, detailStepsNames, encodeNames, streamNames } from '../core/option-names.js';
import { beginning, type Progress, type SafeCuts, WordByWordStream } from './encoding-stream.js';

/** The tokens of one text in detail. */
export interface TextDetails {
  rows: TokenRow[];
  pieces: EncodedPiece[];
}

export abstract class EncodingTokenizer implements Tokenizer {
  abstract readonly kind: TokenizerKind;
  abstract get vocabSize(): number;
  abstract get specialTokens(): ReadonlyMap<string, number>;
  abstract tokenToId(token: string): number | undefined;
  abstract idToToken(id: number): string | undefined;
  abstract tokenBytes(id: number): Uint8Array;
  abstract decode(ids: ArrayLike<number>, options?: DecodeOptions): string;
  abstract startDecoding(options?: DecodeOptions): DecodingStream;
  abstract toJSON(): TokenizerJSON;

  /** The settings of the file; options of `encode` override them. */
  protected readonly truncation: Truncation | undefined = undefined;
  protected readonly padding: Padding | undefined = undefined;
  protected readonly postProcessor: PostProcessor | undefined = undefined;

  /**
   * The ids of one text, without a template.
   * @param progress  what came before, if the text is a part of a longer one; what the next part needs is noted there
   */
  protected abstract idsOf(text: string, options: EncodeOptions, progress: Progress): number[];

  /** The number of ids of one text, without a template; any number above `limit` if there are more. */
  protected countOf(text: string, options: EncodeOptions, limit: number): number {
    if (limit === Infinity) return this.idsOf(text, options, beginning()).length;
    const stream = new WordByWordStream((part, progress) => this.idsOf(part, options, progress), this.safeCuts(options));
    let count = 0;
    for (let start = 0; start < text.length && count <= limit; start += COUNTED_AT_ONCE) count += stream.push(text.slice(start, start + COUNTED_AT_ONCE)).length;
    return count > limit ? count : count + stream.end().length;
  }

  /**
   * The tokens of one text with details, without a template.
   * @param progress  as for `idsOf`
   */
  protected abstract detailsOf(text: string, options: EncodeOptions, progress: Progress): TextDetails;

  /** Where a text can be cut so that its parts encode to the same ids. */
  protected abstract safeCuts(options: EncodeOptions): SafeCuts;

  /** Whether a safe cut is inside a piece, which its two parts then are together. */
  protected get piecesSpanWords(): boolean {
    return false;
  }

  encode(text: string, options: EncodeOptions = none): number[] {
    if (options !== none) checkOptions('encode', options, encodeNames);
    return this.#encodeAll([text], options, 'encode')[0];
  }

  encodeBatch(texts: readonly (string | readonly [text: string, pair: string])[], options: EncodeOptions = {}): number[][] {
    checkOptions('encodeBatch', options, encodeNames);
    if (!Array.isArray(texts)) throw new TypeError(`encodeBatch got ${quote(texts)}; expected a list of strings, or of pairs of strings.`);
    return this.#encodeAll(texts, options, 'encodeBatch');
  }

  count(text: string, options: EncodeOptions = none): number {
    if (options !== none) checkOptions('count', options, encodeNames);
    return this.#count(text, options, Infinity, 'count');
  }

  isWithinLimit(text: string, limit: number, options: EncodeOptions = none): boolean {
    if (options !== none) checkOptions('isWithinLimit', options, encodeNames);
    checkInteger('limit', limit, 0);
    return this.#count(text, options, limit, 'isWithinLimit') <= limit;
  }

  encodeWithDetails(text: string, options: DetailOptions = none): Encoding {
    if (options !== none) checkOptions('encodeWithDetails', options, detailNames);
    return finished(this.#detailsInSteps(text, options, Infinity, 'encodeWithDetails'));
  }

  encodeWithDetailsInSteps(text: string, options: DetailStepsOptions = {}): Generator<number, Encoding, void> {
    checkOptions('encodeWithDetailsInSteps', options, detailStepsNames);
    const { unitsPerStep = READ_AT_ONCE } = options;
    checkInteger('unitsPerStep', unitsPerStep, 1);
    // Dropout draws one number after the other, through the whole text.
    return this.#detailsInSteps(text, options, dropoutOf(options.dropout) ? Infinity : unitsPerStep, 'encodeWithDetailsInSteps');
  }

  startEncoding(options: StreamOptions = {}): EncodingStream {
    checkOptions('startEncoding', options, streamNames);
    if (options.pair !== undefined) throw new TypeError('A stream encodes one text; expected options without a pair.');
    const { longestWait = Infinity } = options;
    if (!(longestWait >= 2)) throw new RangeError(`longestWait is ${quote(longestWait)}; expected a number of at least 2.`);
    const stream = new WordByWordStream((part, progress) => this.idsOf(part, options, progress), this.safeCuts(options), longestWait);
    const template = options.addSpecialTokens === false ? plainTemplate.single : this.#template(1);
    const middle = template.findIndex((part) => 'sequence' in part);
    const specials = (parts: readonly TemplatePart[]): number[] => parts.flatMap((part) => ('ids' in part ? [...part.ids] : []));
    let before = specials(template.slice(0, middle));
    return {
      push: (text) => {
        checkText(text, 'push');
        const ids = stream.push(text);
        if (before.length === 0) return ids; // as for all parts but the first; a copy would cost as much as encoding
        const first = [...before, ...ids];
        before = [];
        return first;
      },
      end: () => {
        const ids = [...before, ...stream.end(), ...specials(template.slice(middle + 1))];
        before = specials(template.slice(0, middle));
        return ids;
      },
    };
  }

  decodeBatch(batch: readonly ArrayLike<number>[], options?: DecodeOptions): string[] {
    checkOptions('decodeBatch', options, decodeNames);
    if (!Array.isArray(batch)) throw new TypeError(`decodeBatch got ${quote(batch)}; expected a list of lists of token ids.`);
    return batch.map((ids: ArrayLike<number>) => this.decode(ids, options));
  }

  #encodeAll(texts: readonly (string | readonly [text: string, pair: string])[], options: EncodeOptions, method: string): number[][] {
    const { truncation, padding } = this.#limits(options);
    const encoded = texts.map((text) => {
      const parts = method === 'encodeBatch' && Array.isArray(text) ? this.#pair(text, options) : this.#texts(text as string, options, method);
      let sequences = parts.map((part) => this.idsOf(part, options, beginning()));
      if (!truncation && !this.postProcessor?.template && sequences.length === 1) return sequences[0];
      const template = this.#template(parts.length);
      if (truncation) sequences = truncate(sequences, truncation, this.#added(template, options)).map(({ kept }) => kept);
      return fillTemplate(template, sequences, options.addSpecialTokens ?? true, idMaker);
    });
    if (!padding) return encoded;
    const longest = encoded.reduce((most, ids) => Math.max(most, ids.length), 0);
    return encoded.map((ids) => pad(ids, paddedLength(longest, padding), padding, padding.id));
  }

  #count(text: string, options: EncodeOptions, limit: number, method: string): number {
    const texts = this.#texts(text, options, method);
    let count = this.#added(this.#template(texts.length), options);
    for (const part of texts) if (count <= limit) count += this.countOf(part, options, limit - count);
    return count;
  }

  #texts(text: string, { pair }: EncodeOptions, method: string): string[] {
    const texts = pair === undefined ? [text] : [text, pair];
    for (const part of texts) checkText(part, method);
    return texts;
  }

  /** Both texts of a pair in a batch. */
  #pair(texts: readonly unknown[], options: EncodeOptions): string[] {
    if (texts.length !== 2) throw new TypeError(`encodeBatch got a list of ${texts.length} among the texts; expected a string, or a pair of strings.`);
    if (options.pair !== undefined) throw new TypeError('encodeBatch got a pair and the option pair; expected one of them.');
    const [text, pair] = texts as [string, unknown];
    checkText(pair, 'encodeBatch'); // undefined would be no pair
    return this.#texts(text, { pair: pair as string }, 'encodeBatch');
  }

  *#detailsInSteps(text: string, options: DetailOptions, unitsPerStep: number, method: string): Generator<number, Encoding, void> {
    const texts = this.#texts(text, options, method);
    const details: TextDetails[] = [];
    for (const [i, part] of texts.entries()) details.push(yield* within(this.#sequenceDetails(part, i as 0 | 1, options, unitsPerStep), (READING * i) / texts.length, (READING * (i + 1)) / texts.length));
    const template = this.#template(texts.length);
    const { truncation, padding } = this.#limits(options);
    const truncated = truncation ? truncate(details.map(({ rows }) => rows), truncation, this.#added(template, options)) : details.map(({ rows }) => ({ kept: rows, overflowing: [] }));
    const pieces = details.map((each) => each.pieces);
    // What was cut off is padded to the length of what was kept.
    let length: number | undefined;
    const make = (sequences: readonly TokenRow[][]): Generator<number, Encoding, void> => {
      let rows = fillTemplate(template, sequences, options.addSpecialTokens ?? true, rowMaker);
      if (padding) rows = pad(rows, (length ??= paddedLength(rows.length, padding)), padding, paddingRow(padding));
      return encodingInSteps(rows, pieces, (id) => this.idToToken(id) ?? '', options.byteOffsets ? texts : undefined);
    };
    const encoding = yield* within(make(truncated.map(({ kept }) => kept)), READING, 1);
    return { ...encoding, overflowing: overflowingPairs(truncated).map((sequences) => finished(make(sequences))) };
  }

  *#sequenceDetails(text: string, sequence: 0 | 1, options: EncodeOptions, unitsPerStep: number): Generator<number, TextDetails, void> {
    const rows: TokenRow[] = [];
    const pieces: EncodedPiece[] = [];
    const trim = this.postProcessor?.trimOffsets;
    /** Adds the tokens of the next part, whose own ranges and pieces begin at 0. */
    let start = 0;
    const add = (part: string, progress: Progress): never[] => {
      const { continued } = progress;
      const details = this.#partDetails(text, start, part.length, options, progress);
      const [first] = details.rows;
      const last = rows.at(-1);
      const goesOn = continued && this.piecesSpanWords && first !== undefined && first.origin !== 'added' && last !== undefined && last.origin !== 'added';
      if (goesOn && first.origin === 'piece') first.origin = 'subword';
      const before = pieces.length - (goesOn ? 1 : 0);
      for (const row of details.rows) {
        row.start += start;
        row.end += start;
        row.word = (row.word as number) + before;
        row.sequence = sequence;
        row.typeId = sequence;
        trim?.(row, rows.length, row.surface ?? this.idToToken(row.id) ?? '', text);
        rows.push(row);
      }
      if (goesOn) {
        const [{ text: content, range }] = details.pieces.splice(0, 1);
        const begun = pieces[before];
        pieces[before] = { text: begun.text + content, range: [begun.range[0], range[1] + start] };
      }
      for (const { text: content, range } of details.pieces) pieces.push({ text: content, range: [range[0] + start, range[1] + start] });
      start += part.length;
      return [];
    };
    if (text.length <= unitsPerStep) {
      add(text, beginning());
      return { rows, pieces };
    }
    const stream = new WordByWordStream(add, this.safeCuts(options));
    for (let at = 0; at < text.length; at += unitsPerStep) {
      stream.push(text.slice(at, at + unitsPerStep));
      yield Math.min(1, (at + unitsPerStep) / text.length);
    }
    stream.end();
    return { rows, pieces };
  }

  #partDetails(text: string, start: number, length: number, options: EncodeOptions, progress: Progress): TextDetails {
    try {
      return this.detailsOf(text.slice(start, start + length), options, progress);
    } catch (error) {
      if (start > 0) this.detailsOf(text, options, beginning()); // throws the same error with its place in the whole text
      throw error;
    }
  }

  #template(texts: number): readonly TemplatePart[] {
    const template = this.postProcessor?.template ?? plainTemplate;
    return texts === 1 ? template.single : template.pair;
  }

  #added(template: readonly TemplatePart[], options: EncodeOptions): number {
    return (options.addSpecialTokens ?? true) ? addedBy(template) : 0;
  }

  #limits(options: EncodeOptions): { truncation: Required<Truncation> | undefined; padding: Required<Padding> | undefined } {
    const truncation = options.truncation ?? this.truncation;
    const padding = options.padding ?? this.padding;
    return {
      truncation: truncation ? checkTruncation(truncation) : undefined,
      padding: padding ? checkPadding(padding, (token) => this.tokenToId(token)) : undefined,
    };
  }
}

/** What stands for options that are left out: encoding a word makes no object for them, and has nothing to check. */
const none: EncodeOptions = {};

/** UTF-16 units of text whose tokens are looked at in one step: some hundredths of a second of work. */
const READ_AT_ONCE = 2 ** 17;
/** The share of the work that is finding the tokens; the rest is listing them. */
const READING = 0.8;

/** Runs all steps and returns the result. */
function finished<Result>(steps: Generator<number, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same work as a part of larger work, with its share scaled to the range from `from` to `to`. */
function* within<Result>(steps: Generator<number, Result, void>, from: number, to: number): Generator<number, Result, void> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}

/** UTF-16 units of text between two checks of the number of ids. */
const COUNTED_AT_ONCE = 4096;

const idMaker = {
  special: ({ ids }: { ids: readonly number[] }): readonly number[] => ids,
  typed: (ids: readonly number[]): readonly number[] => ids,
};

const rowMaker = {
  special: ({ ids, tokens, typeId }: { ids: readonly number[]; tokens: readonly string[]; typeId: number }): TokenRow[] =>
    ids.map((id, i) => ({ id, start: 0, end: 0, word: null, sequence: null, typeId, origin: 'template', token: tokens[i] })),
  typed: (rows: readonly TokenRow[], typeId: number): TokenRow[] => rows.map((row) => (row.typeId === typeId ? row : { ...row, typeId })),
};

function paddingRow({ id, token, typeId }: Required<Padding>): TokenRow {
  return { id, start: 0, end: 0, word: null, sequence: null, typeId, origin: 'padding', token };
}

/** All combinations of a part of one text with a part of the other, except the one that is kept. */
function overflowingPairs(truncated: readonly { kept: TokenRow[]; overflowing: TokenRow[][] }[]): TokenRow[][][] {
  const [first, second] = truncated;
  if (!second) return first.overflowing.map((rows) => [rows]);
  const pairs = first.overflowing.flatMap((rows) => [second.kept, ...second.overflowing].map((other) => [rows, other]));
  return [...pairs, ...second.overflowing.map((other) => [first.kept, other])];
}

function checkText(text: unknown, method: string): void {
  if (typeof text !== 'string') throw new TypeError(`${method} got ${quote(text)}; expected a string.`);
}
