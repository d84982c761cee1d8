// Parses regular expressions: JavaScript's syntax with the flag u, without look-behind and back references.
// Literals, escapes, `.`, classes, \d \w \s \p{...} and their negations, groups, |, look-ahead, $, and the quantifiers * + ? {m} {m,}
// {m,n}; a lazy quantifier is read as the greedy one, for both allow the same texts. ^ may begin the outermost alternatives.
import { characters, choice, type CodePointRange, EMPTY, type Expression, invertRanges, joinRanges, LAST_CODE_POINT, sequence } from '../expression.js';
import { PatternScanner } from '../pattern-scanner.js';
import { ANYTHING, type Ahead, followedBy, type Pattern } from './look-ahead.js';
import { DIGITS, LINE_ENDS, SPACES, unicodeProperty, WORD_CHARACTERS } from './character-sets.js';

const MAX_NESTING = 200;

/** A $: nothing may follow. */
const THE_END: Ahead = { kind: 'ahead', rest: EMPTY, holds: true };

/** The expression for texts that match as a whole; ^ and $ at the ends have no effect. @throws SyntaxError naming the position */
export function parseRegex(pattern: string): Expression {
  return choice(...parseAlternatives(pattern).map(({ part }) => followedBy(part, EMPTY)));
}

/** The expression for texts that contain a match, as in RegExp.test() and JSON Schema's `pattern`. @throws SyntaxError naming the position */
export function parseSearchRegex(pattern: string): Expression {
  const parts = parseAlternatives(pattern).map(({ part, anchoredStart, anchoredEnd }) => {
    const match = followedBy(part, anchoredEnd ? EMPTY : ANYTHING);
    return anchoredStart ? match : sequence(ANYTHING, match);
  });
  return choice(...parts);
}

/** An outermost alternative of a pattern. */
interface PatternAlternative {
  readonly part: Pattern;
  /** Whether it begins with ^. */
  readonly anchoredStart: boolean;
  /** Whether it ends with $. */
  readonly anchoredEnd: boolean;
}

/** @throws SyntaxError naming the position and what is invalid or not supported */
function parseAlternatives(pattern: string): PatternAlternative[] {
  const scanner = new PatternScanner(pattern, 'regular expression');
  const reader = new RegexReader(scanner);
  const alternatives: PatternAlternative[] = [];
  do {
    const anchoredStart = scanner.skip('^');
    alternatives.push({ anchoredStart, ...reader.alternative(0) });
  } while (scanner.skip('|'));
  if (!scanner.done) throw scanner.error('there is no "(" for this ")"');
  return alternatives;
}

const CONTROL_ESCAPES: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, v: 0x0b, f: 0x0c };

class RegexReader {
  readonly #scanner: PatternScanner;

  constructor(scanner: PatternScanner) {
    this.#scanner = scanner;
  }

  /** Parses up to the next | or ) of this level, or the end. A $ that ends it is not part of it. */
  alternative(nesting: number): { part: Pattern; anchoredEnd: boolean } {
    const scanner = this.#scanner;
    const parts: Pattern[] = [];
    while (!scanner.done && !scanner.sees('|') && !scanner.sees(')')) {
      parts.push(scanner.skip('$') ? THE_END : this.#quantified(this.#atom(nesting)));
    }
    const anchoredEnd = parts.at(-1) === THE_END;
    if (anchoredEnd) parts.pop();
    return { part: parts.length === 1 ? parts[0] : { kind: 'sequence', parts }, anchoredEnd };
  }

  #atom(nesting: number): Pattern {
    const scanner = this.#scanner;
    const at = scanner.at;
    if (scanner.skip('(')) return this.#group(at, nesting + 1);
    if (scanner.skip('[')) return this.#class(at);
    if (scanner.skip('.')) return characters(...invertRanges(LINE_ENDS));
    if (scanner.sees('^')) throw scanner.error('"^" is supported only at the start of an outermost alternative');
    if (scanner.match(/[*+?{]/y) !== undefined) throw scanner.error(`"${scanner.text[at]}" has nothing to repeat; write \\${scanner.text[at]} for the character`, at);
    if (scanner.match(/[\]}]/y) !== undefined) throw scanner.error(`"${scanner.text[at]}" closes nothing; write \\${scanner.text[at]} for the character`, at);
    if (scanner.skip('\\')) return characters(...this.#escape(at, false));
    const codePoint = scanner.codePoint('a character');
    return characters([codePoint, codePoint]);
  }

