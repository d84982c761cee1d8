// Reads a pattern into its tree. Everything in which the two dialects, or they and JavaScript, differ is decided here and in the files that
// it uses; what cannot be said in JavaScript is refused with its name.

import { escapeSetIn, readBrackets } from './brackets.js';
import { type DialectName, dialects, type Dialect } from './dialect.js';
import { readEscape } from './escapes.js';
import { SEVERAL_LETTERS } from './letter-case.js';
import { PatternReader } from './reader.js';
import { ahead, ANY_CHARACTER, behind, choice, type PatternNode, type Repetition, sequence, set, TEXT_END, TEXT_START } from './syntax-tree.js';

interface Flags {
  ignoreCase: boolean;
  dotAll: boolean;
  anchorsMatchLines: boolean;
  ignoresBlanks: boolean;
}

const LINE_FEED = '\\n';

export interface ParsedPattern {
  root: PatternNode;
  /** The number of groups that keep what they match. */
  groups: number;
}

/** @throws {RangeError} naming the part that is wrong or cannot be translated */
export function parsePattern(pattern: string, dialect: DialectName): ParsedPattern {
  return new Parser(pattern, dialects[dialect]).parse();
}

class Parser {
  readonly #reader: PatternReader;
  readonly #dialect: Dialect;
  readonly #names = new Map<string, number>();
  /** In Oniguruma, plain parentheses keep nothing once a group has a name. */
  readonly #onlyNames: boolean;
  #groups = 0;

  constructor(pattern: string, dialect: Dialect) {
    this.#reader = new PatternReader(pattern, dialect);
    this.#dialect = dialect;
    this.#onlyNames = dialect.name === 'oniguruma' && /(?<!\\)\(\?<[^=!]/.test(pattern);
  }

