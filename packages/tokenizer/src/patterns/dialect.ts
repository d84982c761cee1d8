// Describes the two dialects of regular expressions in files of tokenizers, as far as they differ. Sources: Oniguruma's doc/RE (syntax
// ONIG_SYNTAX_ ONIGURUMA, UTF-8), which Hugging Face's tokenizers use; the documentation of the Rust crates regex and fancy-regex, which
// tiktoken uses.

import { WHITE_SPACE_CLASS } from '../text/white-space.js';
import type { CharacterSet } from './syntax-tree.js';

export type DialectName = 'oniguruma' | 'fancy-regex';

export interface Dialect {
  name: DialectName;
  /** The engine and who uses it, for error messages. */
  title: string;
  /** `\w` in brackets. */
  word: CharacterSet;
  /** `\w` and `\p{Word}` outside of brackets, and what `\b` looks at. */
  loneWord: CharacterSet;
  /** `[[:name:]]`. */
  posix: Readonly<Record<string, CharacterSet>>;
  /** `\p{name}` beyond the properties that JavaScript knows, by the name in lower case without separators. */
  properties: Readonly<Record<string, CharacterSet>>;
  /** The flag that lets `.` match line feeds. */
  dotAll: 'm' | 's';
  /** Whether `^` and `$` match at every line, without a flag. */
  anchorsMatchLines: boolean;
}

export const WHITE_SPACE: CharacterSet = `[${WHITE_SPACE_CLASS}]`;
const ONIGURUMA_WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]';
/** For these six, Oniguruma looks into a table of ISO 8859-1 that brackets do not use. */
const ONIGURUMA_LONE_WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}²³¹¼½¾]';
const FANCY_WORD = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]';
const VISIBLE = `[^${WHITE_SPACE_CLASS}\\p{Cc}\\p{Cn}\\p{Cs}]`;

/** Unicode's meaning of the POSIX classes. */
const unicodeClasses: Readonly<Record<string, CharacterSet>> = {
  alnum: '[\\p{Alphabetic}\\p{Nd}]',
  alpha: '\\p{Alphabetic}',
  ascii: '\\p{ASCII}',
  blank: '[\\p{Zs}\\t]',
  cntrl: '\\p{Cc}',
  digit: '\\p{Nd}',
  graph: VISIBLE,
  lower: '\\p{Lowercase}',
  print: `[${VISIBLE}\\p{Zs}]`,
  punct: '[\\p{P}\\p{S}]',
  space: WHITE_SPACE,
  upper: '\\p{Uppercase}',
  word: ONIGURUMA_WORD,
  xdigit: '[0-9A-Fa-f]',
};

const asciiClasses: Readonly<Record<string, CharacterSet>> = {
  alnum: '[0-9A-Za-z]',
  alpha: '[A-Za-z]',
  ascii: '\\p{ASCII}',
  blank: '[\\t ]',
  cntrl: '[\\0-\\x1F\\x7F]',
  digit: '[0-9]',
  graph: '[!-~]',
  lower: '[a-z]',
  print: '[ -~]',
  punct: '[!-\\/:-@\\[-`\\{-~]',
  space: '[\\t-\\r ]',
  upper: '[A-Z]',
  word: '[0-9A-Z_a-z]',
  xdigit: '[0-9A-Fa-f]',
};

export const dialects: Readonly<Record<DialectName, Dialect>> = {
  oniguruma: { name: 'oniguruma', title: "Oniguruma, the engine of Hugging Face's tokenizers", word: ONIGURUMA_WORD, loneWord: ONIGURUMA_LONE_WORD, posix: unicodeClasses, properties: { ...unicodeClasses, punct: '\\p{P}' }, dotAll: 'm', anchorsMatchLines: true },
  'fancy-regex': { name: 'fancy-regex', title: 'fancy-regex, the engine of tiktoken', word: FANCY_WORD, loneWord: FANCY_WORD, posix: asciiClasses, properties: {}, dotAll: 's', anchorsMatchLines: false },
};
