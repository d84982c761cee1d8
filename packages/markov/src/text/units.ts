// What a text is made of, as far as a chain is concerned. One file per unit.
import { characters, graphemes } from './characters.js';
import { whitespace } from './whitespace.js';
import { words } from './words.js';

/** What split() notes besides the tokens, for those who ask. */
export interface SplitNotes {
  /** Where each token begins and ends in the text, in UTF-16 code units. */
  starts?: number[];
  ends?: number[];
  /** The numbers of the tokens that begin a sentence. What only parts sentences, such as the line break between verses, is then no token. */
  sentences?: number[];
  /** The text goes on in the midst of a sentence: see TextUnit.cut. */
  continues?: boolean;
}

export interface TextUnit {
  /** The tokens of a text, in order. */
  split(text: string, notes?: SplitNotes): string[];
  /**
   * The same for units that stand in the text as they are, without a string for each: `token` is called with where each begins and ends
   * and, where reading gave it by the way, its hash (see hashWith); `sentence` before the first token of each sentence. Left out where tokens are more than parts of the text.
   */
  scan?(text: string, token: (from: number, to: number, hash?: number) => void, sentence?: () => void, continues?: boolean): void;
  /**
   * Matches where a text can be cut, in the midst of a sentence, so that the tokens of both parts, the second one split with `continues`,
   * are those of the whole. Global.
   */
  readonly cut: RegExp;
  /** The text of tokens. */
  join(tokens: readonly string[]): string;
  /** Other forms under which a token may be known. */
  variants(token: string): string[];
  /** What stands before the beginning of a sentence: short runs of tokens. */
  readonly sentenceEnds: readonly (readonly string[])[];
  /** What stands between two sentences, where split() leaves it out. */
  readonly betweenSentences: string;
}

/**
 * 'character': Unicode code points. 'grapheme': what readers take for a character (an emoji with its skin tone). 'word': words, punctuation
 * marks and line breaks. 'whitespace': whatever stands between spaces, a sentence in each line, as irstlm, KenLM and SRILM read texts.
 */
export type UnitName = 'character' | 'grapheme' | 'word' | 'whitespace';

const units: Readonly<Record<UnitName, TextUnit>> = { character: characters, grapheme: graphemes, word: words, whitespace };

/** @throws RangeError if there is no unit of that name */
export function unitNamed(unit: UnitName): TextUnit {
  if (!Object.hasOwn(units, unit)) throw new RangeError(`unit must be one of ${Object.keys(units).join(', ')}, got ${String(unit)}`);
  return units[unit];
}
