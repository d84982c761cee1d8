// Byte-level byte-pair encoding as in GPT-2: text is cut into pieces, pieces into bytes, and neighbours that often stand together
// are one token. Every string has ids and comes back unchanged, for every byte is a token.

import { BytePairModel, NO_ID } from '../byte-pair/byte-pair-model';
import { type Merge, MergeTable } from '../byte-pair/merge-table';
import { bytePairJSON } from '../formats/tokenizer-json/layout';
import { preTokenizerFromPattern } from '../pre-tokenizers/from-pattern';
import { GPT2_PATTERN } from '../pre-tokenizers/gpt2';
import { type PreTokenizer } from '../pre-tokenizers/pre-tokenizer';
import { byteToCharacter, bytesOfToken } from '../text/byte-alphabet';
import { quote } from '../text/well-formed';
import { type TokenizerJSON } from '../tokenizer';
import { type BytePairTrainingOptions, trainBytePairs } from '../training/train-byte-pairs';
import { type TrainingTexts } from '../training/texts';
import { type VocabularyData, VocabularyTokenizer } from './vocabulary-tokenizer';

export interface BytePairData extends VocabularyData {
  /** Two tokens, spelled in GPT-2's byte alphabet, that become one; the most important first. */
  merges: readonly (readonly [string, string])[];
  /** The regular expression whose matches are the pieces. Default GPT2_PATTERN. */
  pattern?: string;
  /** What stands for a byte that has no token. Default: such a byte is an error. Not needed where all 256 bytes are tokens. */
  unknownToken?: string;
}

export class BytePairTokenizer extends VocabularyTokenizer {
  readonly kind = 'byte-pair';
  readonly #merges: readonly (readonly [string, string])[];
  readonly #preTokenizer: PreTokenizer;
  readonly #unknownToken: string | undefined;
  readonly #model: BytePairModel;

  /**
   * Learns the merges from text.
   * @throws {RangeError} when the text is empty or an option is out of its range
   */
  static train(texts: TrainingTexts, options: BytePairTrainingOptions): BytePairTokenizer {
    return new BytePairTokenizer(trainBytePairs(texts, options));
  }

  /**
   * A tokenizer from its parts.
   * @throws {RangeError} when a token is not byte-level, or a merge is unknown, repeated or leads to no token
   */
  constructor(data: BytePairData) {
    super(data);
    this.#preTokenizer = preTokenizerFromPattern(data.pattern ?? GPT2_PATTERN);
    this.#merges = data.merges.map(([left, right]) => [left, right] as const);
    this.#unknownToken = data.unknownToken;
    this.vocabulary.tokens().forEach((token, id) => {
      if (!this.added.ids.has(id) && id !== this.#unknownId() && !bytesOfToken(token)) {
        throw new RangeError(`Token ${id}, ${quote(token)}, is no byte-level token; expected characters of GPT-2's byte alphabet only.`);
      }
    });
    this.#model = new BytePairModel(this.#byteIds(), this.#mergeTable());
  }

  protected encodeOrdinary(text: string, ids: number[]): void {
    this.#preTokenizer.forEachPiece(text, (start, end) => this.#model.encodePiece(text, start, end, ids));
  }

  protected override ordinaryBytes(token: string): Uint8Array {
    return bytesOfToken(token) ?? super.ordinaryBytes(token);
  }

  toJSON(): TokenizerJSON {
    return bytePairJSON(this.vocabulary, this.added, this.#merges, this.#preTokenizer.pattern, this.#unknownToken);
  }

  #unknownId(): number | undefined {
    return this.#unknownToken === undefined ? undefined : this.vocabulary.id(this.#unknownToken);
  }

  #byteIds(): Int32Array {
    return Int32Array.from(byteToCharacter, (character) => {
      const id = this.vocabulary.id(character);
      return id === undefined || this.added.ids.has(id) ? (this.#unknownId() ?? NO_ID) : id;
    });
  }

  #mergeTable(): MergeTable {
    const firstPlace = new Map<number, number>();
    const merges = this.#merges.map(([left, right], rank): Merge | undefined => {
      const refuse = (why: string): never => {
        throw new RangeError(`merges[${rank}], ${quote(left)} and ${quote(right)}, ${why}.`);
      };
      const idOf = (token: string): number => this.vocabulary.id(token) ?? refuse(`needs the token ${quote(token)}, which is not in the vocabulary`);
      const merge = { left: idOf(left), right: idOf(right), result: idOf(left + right) };
      const pair = merge.left * this.vocabSize + merge.right;
      if (firstPlace.has(pair)) refuse(`repeats merges[${firstPlace.get(pair)}]`);
      firstPlace.set(pair, rank);
      // Ordinary text must not turn into an added token, not even by merging.
      const { ids } = this.added;
      return ids.has(merge.left) || ids.has(merge.right) || ids.has(merge.result) ? undefined : merge;
    });
    return new MergeTable(merges);
  }
}
