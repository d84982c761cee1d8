// Reads the escapes that stand for characters, inside and outside of brackets: \n, \x{41}, \d, \p{L}, \".

import { WHITE_SPACE } from './dialect.js';
import { propertySet } from './property.js';
import { characterSource, type PatternReader } from './reader.js';
import type { CharacterSet } from './syntax-tree.js';

/** One character, which can begin a range, or a set of them or of all others. */
export type Escape = { character: string } | { set: CharacterSet; negative: boolean };

const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v', a: '\x07', e: '\x1B' };
const codePoint = /x\{([0-9A-Fa-f]{1,8})\}|x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})/y;
const braced = /u\{([0-9A-Fa-f]{1,8})\}/y;
const property = /[pP](?:\{(\^?)([^{}]+)\}|([A-Z]))/y;

/**
 * Reads what follows a backslash.
 * @param alone  whether it stands outside of brackets
 */
export function readEscape(reader: PatternReader, alone = false): Escape {
  const escape = readAny(reader);
  return alone && 'set' in escape && escape.set === reader.dialect.word ? { ...escape, set: reader.dialect.loneWord } : escape;
}

function readAny(reader: PatternReader): Escape {
  const { dialect } = reader;
  const start = reader.position;
  const [, ...codes] = reader.takeMatch(codePoint) ?? (dialect.name === 'fancy-regex' ? reader.takeMatch(braced) : null) ?? [];
  const code = codes.find((digits) => digits !== undefined);
  if (code !== undefined) {
    const value = Number.parseInt(code, 16);
    if (value > 0x10ffff || (value >= 0xd800 && value < 0xe000)) reader.refuse(`\\${reader.pattern.slice(start, reader.position)}`, 'which is no character; expected a code point up to 10FFFF that is no surrogate');
    return { character: String.fromCodePoint(value) };
  }
  if (reader.sees('p') || reader.sees('P')) return readProperty(reader);
  const name = reader.isAtEnd ? '' : reader.next();
  const sets: Readonly<Record<string, CharacterSet>> = { d: '\\p{Nd}', s: WHITE_SPACE, w: dialect.word, h: '[0-9A-Fa-f]' };
  const lower = name.toLowerCase();
  if (Object.hasOwn(sets, lower)) return { set: sets[lower], negative: name < 'a' };
  if (Object.hasOwn(controls, name)) return { character: controls[name] };
  if (name === '0' && !/^[0-9]/.test(reader.pattern.slice(reader.position))) return { character: '\0' };
  // Letters that mean nothing stand for themselves in Oniguruma; those below mean something else there.
  const isLiteral = dialect.name === 'oniguruma' ? !/^(?:[0-9xuUcCMKXyYgkRNObBAzZGQE]|)$/.test(name) : /^[!-/:-@[-`{-~ ]$/.test(name);
  return isLiteral ? { character: name } : reader.refuse(`\\${name}`, `which cannot be translated from ${dialect.title}; spell the characters out, for example [\\p{L}\\p{N}]`);
}

function readProperty(reader: PatternReader): Escape {
  const match = reader.takeMatch(property);
  if (!match) return reader.refuse(`\\${reader.next()}`, 'a property without a name; expected one such as \\p{L}');
  const [text, sign, name, letter] = match;
  const set = sign && reader.dialect.name !== 'oniguruma' ? undefined : propertySet(name ?? letter, reader.dialect);
  if (set === undefined) return reader.refuse(`\\${text}`, 'a property that JavaScript does not know; expected a category, a script or a binary property of Unicode');
  return { set, negative: text.startsWith('P') !== (sign === '^') };
}

/** The set that an escape stands for. */
export function escapeSet(escape: Escape): CharacterSet {
  if ('character' in escape) return characterSource(escape.character);
  return escape.negative ? negated(escape.set) : escape.set;
}

/** All characters that a set does not hold. */
export function negated(set: CharacterSet): CharacterSet {
  const inside = /^\[([^^[\]&][^[\]&]*)\]$/.exec(set)?.[1];
  return `[^${inside ?? set}]`;
}
