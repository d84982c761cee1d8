// Walks through the characters of a pattern, and names the place in its errors.

import { quote } from '../text/well-formed.js';
import type { Dialect } from './dialect.js';
import type { CharacterSet } from './syntax-tree.js';

export class PatternReader {
  position = 0;

  constructor(
    readonly pattern: string,
    readonly dialect: Dialect,
  ) {}

  get isAtEnd(): boolean {
    return this.position >= this.pattern.length;
  }

  /** Whether the pattern goes on with `text`. */
  sees(text: string): boolean {
    return this.pattern.startsWith(text, this.position);
  }

  /** Moves behind `text` if the pattern goes on with it. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Moves behind what a sticky expression matches here. */
  takeMatch(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.position;
    const match = expression.exec(this.pattern);
    if (match) this.position += match[0].length;
    return match;
  }

  /** The next code point, which is taken. */
  next(): string {
    const character = String.fromCodePoint(this.pattern.codePointAt(this.position) ?? 0);
    this.position += character.length;
    return character;
  }

  /** @throws {RangeError} always */
  refuse(part: string, why: string): never {
    throw new RangeError(`The pattern ${quote(this.pattern)} holds ${quote(part)}, ${why}.`);
  }
}

/** A character as an operand of a class, escaped where a class gives it a meaning. */
export function characterSource(character: string): CharacterSet {
  if (/[&\-!#%,:;<=>@`~^$\\.*+?()[\]{}|/]/.test(character)) return `\\${character}`;
  if (/[\p{C}\p{Z}]/u.test(character) && character !== ' ') return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
  return character;
}