  parse(): ParsedPattern {
    const root = this.#choice({ ignoreCase: false, dotAll: false, anchorsMatchLines: this.#dialect.anchorsMatchLines, ignoresBlanks: false });
    if (!this.#reader.isAtEnd) this.#reader.refuse(')', 'which closes no group; escape it with a backslash');
    return { root, groups: this.#groups };
  }

  #choice(flags: Flags): PatternNode {
    const options: PatternNode[] = [];
    do options.push(this.#sequence(flags));
    while (this.#reader.take('|'));
    return choice(options);
  }

  #sequence(flags: Flags): PatternNode {
    const reader = this.#reader;
    const parts: PatternNode[] = [];
    let literal = '';
    while (!reader.isAtEnd && !reader.sees('|') && !reader.sees(')')) {
      if (flags.ignoresBlanks && reader.takeMatch(/\s+|#[^\n]*/y)) continue;
      if (reader.takeMatch(/\(\?#[^)]*\)/y)) continue;
      const changed = this.#flags(flags, ')');
      if (changed && this.#dialect.name === 'oniguruma') {
        // There the flags and all alternatives after them are a group.
        parts.push(this.#choice(changed));
        break;
      }
      if (changed) {
        Object.assign(flags, changed);
        continue;
      }
      const start = reader.position;
      const atom = this.#atom(flags);
      const text = reader.pattern.slice(start, reader.position);
      literal = flags.ignoreCase && atom.type === 'set' && [...text].length === 1 ? literal + text : '';
      if (this.#dialect.name === 'oniguruma' && SEVERAL_LETTERS.test(literal)) reader.refuse(literal, 'which also matches a single character such as ß when case is ignored, which cannot be translated; separate the letters, as in s(?:s)');
      parts.push(this.#repeated(atom, flags));
    }
    return sequence(parts);
  }

  /** Reads `(?i-m` up to `end`, if it stands here: the flags from there on. */
  #flags(flags: Flags, end: string): Flags | undefined {
    const match = this.#reader.takeMatch(end === ')' ? /\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?\)/y : /\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?:/y);
    if (!match) return undefined;
    const changed = { ...flags };
    const [, on, off = ''] = match;
    for (const letter of on + off) {
      const value = on.includes(letter);
      if (letter === 'i') changed.ignoreCase = value;
      else if (letter === 'x') changed.ignoresBlanks = value;
      else if (letter === this.#dialect.dotAll) changed.dotAll = value;
      else if (letter === 'm') changed.anchorsMatchLines = value;
      else if (letter !== 'u' || this.#dialect.name === 'oniguruma' || !value) this.#reader.refuse(match[0], `with the flag ${letter}, which cannot be translated from ${this.#dialect.title}; expected i, x or ${this.#dialect.dotAll}`);
    }
    return changed;
  }

  #atom(flags: Flags): PatternNode {
    const reader = this.#reader;
    if (reader.sees('(')) return this.#group(flags);
    const character = reader.next();
    switch (character) {
      case '[':
        return set(readBrackets(reader, flags.ignoreCase, flags.ignoresBlanks));
      case '.':
        return set(flags.dotAll ? ANY_CHARACTER : '[^\\n]');
      case '^':
        return flags.anchorsMatchLines ? choice([TEXT_START, this.#lineStart()]) : TEXT_START;
      case '$':
        return flags.anchorsMatchLines ? ahead(set('[^\\n]'), true) : TEXT_END;
      case '\\':
        return this.#escape(flags);
      case '*':
      case '+':
      case '?':
        return reader.refuse(character, 'with nothing to repeat before it; escape it with a backslash');
      default:
        return set(escapeSetIn(reader, { character }, flags.ignoreCase));
    }
  }

  /** Behind a line feed; Oniguruma finds no line after the last one. */
  #lineStart(): PatternNode {
    const afterLineFeed = behind(set(LINE_FEED));
    return this.#dialect.name === 'oniguruma' ? sequence([afterLineFeed, ahead(TEXT_END, true)]) : afterLineFeed;
  }

  #escape(flags: Flags): PatternNode {
    const reader = this.#reader;
    const oniguruma = this.#dialect.name === 'oniguruma';
    const word = set(this.#dialect.loneWord);
    if (reader.take('b')) return choice([sequence([behind(word), ahead(word, true)]), sequence([behind(word, true), ahead(word)])]);
    if (reader.take('B')) return choice([sequence([behind(word), ahead(word)]), sequence([behind(word, true), ahead(word, true)])]);
    if (reader.take('A')) return TEXT_START;
    if (reader.take('z')) return TEXT_END;
    if (reader.take('G')) return { type: 'searchStart' };
    if (oniguruma && reader.take('Z')) return choice([TEXT_END, ahead(sequence([set(LINE_FEED), TEXT_END]))]);
    if (oniguruma && reader.take('N')) return set('[^\\n]');
    if (oniguruma && reader.take('O')) return set(ANY_CHARACTER);
    if (oniguruma && reader.take('R')) return { type: 'atomic', body: choice([sequence([set('\\r'), set(LINE_FEED)]), set('[\\n-\\r\\x85\\u2028\\u2029]')]) };
    const reference = reader.takeMatch(/[1-9][0-9]*|k<(\w+)>/y);
    if (!reference) return set(escapeSetIn(reader, readEscape(reader, true), flags.ignoreCase));
    const [text, name] = reference;
    const number = name === undefined || /^[0-9]+$/.test(name) ? Number(name ?? text) : this.#names.get(name);
    if (number === undefined || number > this.#groups) return reader.refuse(`\\${text}`, 'but no group before it has that number or name');
    if (flags.ignoreCase) reader.refuse(`\\${text}`, 'a back-reference that ignores case, which cannot be translated; put it outside of (?i)');
    return { type: 'reference', number };
  }

  #group(flags: Flags): PatternNode {
    const reader = this.#reader;
    const start = reader.position;
    const changed = this.#flags(flags, ':');
    let node: PatternNode;
    if (changed) node = this.#choice(changed);
    else if (reader.take('(?=')) node = ahead(this.#choice({ ...flags }));
    else if (reader.take('(?!')) node = ahead(this.#choice({ ...flags }), true);
    else if (reader.take('(?<=')) node = behind(this.#choice({ ...flags }));
    else if (reader.take('(?<!')) node = behind(this.#choice({ ...flags }), true);
    else if (reader.take('(?>')) node = { type: 'atomic', body: this.#choice({ ...flags }) };
    else {
      const name = reader.takeMatch(this.#dialect.name === 'oniguruma' ? /\(\?<([A-Za-z_]\w*)>/y : /\(\?P?<([A-Za-z_]\w*)>/y)?.[1];
      if (name === undefined && (reader.sees('(?') || reader.sees('(*'))) reader.refuse(reader.pattern.slice(start, start + 3), `a group that cannot be translated from ${this.#dialect.title}`);
      if (name === undefined) reader.take('(');
      if (name === undefined && this.#onlyNames) node = this.#choice({ ...flags });
      else {
        const number = ++this.#groups;
        if (name !== undefined && this.#names.has(name)) reader.refuse(name, 'the name of two groups; expected different names');
        if (name !== undefined) this.#names.set(name, number);
        node = { type: 'group', number, body: this.#choice({ ...flags }) };
      }
    }
    if (!reader.take(')')) reader.refuse(reader.pattern.slice(start), 'a group that does not end; expected )');
    return node;
  }

  /** Reads the quantifiers behind a node. In Oniguruma several can follow each other, each repeating what came before. */
  #repeated(body: PatternNode, flags: Flags): PatternNode {
    const reader = this.#reader;
    if (flags.ignoresBlanks) reader.takeMatch(/(?:\s+|#[^\n]*)+/y);
    const oniguruma = this.#dialect.name === 'oniguruma';
    const start = reader.position;
    const match = reader.takeMatch(/[*+?]|\{([0-9]*)(,?)([0-9]*)\}/y);
    if (!match) return body;
    const [sign, low, comma, high] = match;
    if (low === '' && high === '' && (oniguruma || comma === '')) {
      // {}, and {,} in Oniguruma, are no quantifiers but text.
      reader.position = start;
      return body;
    }
    const isInterval = low !== undefined;
    const min = isInterval ? Number(low) : sign === '+' ? 1 : 0;
    const max = isInterval ? (comma === '' ? min : high === '' ? Infinity : Number(high)) : sign === '?' ? 1 : Infinity;
    if (body.type === 'look' || body.type === 'edge' || body.type === 'searchStart') reader.refuse(sign, 'which repeats a place between characters; remove it');
    if (max < min) reader.refuse(sign, 'a quantifier whose maximum is below its minimum; swap the two');
    // A fixed number of times cannot be lazy in Oniguruma: the sign makes it optional.
    const lazy = !(oniguruma && isInterval && comma === '') && reader.take('?');
    const possessive = !(oniguruma && isInterval) && !(oniguruma && lazy) && reader.take('+');
    const node = repeat({ type: 'repeat', body, min, max, lazy, possessive });
    if (oniguruma) return this.#repeated(node, flags);
    const second = reader.takeMatch(/[*+?]/y);
    return second ? reader.refuse(second[0], 'a second quantifier on the same part; put the first into a group') : node;
  }
}

/** A repetition of a repeated set, such as Oniguruma's `\p{N}{1,3}+`, is one that repeats the set if any number of characters will do. */
function repeat(node: Repetition): PatternNode {
  const { body } = node;
  if (body.type !== 'repeat' || body.body.type !== 'set' || body.lazy || body.possessive || body.min > 1 || node.lazy || node.max < Infinity) return node;
  return { ...node, body: body.body, min: node.min * body.min };
}
