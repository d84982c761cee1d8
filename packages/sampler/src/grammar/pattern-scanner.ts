// A cursor in a pattern, with errors that name the position. Used by the parsers of regular expressions and of GBNF.
import { describe } from '@kk/options';

/** The largest count of a repetition. */
const MAX_COUNT = 100_000;

export class PatternScanner {
  readonly text: string;
  readonly #what: string;
  /** Index of the next UTF-16 unit. */
  at = 0;

  /** @param what the name of the text in errors, for example "regular expression" */
  constructor(text: string, what: string) {
    if (typeof text !== 'string') throw new TypeError(`a ${what} must be a string, got ${describe(text)}`);
    this.text = text;
    this.#what = what;
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  /** Whether the text continues with `expected`. */
  sees(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  /** Skips `expected` if the text continues with it. */
  skip(expected: string): boolean {
    if (!this.sees(expected)) return false;
    this.at += expected.length;
    return true;
  }

  expect(expected: string, purpose: string): void {
    if (!this.skip(expected)) throw this.error(`expected "${expected}" ${purpose}, ${this.found()}`);
  }

  /** The next character as a code point. */
  codePoint(purpose: string): number {
    const codePoint = this.text.codePointAt(this.at);
    if (codePoint === undefined) throw this.error(`expected ${purpose}, found the end`);
    this.at += codePoint > 0xffff ? 2 : 1;
    return codePoint;
  }

  /** The match of a sticky regular expression at the cursor, or undefined. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  /** @throws SyntaxError if a repetition's counts are in the wrong order or too large */
  checkCounts(min: number, max: number, at: number): void {
    if (min > max) throw this.error(`the counts are in the wrong order: ${min} is above ${max}`, at);
    if (min > MAX_COUNT || (max !== Infinity && max > MAX_COUNT)) throw this.error(`counts may go up to ${MAX_COUNT}`, at);
  }

  /** The text at the cursor, for errors. */
  found(): string {
    return this.done ? 'found the end' : `found "${String.fromCodePoint(this.text.codePointAt(this.at)!)}"`;
  }

  /** @param at the position of the fault; default the cursor */
  error(message: string, at = this.at): SyntaxError {
    const before = this.text.slice(0, at);
    const line = before.split('\n').length;
    const place = this.text.includes('\n') ? `line ${line}, column ${at - before.lastIndexOf('\n')}` : `position ${at}`;
    return new SyntaxError(`${this.#what}, ${place}: ${message}`);
  }
}
