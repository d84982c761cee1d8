// Encodes with byte-level byte-pair encoding as in GPT-2: a text is cut into pieces, pieces into bytes, and frequent neighbours are merged
// into tokens. Every byte is a token, so every string can be encoded and is decoded unchanged.

import type { ByteLevelBpe } from '../models/bpe/byte-level/byte-level-bpe.js';
import { byteLevelBpeFromMerges } from '../models/bpe/byte-level/from-merges.js';
import { bytePairJSON, vocabJSON } from './json-layouts.js';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern.js';
import { GPT2_PATTERN } from '../pre-tokenizers/gpt2.js';
import { bytesOfToken } from '../text/byte-alphabet.js';
import type { TokenizerJSON } from '../core/tokenizer.js';
import { type BytePairTrainingOptions, trainBytePairs, trainBytePairsAsync } from '../models/bpe/training/train-byte-pairs.js';
import type { AsyncTrainingTexts, TrainingTexts } from '../training/texts.js';
import { Vocabulary } from '../core/vocabulary.js';
import { ByteLevelTokenizer } from './byte-level.js';
import type { VocabularyData } from './vocabulary-tokenizer.js';

export interface BytePairData extends VocabularyData {
  /** Pairs of tokens that merge into one, spelled in GPT-2's byte alphabet, in order of rank. */
  merges: readonly (readonly [string, string])[];
  /** The regular expression whose matches are the pieces. Default GPT2_PATTERN. */
  pattern?: string;
  /** The token for a byte that has none. Default: such a byte is an error. Not needed if all 256 bytes are tokens. */
  unknownToken?: string;
  /** Whether a piece that equals a token becomes that token even if merging its bytes gives something else. Default false. */
  ignoreMerges?: boolean;
}

export class BytePairTokenizer extends ByteLevelTokenizer<Vocabulary> {
  readonly #merges: readonly (readonly [string, string])[];
  readonly #unknownToken: string | undefined;
  readonly #ignoreMerges: boolean;
  protected readonly model: ByteLevelBpe;

  /**
   * Learns the merges from text.
   * @throws {RangeError} when the text is empty or an option is out of its range
   */
  static train(texts: TrainingTexts, options: BytePairTrainingOptions): BytePairTokenizer {
    return new BytePairTokenizer(trainBytePairs(texts, options));
  }

  /**
   * Like `train`, for texts that arrive one by one, such as the chunks of a stream; no token spans two. It pauses regularly for other work,
   * so that `signal` can end it.
   * @throws {RangeError} when the text is empty or an option is out of its range
   */
  static async trainAsync(texts: AsyncTrainingTexts, options: BytePairTrainingOptions): Promise<BytePairTokenizer> {
    return new BytePairTokenizer(await trainBytePairsAsync(texts, options));
  }

  /**
   * Creates a tokenizer from its parts.
   * @throws {RangeError} when a token is not byte-level, or a merge is unknown, repeated or leads to no token
   */
  constructor(data: BytePairData) {
    super(new Vocabulary(data.tokens), data.addedTokens, preTokenizerFromPattern(data.pattern ?? GPT2_PATTERN));
    this.#merges = data.merges.map(([left, right]) => [left, right] as const);
    this.#unknownToken = data.unknownToken;
    this.#ignoreMerges = data.ignoreMerges ?? false;
    this.model = byteLevelBpeFromMerges({
      tokens: this.vocabulary.tokens(),
      idOf: (token) => this.vocabulary.id(token),
      excluded: this.added.ids,
      merges: this.#merges,
      unknownId: this.#unknownId(),
      ignoreMerges: this.#ignoreMerges,
    });
  }

  protected override ordinaryBytes(token: string): Uint8Array {
    return bytesOfToken(token) ?? super.ordinaryBytes(token);
  }

  /** 1 for the unknown token, which stands for one byte. */
  protected override bytesEncodedBy(id: number): number {
    return this.isUnknown(id) ? 1 : super.bytesEncodedBy(id);
  }

  protected override isUnknown(id: number): boolean {
    return id === this.#unknownId();
  }

  toJSON(): TokenizerJSON {
    return bytePairJSON({
      vocab: vocabJSON(this.vocabulary),
      added: this.added,
      merges: this.#merges,
      pattern: this.pattern,
      unknownToken: this.#unknownToken,
      ignoreMerges: this.#ignoreMerges,
    });
  }

  #unknownId(): number | undefined {
    return this.#unknownToken === undefined ? undefined : this.vocabulary.id(this.#unknownToken);
  }
}
