// GBNF, the grammar notation of llama.cpp: `name ::= alternatives`, literals in double quotes, classes, groups, * + ? {m} {m,} {m,n},
// `.` for any character, <[id]> and <name> for tokens, ! before them for all others, comments from # to the end of the line. A rule ends with its line, unless a group is open or | comes last.
import { ANY_CHARACTER, characters, choice, type CodePointRange, type Expression, type Grammar, invertRanges, joinRanges, LAST_CODE_POINT, repeat, rule, sequence } from '../expression.js';
import { PatternScanner } from '../pattern-scanner.js';
import type { TokenVocabulary } from '../token-vocabulary.js';
import { readToken } from './token.js';

const MAX_NESTING = 200;
const NAME = /[A-Za-z0-9_-]+/y;

/**
 * @param root the rule that a text must match
 * @param vocabulary the tokens that the grammar may name
 * @throws SyntaxError naming line and column of a syntax error, or a rule or token that is not defined
 */
export function parseGbnf(text: string, root: string, vocabulary: TokenVocabulary): Grammar {
  const scanner = new PatternScanner(text, 'grammar');
  const reader = new GbnfReader(scanner, vocabulary);
  const rules = new Map<string, Expression>();
  for (scanner.match(SPACE_AND_LINES); !scanner.done; scanner.match(SPACE_AND_LINES)) {
    const at = scanner.at;
    const name = scanner.match(NAME);
    if (name === undefined) throw scanner.error(`expected the name of a rule, ${scanner.found()}`);
    scanner.match(SPACE);
    scanner.expect('::=', `behind the rule name "${name}"`);
    scanner.match(SPACE_AND_LINES);
    if (rules.has(name)) throw scanner.error(`the rule "${name}" is defined twice`, at);
    rules.set(name, reader.alternatives(0));
    if (!scanner.done && scanner.match(LINE_END) === undefined) throw scanner.error(`expected the end of the rule "${name}" or more of it, ${scanner.found()}`);
  }
  for (const [name, at] of reader.called) if (!rules.has(name)) throw scanner.error(`the rule "${name}" is not defined`, at);
  if (!rules.has(root)) throw new RangeError(`the grammar has no rule "${root}"; it has: ${[...rules.keys()].join(', ') || 'none'}`);
  return { rules, root };
}

