// Encodes in exchangeable steps, as Hugging Face's tokenizer.json describes them: added tokens, normalizer, pre-tokenizer, model,
// post-processor, decoder. Byte-level BPE uses the same fast core as BytePairTokenizer.

import { checkOptions } from '@kk/options';
import { GUARD, type GuardedOptions } from '../core/added-token-matcher.js';
import { decodeNames } from '../core/option-names.js';
import { type AddedToken, AddedTokens, type ListedToken } from '../core/added-tokens.js';
import { dropoutOf } from '../models/bpe/dropout.js';
import { addedTokensJSON } from '../core/added-tokens.js';
import { paddingJSON, truncationJSON } from '../core/limits-json.js';
import { Bpe } from '../models/bpe/bpe.js';
import { ByteLevelModel } from './byte-level-model.js';
import type { EmitToken, Model } from '../models/model.js';
import { RecentPieces } from '../models/recent-pieces.js';
import { Unigram } from '../models/unigram/unigram.js';
import { forEachWord } from '../models/words.js';
import type { EncodedPiece, TokenRow } from '../core/encoding.js';
import { makeModel } from './make-model.js';
import type { Padding, Truncation } from '../core/limits.js';
import type { PipelineParts } from './parts.js';
import { Piece } from '../text/piece.js';
import { needsAlignment, safeCutsOf } from './properties.js';
import type { PostProcessor } from '../post-processors/post-processor.js';
import { isWellFormed, quote, toWellFormed } from '../text/well-formed.js';
import { TokenBytes } from '../core/token-bytes.js';
import type { DecodeOptions, DecodingStream, TokenizerJSON, TokenizerKind } from '../core/tokenizer.js';
import { checkTokenId, Vocabulary } from '../core/vocabulary.js';
import { beginning, type Progress, type SafeCuts } from './encoding-stream.js';
import { EncodingTokenizer, type TextDetails } from './encoding-tokenizer.js';

const encoder = /* @__PURE__ */ new TextEncoder();

/** Receives the parts of a text before the model runs: added tokens, and normalized text between them. */
interface Visitor {
  token(id: number, range: readonly [start: number, end: number], surface: string): void;
  text(piece: Piece): void;
}

export class PipelineTokenizer extends EncodingTokenizer {
  readonly #parts: PipelineParts;
  readonly #vocabulary: Vocabulary;
  readonly #added: AddedTokens;
  /** Set for byte-level BPE; every other model is in `#model`. */
  readonly #byteLevel: ByteLevelModel | undefined;
  #model: Model | undefined;
  readonly #reserved: ReadonlySet<number>;
  readonly #recent = new RecentPieces<readonly number[]>();
  readonly #alwaysTracked: boolean;
  #tokenBytes: TokenBytes | undefined;
  #safeCuts: SafeCuts | undefined;
  #closedOne: PipelineTokenizer | undefined;

  protected override readonly truncation: Truncation | undefined;
  protected override readonly padding: Padding | undefined;
  protected override readonly postProcessor: PostProcessor | undefined;

