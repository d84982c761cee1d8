// Names the units that a text can be split into. There is one file per unit.
import { describe } from '@kk/options';
import { characters, graphemes } from './characters.js';
import { whitespace } from './whitespace.js';
import { words } from './words.js';

/** Additional results of split(), on request. */
export interface SplitNotes {
  /** Where each token begins and ends in the text, in UTF-16 code units. */
  starts?: number[];
  ends?: number[];
  /**
   * The indexes of the tokens that begin a sentence. A mere separator of sentences, such as the line break between verses, is then not a
   * token.
   */
  sentences?: number[];
  /** Whether the text begins inside a sentence; see TextUnit.cut. */
  continues?: boolean;
}

export interface TextUnit {
  /** The tokens of a text, in order. */
  split(text: string, notes?: SplitNotes): string[];
  /**
   * Like split(), for units that occur unchanged in the text, without a string for each. Calls `token` with the start and end of each token
   * and, if known, its hash (see hashWith), and `sentence` before the first token of each sentence. Undefined if tokens are not plain parts
   * of the text.
   */
  scan?(text: string, token: (from: number, to: number, hash?: number) => void, sentence?: () => void, continues?: boolean): void;
  /**
   * A global expression for the places inside sentences where a text can be cut: the tokens of both parts, the second one split with
   * `continues`, are those of the whole.
   */
  readonly cut: RegExp;
  /** Joins tokens to a text. */
  join(tokens: readonly string[]): string;
  /** Other forms of a token that may be in the vocabulary. */
  variants(token: string): string[];
  /** The short sequences of tokens that end a sentence. */
  readonly sentenceEnds: readonly (readonly string[])[];
  /** The text between two sentences, if split() leaves it out. */
  readonly betweenSentences: string;
}

/**
 * 'character': Unicode code points. 'grapheme': what readers see as a character (an emoji with its skin tone). 'word': words, punctuation
 * marks and line breaks. 'whitespace': everything between spaces, one sentence per line, as irstlm, KenLM and SRILM read texts.
 */
export type UnitName = 'character' | 'grapheme' | 'word' | 'whitespace';

const units: Readonly<Record<UnitName, TextUnit>> = { character: characters, grapheme: graphemes, word: words, whitespace };

/** @throws RangeError if there is no unit of that name */
export function unitNamed(unit: UnitName): TextUnit {
  if (!Object.hasOwn(units, unit)) throw new RangeError(`unit must be one of ${Object.keys(units).join(', ')}, got ${describe(unit)}`);
  return units[unit];
}