// Comments count as space.
const SPACE = /(?:[ \t]|#[^\r\n]*)*/y;
const SPACE_AND_LINES = /(?:[ \t\r\n]|#[^\r\n]*)*/y;
const LINE_END = /\r?\n|\r/y;

const ESCAPES: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09, '\\': 0x5c, '"': 0x22, '[': 0x5b, ']': 0x5d, '-': 0x2d, '^': 0x5e };
const HEX_ESCAPES: Readonly<Record<string, RegExp>> = { x: /[0-9A-Fa-f]{2}/y, u: /[0-9A-Fa-f]{4}/y, U: /[0-9A-Fa-f]{8}/y };

class GbnfReader {
  readonly #scanner: PatternScanner;
  readonly #vocabulary: TokenVocabulary;
  /** Names of called rules, and where each is called first. */
  readonly called = new Map<string, number>();

  constructor(scanner: PatternScanner, vocabulary: TokenVocabulary) {
    this.#scanner = scanner;
    this.#vocabulary = vocabulary;
  }

  alternatives(nesting: number): Expression {
    const parts: Expression[] = [];
    do {
      this.#scanner.match(parts.length > 0 || nesting > 0 ? SPACE_AND_LINES : SPACE);
      parts.push(this.#sequence(nesting));
    } while (this.#scanner.skip('|'));
    return choice(...parts);
  }

  #sequence(nesting: number): Expression {
    const scanner = this.#scanner;
    const parts: Expression[] = [];
    for (let element = this.#element(nesting); element !== undefined; element = this.#element(nesting)) {
      parts.push(this.#quantified(element));
      scanner.match(nesting > 0 ? SPACE_AND_LINES : SPACE);
    }
    return sequence(...parts);
  }

  #element(nesting: number): Expression | undefined {
    const scanner = this.#scanner;
    const at = scanner.at;
    if (scanner.skip('"')) return this.#literal(at);
    if (scanner.skip('[')) return this.#class(at);
    if (scanner.skip('.')) return ANY_CHARACTER;
    if (scanner.skip('(')) {
      if (nesting === MAX_NESTING) throw scanner.error(`more than ${MAX_NESTING} groups within each other`, at);
      const group = this.alternatives(nesting + 1);
      scanner.match(SPACE_AND_LINES);
      if (!scanner.skip(')')) throw scanner.error(`the group that begins here is not closed: expected ")", ${scanner.found()}`, at);
      return group;
    }
    if (scanner.match(/[*+?{]/y) !== undefined) throw scanner.error(`"${scanner.text[at]}" has nothing to repeat`, at);
    if (scanner.sees('<') || scanner.sees('!')) return readToken(scanner, this.#vocabulary);
    const name = scanner.match(NAME);
    if (name === undefined) return undefined;
    if (!this.called.has(name)) this.called.set(name, at);
    return rule(name);
  }

  #quantified(element: Expression): Expression {
    const scanner = this.#scanner;
    let quantified = element;
    // Several quantifiers in a row apply one after another.
    for (;;) {
      const at = scanner.at;
      if (scanner.skip('*')) quantified = repeat(quantified, 0, Infinity);
      else if (scanner.skip('+')) quantified = repeat(quantified, 1, Infinity);
      else if (scanner.skip('?')) quantified = repeat(quantified, 0, 1);
      else if (scanner.sees('{')) {
        const text = scanner.match(/\{\s*\d*\s*(?:,\s*\d*\s*)?\}/y)?.replace(/\s/g, '');
        if (text === undefined || text === '{}' || text === '{,}') throw scanner.error('expected {m}, {m,}, {,n} or {m,n}');
        const [min, max = min] = text.slice(1, -1).split(',');
        const counts = { min: Number(min), max: max === '' ? Infinity : Number(max) };
        scanner.checkCounts(counts.min, counts.max, at);
        quantified = repeat(quantified, counts.min, counts.max);
      } else return quantified;
    }
  }

  #literal(at: number): Expression {
    const scanner = this.#scanner;
    const parts: Expression[] = [];
    while (!scanner.skip('"')) {
      const codePoint = this.#character('the literal that begins here is not closed: expected "\\""', at);
      parts.push(characters([codePoint, codePoint]));
    }
    return sequence(...parts);
  }

  #class(at: number): Expression {
    const scanner = this.#scanner;
    const unclosed = 'the class that begins here is not closed: expected "]"';
    const negated = scanner.skip('^');
    const ranges: CodePointRange[] = [];
    while (!scanner.skip(']')) {
      const from = scanner.at;
      const first = this.#character(unclosed, at);
      let last = first;
      if (scanner.sees('-') && !scanner.sees('-]')) {
        scanner.skip('-');
        last = this.#character(unclosed, at);
        if (first > last) throw scanner.error('the range is in the wrong order', from);
      }
      ranges.push([first, last]);
    }
    return characters(...(negated ? invertRanges(ranges) : joinRanges(ranges)));
  }

  /** One character of a literal or a class; neither may contain a line end. */
  #character(unclosed: string, openedAt: number): number {
    const scanner = this.#scanner;
    const at = scanner.at;
    if (scanner.done || scanner.sees('\n') || scanner.sees('\r')) throw scanner.error(unclosed, openedAt);
    if (!scanner.skip('\\')) return scanner.codePoint('a character');
    const letter = scanner.done ? '' : String.fromCodePoint(scanner.codePoint('an escape'));
    if (Object.hasOwn(ESCAPES, letter)) return ESCAPES[letter];
    const digits = Object.hasOwn(HEX_ESCAPES, letter) ? scanner.match(HEX_ESCAPES[letter]) : undefined;
    const codePoint = digits === undefined ? NaN : parseInt(digits, 16);
    if (!(codePoint <= LAST_CODE_POINT)) throw scanner.error(`the escape \\${letter} is not known; there are \\n \\r \\t \\\\ \\" \\[ \\] \\xHH \\uHHHH and \\UHHHHHHHH`, at);
    return codePoint;
  }
}
