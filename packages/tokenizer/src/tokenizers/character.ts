// Encodes with one token per character, that is, per Unicode code point.

import { checkOptions } from '@kk/options';
import { wordLevelJSON } from './json-layouts.js';
import { SINGLE_CHARACTER_PATTERN } from '../pre-tokenizers/safe-patterns.js';
import type { IdList } from '../text/id-list.js';
import { describeCharacter, quote } from '../text/well-formed.js';
import type { TokenizerJSON } from '../core/tokenizer.js';
import { listSpecialTokens, type SpecialTokenOptions } from '../training/options.js';
import { distinctCodePoints, type TrainingTexts } from '../training/texts.js';
import { Vocabulary } from '../core/vocabulary.js';
import { type VocabularyData, VocabularyTokenizer } from './vocabulary-tokenizer.js';

export interface CharacterTrainingOptions extends SpecialTokenOptions {
  /** The token for characters that are not in the training text, for example `<unk>`. Default: they are an error. */
  unknownToken?: string;
}

export interface CharacterData extends VocabularyData {
  /** The token for unknown characters; one of `tokens`. Default: they are an error. */
  unknownToken?: string;
}

export class CharacterTokenizer extends VocabularyTokenizer {
  readonly kind = 'character';
  readonly #ids = new Map<number, number>();
  readonly #unknownToken: string | undefined;

  /**
   * Makes tokens of all characters of the texts, in the order of their code points, after the special tokens if any.
   * @throws {RangeError} when the text is empty or a special token is a single character
   */
  static train(texts: TrainingTexts, options: CharacterTrainingOptions = {}): CharacterTokenizer {
    checkOptions<CharacterTrainingOptions>('CharacterTokenizer.train', options, { specialTokens: 'optional', unknownToken: 'optional' });
    const { unknownToken } = options;
    const specialTokens = listSpecialTokens(options.specialTokens, unknownToken);
    for (const token of specialTokens) {
      if ([...token].length === 1) throw new RangeError(`The special token ${quote(token)} is a single character; expected more, so that it differs from text.`);
    }
    const characters = distinctCodePoints(texts).map((codePoint) => String.fromCodePoint(codePoint));
    return new CharacterTokenizer({
      tokens: [...specialTokens, ...characters],
      addedTokens: specialTokens.map((content) => ({ content, special: true })),
      unknownToken,
    });
  }

  /**
   * Creates a tokenizer from its parts.
   * @throws {RangeError} when an ordinary token is more than one character, or the unknown token is no token
   */
  constructor(data: CharacterData) {
    super(new Vocabulary(data.tokens), data.addedTokens);
    this.#unknownToken = data.unknownToken;
    if (data.unknownToken !== undefined && this.vocabulary.id(data.unknownToken) === undefined) throw new RangeError(`The unknown token ${quote(data.unknownToken)} is not in the vocabulary.`);
    this.vocabulary.tokens().forEach((token, id) => {
      if (this.added.ids.has(id)) return;
      const codePoint = token.codePointAt(0) as number;
      if (String.fromCodePoint(codePoint) === token) this.#ids.set(codePoint, id);
      else if (token !== data.unknownToken) throw new RangeError(`Token ${id}, ${quote(token)}, is more than one character; expected single ones, apart from added tokens.`);
    });
  }

  protected encodeOrdinary(text: string, ids: IdList, offset: number): void {
    const unknown = this.#unknownToken === undefined ? undefined : this.vocabulary.id(this.#unknownToken);
    for (let i = 0; i < text.length; i++) {
      let codePoint = text.codePointAt(i) as number;
      if ((codePoint & 0xfffff800) === 0xd800) codePoint = 0xfffd;
      const id = this.#ids.get(codePoint) ?? unknown;
      if (id === undefined) {
        throw new RangeError(
          `Cannot encode ${describeCharacter(String.fromCodePoint(codePoint))} at position ${offset + i}: it is none of the ${this.vocabSize} tokens. Train with text that holds it, or with an unknownToken.`,
        );
      }
      ids.push(id);
      if (codePoint > 0xffff) i++;
    }
  }

  protected get safeAt(): 'anywhere' {
    return 'anywhere';
  }

  protected forEachPiece(text: string, visit: (start: number, end: number) => void): void {
    for (let start = 0; start < text.length; ) {
      const end = start + ((text.codePointAt(start) as number) > 0xffff ? 2 : 1);
      visit(start, end);
      start = end;
    }
  }

  /** Undefined, because each character is a piece of its own. */
  protected bytesEncodedBy(): undefined {
    return undefined;
  }

  protected override isUnknown(id: number): boolean {
    return this.#unknownToken !== undefined && id === this.vocabulary.id(this.#unknownToken);
  }

  toJSON(): TokenizerJSON {
    return wordLevelJSON(this.vocabulary, this.added, SINGLE_CHARACTER_PATTERN, this.#unknownToken);
  }
}
