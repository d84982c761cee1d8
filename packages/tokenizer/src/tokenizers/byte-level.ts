// Implements what the byte-level BPE tokenizers share, with a vocabulary of merges or of ranks: a pre-tokenizer cuts the text, and a model
// turns the pieces into ids.

import type { AddedToken } from '../core/added-tokens.js';
import type { ByteLevelBpe } from '../models/bpe/byte-level/byte-level-bpe.js';
import { dropoutOf } from '../models/bpe/dropout.js';
import type { MergeStep } from '../models/bpe/trace-merges.js';
import type { CutPlace, PreTokenizer } from '../pre-tokenizers/pre-tokenizer.js';
import type { IdList } from '../text/id-list.js';
import { quote } from '../text/well-formed.js';
import type { EncodeOptions } from '../core/tokenizer.js';
import type { TokenNames } from '../core/vocabulary.js';
import type { TextDetails } from '../pipeline/encoding-tokenizer.js';
import { VocabularyTokenizer } from './vocabulary-tokenizer.js';

export abstract class ByteLevelTokenizer<Names extends TokenNames> extends VocabularyTokenizer<Names> {
  readonly kind = 'byte-pair';
  /** The regular expression that cuts the text: its matches and the text between them are the pieces. */
  readonly pattern: string;
  protected readonly preTokenizer: PreTokenizer;
  protected abstract readonly model: ByteLevelBpe;
  /** Decides which merges the current call skips; undefined: none. */
  #skips: (() => boolean) | undefined;

  constructor(vocabulary: Names, addedTokens: readonly AddedToken[] | undefined, preTokenizer: PreTokenizer) {
    super(vocabulary, addedTokens);
    this.preTokenizer = preTokenizer;
    this.pattern = preTokenizer.pattern;
  }

  /**
   * Shows how a piece of text becomes tokens, merge by merge, for teaching. The text is not cut into pieces first.
   * @returns `start`, the ids of its bytes, and the merges in order
   * @throws {TypeError} when `piece` is not a string
   */
  traceMerges(piece: string): { start: number[]; steps: MergeStep[] } {
    if (typeof piece !== 'string') throw new TypeError(`traceMerges got ${quote(piece)}; expected a string.`);
    return this.model.trace(piece);
  }

  protected override idsOf(text: string, options: EncodeOptions): number[] {
    return this.#with(options, () => super.idsOf(text, options));
  }

  protected override detailsOf(text: string, options: EncodeOptions): TextDetails {
    return this.#with(options, () => super.detailsOf(text, options));
  }

  protected override countOf(text: string, options: EncodeOptions, limit: number): number {
    if (dropoutOf(options.dropout)) return this.idsOf(text, options).length;
    this.added.refuseDisallowed(text, options);
    const { inText } = this.added.matchers(options);
    if (!inText) return this.model.count(text, this.preTokenizer, limit);
    let count = 0;
    inText.split(
      text,
      (start, end) => {
        if (count <= limit) count += this.model.count(text.slice(start, end), this.preTokenizer, limit - count);
      },
      () => count++,
    );
    return count;
  }

  protected get safeAt(): CutPlace {
    return this.preTokenizer.safeAt;
  }

  protected encodeOrdinary(text: string, ids: IdList): void {
    const skips = this.#skips;
    if (skips) this.preTokenizer.forEachPiece(text, (start, end) => this.model.encodePieceWithDropout(text, start, end, ids, skips));
    else this.model.encode(text, this.preTokenizer, ids);
  }

  protected forEachPiece(text: string, visit: (start: number, end: number) => void): void {
    this.preTokenizer.forEachPiece(text, visit);
  }

  protected bytesEncodedBy(id: number): number {
    return this.tokenBytes(id).length;
  }

  #with<T>({ dropout }: EncodeOptions, work: () => T): T {
    this.#skips = dropoutOf(dropout);
    try {
      return work();
    } finally {
      this.#skips = undefined;
    }
  }
}