  #group(at: number, nesting: number): Pattern {
    const scanner = this.#scanner;
    if (nesting > MAX_NESTING) throw scanner.error(`more than ${MAX_NESTING} groups within each other`, at);
    if (scanner.skip('?')) {
      if (scanner.match(/<[=!]/y) !== undefined) throw scanner.error('look-behind is not supported; write what comes before as part of the pattern', at);
      if (scanner.sees('=') || scanner.sees('!')) return this.#ahead(at, nesting);
      if (scanner.match(/:|<[A-Za-z_$][\w$]*>/y) === undefined) throw scanner.error('this kind of group is not supported; there are (...), (?:...), (?<name>...), (?=...) and (?!...)', at);
    }
    const parts = this.#alternatives(at, nesting).map(({ part, anchoredEnd }): Pattern => (anchoredEnd ? { kind: 'sequence', parts: [part, THE_END] } : part));
    return parts.length === 1 ? parts[0] : { kind: 'choice', parts };
  }

  /** Parses a look-ahead from its = or ! on. */
  #ahead(at: number, nesting: number): Ahead {
    const scanner = this.#scanner;
    const holds = scanner.skip('=');
    if (!holds) scanner.skip('!');
    const rest = choice(...this.#alternatives(at, nesting).map(({ part, anchoredEnd }) => followedBy(part, anchoredEnd ? EMPTY : ANYTHING)));
    if (scanner.match(/[*+?{]/y) !== undefined) throw scanner.error('a quantifier cannot follow a look-ahead', scanner.at - 1);
    return { kind: 'ahead', rest, holds };
  }

  /** Parses the alternatives of a group and its ")". */
  #alternatives(at: number, nesting: number): { part: Pattern; anchoredEnd: boolean }[] {
    const scanner = this.#scanner;
    const alternatives: { part: Pattern; anchoredEnd: boolean }[] = [];
    do alternatives.push(this.alternative(nesting));
    while (scanner.skip('|'));
    if (!scanner.skip(')')) throw scanner.error('there is no ")" for this "("', at);
    return alternatives;
  }

  #quantified(atom: Pattern): Pattern {
    const scanner = this.#scanner;
    const at = scanner.at;
    let quantified: Pattern;
    if (scanner.skip('*')) quantified = { kind: 'repeat', part: atom, min: 0, max: Infinity };
    else if (scanner.skip('+')) quantified = { kind: 'repeat', part: atom, min: 1, max: Infinity };
    else if (scanner.skip('?')) quantified = { kind: 'repeat', part: atom, min: 0, max: 1 };
    else if (scanner.sees('{')) {
      const text = scanner.match(/\{\d+(?:,\d*)?\}/y);
      if (text === undefined) throw scanner.error('expected {m}, {m,} or {m,n}; write \\{ for the character');
      const [min, max = String(min)] = text.slice(1, -1).split(',');
      quantified = { kind: 'repeat', part: atom, min: Number(min), max: max === '' ? Infinity : Number(max) };
      scanner.checkCounts(quantified.min, quantified.max, at);
    } else return atom;
    scanner.skip('?'); // a lazy quantifier allows the same texts
    if (scanner.match(/[*+?{]/y) !== undefined) throw scanner.error('a quantifier cannot follow another one; put the first into a group', scanner.at - 1);
    return quantified;
  }

  #class(at: number): Expression {
    const scanner = this.#scanner;
    const negated = scanner.skip('^');
    const ranges: CodePointRange[] = [];
    while (!scanner.skip(']')) {
      if (scanner.done) throw scanner.error('there is no "]" for this "["', at);
      const from = scanner.at;
      const first = this.#classAtom();
      if (!scanner.sees('-') || scanner.sees('-]')) {
        ranges.push(...first);
        continue;
      }
      scanner.skip('-');
      const last = this.#classAtom();
      if (!isOne(first) || !isOne(last)) throw scanner.error('a range needs a character on both sides; put "-" first or last for the character', from);
      if (first[0][0] > last[0][0]) throw scanner.error('the range is in the wrong order', from);
      ranges.push([first[0][0], last[0][0]]);
    }
    return characters(...(negated ? invertRanges(ranges) : joinRanges(ranges)));
  }

  #classAtom(): readonly CodePointRange[] {
    const scanner = this.#scanner;
    const at = scanner.at;
    if (scanner.skip('\\')) return this.#escape(at, true);
    const codePoint = scanner.codePoint('a character or "]"');
    return [[codePoint, codePoint]];
  }

  /** Parses an escape after its backslash, which was at `at`. */
  #escape(at: number, inClass: boolean): readonly CodePointRange[] {
    const scanner = this.#scanner;
    const letter = scanner.match(/[A-Za-z0-9]/y);
    if (letter === undefined) {
      const symbol = scanner.codePoint('a character behind "\\"');
      if (!'^$\\.*+?()[]{}|/-'.includes(String.fromCodePoint(symbol))) throw scanner.error(`"${String.fromCodePoint(symbol)}" needs no "\\"`, at);
      return [[symbol, symbol]];
    }
    const one = (codePoint: number): CodePointRange[] => [[codePoint, codePoint]];
    switch (letter) {
      case 'd': return DIGITS;
      case 'D': return invertRanges(DIGITS);
      case 'w': return WORD_CHARACTERS;
      case 'W': return invertRanges(WORD_CHARACTERS);
      case 's': return SPACES;
      case 'S': return invertRanges(SPACES);
      case 'p': case 'P': return this.#property(at, letter === 'P');
      case 'x': return one(this.#hex(/[0-9A-Fa-f]{2}/y, '\\x needs two hexadecimal digits', at));
      case 'u': return one(this.#unicode(at));
      case 'c': {
        const control = scanner.match(/[A-Za-z]/y);
        if (control === undefined) throw scanner.error('\\c needs a letter', at);
        return one(control.charCodeAt(0) & 0x1f);
      }
      case '0':
        if (scanner.match(/\d/y) !== undefined) throw scanner.error('octal escapes are not supported; write \\x00 for the character 0', at);
        return one(0);
      case 'b':
        if (inClass) return one(0x08);
        throw scanner.error('\\b looks at its neighbours, which is not supported', at);
      case 'B': throw scanner.error('\\B looks at its neighbours, which is not supported', at);
      case 'k': throw scanner.error('back references are not supported: no automaton can count what it has read', at);
    }
    if (/\d/.test(letter)) throw scanner.error('back references are not supported: no automaton can count what it has read', at);
    if (!Object.hasOwn(CONTROL_ESCAPES, letter)) throw scanner.error(`the escape \\${letter} is not known`, at);
    return one(CONTROL_ESCAPES[letter]);
  }

  #hex(digits: RegExp, otherwise: string, at: number): number {
    const text = this.#scanner.match(digits);
    if (text === undefined) throw this.#scanner.error(otherwise, at);
    return parseInt(text, 16);
  }

  #unicode(at: number): number {
    const scanner = this.#scanner;
    if (scanner.skip('{')) {
      const codePoint = this.#hex(/[0-9A-Fa-f]{1,8}/y, '\\u{ needs hexadecimal digits', at);
      scanner.expect('}', 'behind the digits of \\u{');
      if (codePoint > LAST_CODE_POINT) throw scanner.error('\\u{...} goes up to 10FFFF', at);
      return codePoint;
    }
    const high = this.#hex(/[0-9A-Fa-f]{4}/y, '\\u needs four hexadecimal digits, or {...}', at);
    const low = high >= 0xd800 && high < 0xdc00 ? scanner.match(/\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}/y) : undefined;
    return low === undefined ? high : 0x10000 + ((high - 0xd800) << 10) + (parseInt(low.slice(2), 16) - 0xdc00);
  }

  #property(at: number, negated: boolean): readonly CodePointRange[] {
    const scanner = this.#scanner;
    const braces = scanner.match(/\{[A-Za-z0-9_]+(?:=[A-Za-z0-9_]+)?\}/y);
    if (braces === undefined) throw scanner.error('\\p needs a property in braces, for example \\p{L}', at);
    let ranges: readonly CodePointRange[];
    try {
      ranges = unicodeProperty(braces.slice(1, -1));
    } catch (cause) {
      throw scanner.error(`there is no Unicode property ${braces}: ${cause instanceof Error ? cause.message : String(cause)}`, at);
    }
    return negated ? invertRanges(ranges) : ranges;
  }
}

const isOne = (ranges: readonly CodePointRange[]): boolean => ranges.length === 1 && ranges[0][0] === ranges[0][1];
