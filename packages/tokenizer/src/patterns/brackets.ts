// Reads a class, [...], with ranges, nested classes, POSIX classes and operators on sets.

import { type Escape, escapeSet, negated, readEscape } from './escapes.js';
import { ignoringCase, SEVERAL_LETTERS } from './letter-case.js';
import { characterSource, type PatternReader } from './reader.js';
import type { CharacterSet } from './syntax-tree.js';

const posixClass = /\[:(\^?)(\w+):\]/y;

/** Reads a class whose first bracket was taken. */
export function readBrackets(reader: PatternReader, ignoreCase: boolean, ignoresBlanks: boolean): CharacterSet {
  const start = reader.position - 1;
  const isNegative = reader.take('^');
  const fancy = reader.dialect.name === 'fancy-regex';
  let result: CharacterSet | undefined;
  let operator = '';
  let items = reader.take(']') ? characterSource(']') : '';
  const endOperand = (): void => {
    const operand = `[${items}]`;
    if (operator === '') result = operand;
    else if (operator === '&&') result = `[${result}&&${operand}]`;
    else if (operator === '--') result = `[${result}&&${negated(operand)}]`;
    else result = `[[${result}${operand}]&&${negated(`[${result}&&${operand}]`)}]`;
    items = '';
  };
  while (!reader.take(']')) {
    if (reader.isAtEnd) reader.refuse(reader.pattern.slice(start), 'a class that does not end; expected ]');
    const sign = ['&&', '--', '~~'].find((text) => (text === '&&' || fancy) && reader.sees(text));
    if (sign) {
      endOperand();
      operator = sign;
      reader.take(sign);
    } else if (!(fancy && ignoresBlanks && reader.takeMatch(/\s+/y))) {
      items += readItem(reader, ignoreCase, ignoresBlanks);
    }
  }
  endOperand();
  let set = result as CharacterSet;
  if (ignoreCase) {
    set = ignoringCase(set);
    if (!fancy && !isNegative && new RegExp(`^${set}$`, 'v').test('\u00DF')) reader.refuse(reader.pattern.slice(start, reader.position), 'whose ß also matches ss in any case, which cannot be translated; write the class without ß');
  }
  return isNegative ? negated(set) : set;
}

function readItem(reader: PatternReader, ignoreCase: boolean, ignoresBlanks: boolean): CharacterSet {
  if (reader.sees('[')) {
    const posix = reader.takeMatch(posixClass);
    const classes = reader.dialect.posix;
    if (posix && Object.hasOwn(classes, posix[2])) return posix[1] ? negated(classes[posix[2]]) : classes[posix[2]];
    if (posix) reader.refuse(posix[0], 'a class without that name; expected one such as [:alpha:]');
    reader.take('[');
    return readBrackets(reader, ignoreCase, ignoresBlanks);
  }
  const first = readMember(reader);
  const isRange = reader.sees('-') && !reader.sees('-]') && !(reader.dialect.name === 'fancy-regex' && reader.sees('--'));
  if (!isRange) return escapeSet(first);
  const start = reader.position;
  reader.take('-');
  const last = reader.sees('[') ? undefined : readMember(reader);
  if (!last || !('character' in first) || !('character' in last)) return reader.refuse(reader.pattern.slice(start, reader.position), 'a range from or to a class; escape the sign with a backslash');
  if ((first.character.codePointAt(0) ?? 0) > (last.character.codePointAt(0) ?? 0)) reader.refuse(`${first.character}-${last.character}`, 'a range that ends before it begins; swap its ends');
  return `${characterSource(first.character)}-${characterSource(last.character)}`;
}

function readMember(reader: PatternReader): Escape {
  if (!reader.take('\\')) return { character: reader.next() };
  if (reader.dialect.name === 'oniguruma' && reader.take('b')) return { character: '\b' };
  return readEscape(reader);
}

/** The set of a character or an escape, in any case if asked for. */
export function escapeSetIn(reader: PatternReader, escape: Escape, ignoreCase: boolean): CharacterSet {
  // Outside of brackets, Oniguruma takes properties as they are.
  if (!ignoreCase || ('set' in escape && reader.dialect.name === 'oniguruma')) return escapeSet(escape);
  if ('set' in escape) {
    const set = ignoringCase(escape.set);
    return escape.negative ? negated(set) : set;
  }
  if (reader.dialect.name === 'oniguruma' && SEVERAL_LETTERS.test(escape.character)) reader.refuse(escape.character, 'which also matches several letters when case is ignored, which cannot be translated; write it outside of (?i)');
  return ignoringCase(characterSource(escape.character));
}
