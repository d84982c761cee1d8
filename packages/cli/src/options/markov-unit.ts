// The option `--unit` of kk markov: characters, words, or the ids of a tokenizer.
import type { UnitName } from '@kk/markov';
import { InvalidArgumentError } from 'commander';
import { KNOWN_TOKENIZERS, tokenizerSpec, type TokenizerSpec } from './tokenizer-spec.js';

export type MarkovUnit = { kind: 'named'; unit: UnitName } | { kind: 'tokenizer'; spec: TokenizerSpec };

const names = new Map<string, UnitName>([['char', 'character'], ['grapheme', 'grapheme'], ['word', 'word'], ['whitespace', 'whitespace']]);

/** The name of a unit on the command line, which JSON has, too. */
export const unitName = (unit: UnitName | 'tokenizer'): string => [...names].find(([, named]) => named === unit)?.[0] ?? unit;

export const UNIT_NAMES = [...names.keys()];

export const UNITS = `char, grapheme, word, whitespace (what stands between blanks), or a tokenizer: ${KNOWN_TOKENIZERS}`;

export function markovUnit(text: string): MarkovUnit {
  const unit = names.get(text);
  if (unit) return { kind: 'named', unit };
  const spec = text === '' ? undefined : tokenizerSpec(text);
  if (spec?.kind !== 'file' && spec?.kind !== 'ready-made') throw new InvalidArgumentError(`Expected ${UNITS}.`);
  return { kind: 'tokenizer', spec };
}

/** For example `looks 4 words back: n-grams of 5`. */
export const orderInWords = (order: number, unit: UnitName | 'tokenizer'): string => `looks ${order} ${unitWord(unit, order)} back: n-grams of ${order + 1}`;

/** The name of a unit in messages. */
export const unitWord = (unit: UnitName | 'tokenizer', count = 2): string => {
  const word = unit === 'character' || unit === 'grapheme' ? 'character' : unit === 'tokenizer' ? 'token' : 'word';
  return count === 1 ? word : `${word}s`;
};
