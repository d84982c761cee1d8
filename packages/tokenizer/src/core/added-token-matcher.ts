// Finds added tokens in a text. The leftmost match wins; of several that start at the same place, the longest.

import type { ListedToken } from './added-tokens.js';
import { isWhiteSpace } from '../text/white-space.js';
import type { EncodeOptions } from './tokenizer.js';

const regularExpressionSigns = /[\\^$.*+?()[\]{}|/-]/g;
const WORD_CLASS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

/** Returns true for a range of the text in which the token that stands there is ignored. */
export type Guard = (start: number, end: number, token: string) => boolean;

/** Names the option of a guard. It is a symbol, so that it is none of the options that callers may give; every copy of this package has the same one. */
export const GUARD: unique symbol = Symbol.for('@kk/tokenizer: guard') as never;

/** `EncodeOptions` plus an internal option: a guard that makes the matcher ignore added tokens in some ranges. */
export interface GuardedOptions extends EncodeOptions {
  [GUARD]?: Guard;
}

export class AddedTokenMatcher {
  readonly #tokens: ReadonlyMap<string, ListedToken>;
  readonly #longestFirst: readonly string[];
  readonly #expression: RegExp;
  readonly #startsWithWord = new RegExp(`^[${WORD_CLASS}]`, 'u');
  readonly #endsWithWord = new RegExp(`[${WORD_CLASS}]$`, 'u');

  /** @param entries  tokens and the text to find for each; if two texts are equal, the first entry wins */
  constructor(entries: readonly { token: ListedToken; content: string }[]) {
    this.#tokens = new Map([...entries].reverse().map(({ token, content }) => [content, token]));
    // A regular expression takes the first alternative that matches, so the longest comes first.
    this.#longestFirst = [...this.#tokens.keys()].sort((a, b) => b.length - a.length);
    const alternatives = this.#longestFirst.map((content) => content.replace(regularExpressionSigns, '\\$&'));
    this.#expression = new RegExp(alternatives.join('|'), 'g');
  }

  /** The texts that the matcher looks for. */
  get contents(): Iterable<string> {
    return this.#tokens.keys();
  }

  first(text: string): { content: string; start: number } | undefined {
    this.#expression.lastIndex = 0;
    const match = this.#expression.exec(text);
    return match ? { content: match[0], start: match.index } : undefined;
  }

  /**
   * Splits a text at the tokens. `visitText` is called with each non-empty range between tokens, `visitToken` with the id and range of each
   * token.
   */
  split(text: string, visitText: (start: number, end: number) => void, visitToken: (id: number, start: number, end: number) => void, guard?: Guard): void {
    const expression = this.#expression;
    expression.lastIndex = 0;
    let done = 0;
    for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
      let start = match.index;
      const content = guard ? this.#unguarded(text, start, match[0], guard) : match[0];
      if (content === undefined) {
        expression.lastIndex = start + 1;
        continue;
      }
      let end = (expression.lastIndex = start + content.length);
      const token = this.#tokens.get(content) as ListedToken;
      if (token.singleWord && this.#touchesWord(text, start, end)) continue;
      if (token.stripLeft) {
        while (start > done && isWhiteSpace(text[start - 1])) start--;
        // As in the reference, it begins behind the white space that the token before it took, and if nothing is left, it is none.
        start = Math.max(start, done);
        if (start >= end) continue;
      }
      if (token.stripRight) while (end < text.length && isWhiteSpace(text[end])) end++;
      if (start > done) visitText(done, start);
      visitToken(token.id, start, end);
      done = end;
    }
    if (done < text.length) visitText(done, text.length);
  }

  /** The longest token that stands here and is not guarded: what was found, or one with which it begins. */
  #unguarded(text: string, start: number, found: string, guard: Guard): string | undefined {
    const isGuarded = (content: string): boolean => guard(start, start + content.length, this.#tokens.get(content)!.content);
    if (!isGuarded(found)) return found;
    return this.#longestFirst.find((content) => content.length < found.length && text.startsWith(content, start) && !isGuarded(content));
  }

  #touchesWord(text: string, start: number, end: number): boolean {
    return this.#endsWithWord.test(text.slice(Math.max(0, start - 2), start)) || this.#startsWithWord.test(text.slice(end, end + 2));
  }
}