  /** @throws {RangeError} when the parts do not fit together, for example a merge leads to no token */
  constructor(parts: PipelineParts) {
    super();
    this.#parts = parts;
    this.truncation = parts.truncation;
    this.padding = parts.padding;
    this.postProcessor = parts.postProcessor;
    this.#vocabulary = new Vocabulary(parts.tokens, true);
    const { normalizer } = parts;
    const byModel = parts.model.type === 'Unigram' ? parts.model.userDefined : undefined;
    this.#added = new AddedTokens(parts.addedTokens, this.#vocabulary, normalizer && ((content) => normalizer.normalizeToken?.(content) ?? normalizer.normalize(Piece.original(content, 0, false)).text), byModel);
    this.#reserved = new Set(this.#added.special.values());
    this.#byteLevel = parts.model.type === 'BPE' ? ByteLevelModel.from(parts.preTokenizer, { ...parts.model, reserved: this.#reserved }) : undefined;
    if (!this.#byteLevel) this.#model = makeModel(parts.model, this.#reserved);
    this.#alwaysTracked = needsAlignment(parts.preTokenizer);
  }

  /** The parts it was created from. */
  get parts(): PipelineParts {
    return this.#parts;
  }

  get kind(): TokenizerKind {
    const kinds = { BPE: 'byte-pair', WordPiece: 'word-piece', Unigram: 'unigram', WordLevel: 'word' } as const;
    return kinds[this.#parts.model.type];
  }

  get vocabSize(): number {
    return this.#vocabulary.size;
  }

  get specialTokens(): ReadonlyMap<string, number> {
    return this.#added.special;
  }

  protected idsOf(text: string, options: GuardedOptions, progress: Progress): number[] {
    if (options[GUARD] && this.#closed !== this) return this.#closed.idsOf(text, options, progress);
    const ids: number[] = [];
    const dropped = dropoutOf(options.dropout);
    let score = this.piecesSpanWords ? progress.score : 0;
    this.#cut(text, options, this.#alwaysTracked, progress.continued, {
      token: (id) => {
        ids.push(id);
        score = 0;
      },
      text: (piece) => {
        if (this.#byteLevel) {
          for (const part of this.#beforeByteLevel(piece)) for (const id of this.#byteLevel.encode(part.text, options.dropout)) ids.push(id);
          return;
        }
        this.#pieces(piece).forEach((part, i) => {
          if (i > 0) score = 0;
          this.#forEachWord(part.text, (words) => {
            score = this.#appendIds(words, ids, dropped, score);
          });
        });
      },
    });
    progress.score = score;
    return ids;
  }

  protected detailsOf(text: string, options: GuardedOptions, progress: Progress): TextDetails {
    if (options[GUARD] && this.#closed !== this) return this.#closed.detailsOf(text, options, progress);
    const rows: TokenRow[] = [];
    const pieces: EncodedPiece[] = [];
    const dropped = dropoutOf(options.dropout);
    let score = this.piecesSpanWords ? progress.score : 0;
    this.#cut(text, options, true, progress.continued, {
      token: (id, [start, end], surface) => {
        rows.push({ id, start, end, word: pieces.length, sequence: null, typeId: 0, origin: 'added', surface });
        pieces.push({ text: surface, range: [start, end] });
        score = 0;
      },
      text: (piece) => {
        if (this.#byteLevel) {
          for (const part of this.#beforeByteLevel(piece)) this.#byteLevel.detail(part, options.dropout, rows, pieces);
          return;
        }
        this.#pieces(piece).forEach((part, i) => {
          if (i > 0) score = 0;
          score = this.#detail(part, rows, pieces, dropped, score);
        });
      },
    });
    progress.score = score;
    return { rows, pieces };
  }

  protected safeCuts(): SafeCuts {
    this.#safeCuts ??= safeCutsOf(this.#parts, this.#added.list, () => this.#characterModel());
    return this.#safeCuts;
  }

  protected override get piecesSpanWords(): boolean {
    return this.#parts.preTokenizer?.wordGaps !== 'cuts';
  }

  decode(ids: ArrayLike<number>, options?: DecodeOptions): string {
    if (options !== undefined) checkOptions('decode', options, decodeNames);
    if (typeof ids !== 'object' || typeof ids?.length !== 'number') throw new TypeError(`decode got ${quote(ids)}; expected a list of token ids.`);
    for (let i = 0; i < ids.length; i++) this.#vocabulary.check(ids[i]);
    const stream = this.#startDecoding(options);
    let text = '';
    for (let i = 0; i < ids.length; i++) text += stream.push(ids[i]);
    return text + stream.end();
  }

  startDecoding(options?: DecodeOptions): DecodingStream {
    checkOptions('startDecoding', options, decodeNames);
    return this.#startDecoding(options);
  }

  #startDecoding(options: DecodeOptions | undefined): DecodingStream {
    const { decoder } = this.#parts;
    const skipped = options?.skipSpecialTokens ? this.#reserved : new Set<number>();
    const stream = decoder?.start(false);
    let first = true;
    return {
      push: (id) => {
        this.#vocabulary.check(id);
        if (skipped.has(id)) return '';
        const token = this.#vocabulary.token(id) as string;
        if (stream) return stream.push(token, this.#added.ids.has(id)).join('');
        // Without a decoder, the reference puts a space between tokens.
        const text = first ? token : ` ${token}`;
        first = false;
        return text;
      },
      end: () => stream?.end().join('') ?? '',
    };
  }

  tokenToId(token: string): number | undefined {
    return this.#vocabulary.id(token);
  }

  idToToken(id: number): string | undefined {
    return this.#vocabulary.token(checkTokenId(id, this.vocabSize));
  }

  tokenBytes(id: number): Uint8Array {
    this.#vocabulary.check(id);
    this.#tokenBytes ??= TokenBytes.collect(this.vocabSize, (each) => this.#contribution(each));
    return this.#tokenBytes.of(id);
  }

  toJSON(): TokenizerJSON {
    const { truncation, padding, normalizer, preTokenizer, postProcessor, decoder } = this.#parts;
    return {
      version: '1.0',
      truncation: truncation ? truncationJSON(truncation) : null,
      padding: padding ? paddingJSON(padding) : null,
      added_tokens: addedTokensJSON(this.#added),
      normalizer: normalizer?.toJSON() ?? null,
      pre_tokenizer: preTokenizer?.toJSON() ?? null,
      post_processor: postProcessor?.toJSON() ?? null,
      decoder: decoder?.toJSON() ?? null,
      model: this.#characterModel().toJSON(),
    };
  }

  /** The model as in the file. Byte-level BPE has one as well, although it encodes nothing. */
  #characterModel(): Model {
    this.#model ??= makeModel(this.#parts.model, this.#reserved);
    return this.#model;
  }

  #cut(given: string, options: GuardedOptions, tracked: boolean, continued: boolean, visitor: Visitor): void {
    const text = isWellFormed(given) ? given : toWellFormed(given);
    this.#added.refuseDisallowed(text, options);
    const { inText, inNormalized } = this.#added.matchers(options);
    const guard = options[GUARD];
    const isTracked = tracked || (inNormalized !== undefined && guard !== undefined); // the guard speaks of places of the text
    const ordinary = (start: number, end: number): void => {
      const original = Piece.original(text.slice(start, end), start, isTracked);
      // A part that continues the last one is not the beginning of the text.
      const piece = continued ? original.withStart(false) : original;
      const goesOn = continued && start === 0;
      const normalized = this.#parts.normalizer?.normalize(piece, goesOn) ?? piece;
      if (normalized.text === '') return;
      if (!inNormalized) return visitor.text(normalized);
      inNormalized.split(
        normalized.text,
        (from, to) => visitor.text(normalized.slice(from, to)),
        (id, from, to) => visitor.token(id, tracked ? normalized.rangeOf(from, to) : [0, 0], normalized.text.slice(from, to)),
        guard && ((from, to, token) => guard(...normalized.rangeOf(from, to), token)),
      );
    };
    if (!inText) {
      if (text !== '') ordinary(0, text.length);
      return;
    }
    inText.split(text, ordinary, (id, start, end) => visitor.token(id, [start, end], text.slice(start, end)), guard);
  }

  /**
   * A tokenizer whose model makes no added token, for texts with a guard: SentencePiece's user-defined symbols are in the model's vocabulary
   * too. This one itself where its model makes none.
   */
  get #closed(): PipelineTokenizer {
    if (this.#closedOne) return this.#closedOne;
    this.#closedOne = this; // which the model is asked through
    const isControl = ({ content, special }: AddedToken): boolean => special || content.trim() !== '';
    const isMade = ({ content, id }: ListedToken): boolean => {
      try {
        return this.idsOf(content, { [GUARD]: () => true }, beginning()).includes(id);
      } catch {
        return false; // a text of which the model has no tokens
      }
    };
    if (this.#added.list.some((token) => !token.special && isControl(token) && isMade(token))) {
      const addedTokens = this.#parts.addedTokens.map((token) => ({ ...token, special: isControl(token) }));
      this.#closedOne = new PipelineTokenizer({ ...this.#parts, addedTokens });
    }
    return this.#closedOne;
  }

  #pieces(piece: Piece): Piece[] {
    return this.#parts.preTokenizer?.split(piece).filter((part) => part.text !== '') ?? [piece];
  }

  #beforeByteLevel(piece: Piece): Piece[] {
    const { before, prefix } = this.#byteLevel as ByteLevelModel;
    const parts = before ? before.split(piece) : [piece];
    return prefix.addPrefixSpace ? parts.map((part) => prefix.withPrefix(part)) : parts;
  }

  /** Calls `visit` for parts of a piece that have the same ids as the piece, so that single words are found in the cache. */
  #forEachWord(piece: string, visit: (words: string) => void): void {
    const gaps = this.#parts.preTokenizer?.wordGaps === 'cuts' ? '' : (this.#model as Model).wordGaps;
    if (gaps === '') visit(piece);
    else forEachWord(piece, gaps, visit);
  }

  /** @returns the sum of scores up to the end of the piece, given the one before it */
  #appendIds(piece: string, ids: number[], dropped: (() => boolean) | undefined, score: number): number {
    const model = this.#model as Model;
    if (model instanceof Unigram) return model.append(piece, ids, score);
    const known = dropped ? undefined : this.#recent.get(piece);
    if (known) {
      for (const id of known) ids.push(id);
      return 0;
    }
    const before = ids.length;
    this.#tokenize(piece, (id) => ids.push(id), dropped, 0);
    if (!dropped && this.#recent.takes(piece)) this.#recent.set(piece, ids.slice(before));
    return 0;
  }

  /** Appends the tokens of a piece, and the pieces that it becomes: more than one around added tokens that the model finds itself. */
  #detail(part: Piece, rows: TokenRow[], pieces: EncodedPiece[], dropped: (() => boolean) | undefined, score: number): number {
    let before = 0;
    let done = 0;
    const finish = (end: number): void => {
      if (end > done) pieces.push({ text: part.text.slice(done, end), range: part.rangeOf(done, end) });
      done = end;
    };
    const emit: EmitToken = (id, from, to, cause) => {
      if (cause === 'added') finish(before + from);
      const [start, end] = part.rangeOf(before + from, before + to);
      const origin = cause === 'known' ? (before + from === done ? 'piece' : 'subword') : cause;
      // As in the reference, Unigram shows an unknown token as the text it stands for.
      const isShown = cause === 'added' || (cause === 'unknown' && this.#parts.model.type === 'Unigram');
      rows.push({ id, start, end, word: pieces.length, sequence: null, typeId: 0, origin, surface: isShown ? part.text.slice(before + from, before + to) : undefined });
      if (cause === 'added') finish(before + to);
    };
    let sum = score;
    // Cut as for plain ids, so that the same sums are rounded.
    this.#forEachWord(part.text, (words) => {
      sum = this.#tokenize(words, emit, dropped, sum);
      before += words.length;
    });
    finish(part.text.length);
    return sum;
  }

  #tokenize(piece: string, emit: EmitToken, dropped: (() => boolean) | undefined, score: number): number {
    const model = this.#model as Model;
    if (model instanceof Unigram) return model.tokenize(piece, emit, score);
    if (dropped && model instanceof Bpe) model.tokenize(piece, emit, dropped);
    else model.tokenize(piece, emit);
    return 0;
  }

  #contribution(id: number): Uint8Array {
    const token = this.#vocabulary.token(id);
    if (token === undefined) return new Uint8Array(0);
    const contribution = this.#added.ids.has(id) ? (this.#parts.decoder?.addedText?.(token) ?? token) : (this.#parts.decoder?.contribution(token) ?? ` ${token}`);
    return typeof contribution === 'string' ? encoder.encode(contribution) : contribution;
  }
}
