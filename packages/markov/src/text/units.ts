// What a text is made of, as far as a chain is concerned. One file per unit.
import { characters } from './characters.js';
import { words } from './words.js';

export interface TextUnit {
  /** The tokens of a text, in order. */
  split(text: string): string[];
  /** The text of tokens. */
  join(tokens: readonly string[]): string;
  /** Other forms under which a token may be known. */
  variants(token: string): string[];
  /** What stands before the beginning of a sentence: short runs of tokens. */
  readonly sentenceEnds: readonly (readonly string[])[];
}

/** 'character': Unicode code points. 'word': words, punctuation marks and line breaks. */
export type UnitName = 'character' | 'word';

const units: Readonly<Record<UnitName, TextUnit>> = { character: characters, word: words };

/** @throws RangeError if there is no unit of that name */
export function unitNamed(unit: UnitName): TextUnit {
  if (!Object.hasOwn(units, unit)) throw new RangeError(`unit must be one of ${Object.keys(units).join(', ')}, got ${String(unit)}`);
  return units[unit];
}
