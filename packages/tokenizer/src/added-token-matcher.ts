// Finds added tokens in a text. The leftmost match wins; of several that start at the same place, the longest.

import { type ListedToken } from './added-tokens.js';
import { isWhiteSpace } from './text/white-space.js';
import { type EncodeOptions } from './tokenizer.js';

const regularExpressionSigns = /[\\^$.*+?()[\]{}|/-]/g;
const WORD_CLASS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

/** Returns true for a range of the text in which special tokens are ignored. */
export type Guard = (start: number, end: number) => boolean;

/** `EncodeOptions` plus an internal option: a guard that makes the matcher ignore special tokens in some ranges. */
export interface GuardedOptions extends EncodeOptions {
  guard?: Guard;
}

export class AddedTokenMatcher {
  readonly #tokens: ReadonlyMap<string, ListedToken>;
  readonly #expression: RegExp;
  readonly #startsWithWord = new RegExp(`^[${WORD_CLASS}]`, 'u');
  readonly #endsWithWord = new RegExp(`[${WORD_CLASS}]$`, 'u');

  /** @param entries  tokens and the text to find for each; if two texts are equal, the first entry wins */
  constructor(entries: readonly { token: ListedToken; content: string }[]) {
    this.#tokens = new Map([...entries].reverse().map(({ token, content }) => [content, token]));
    // A regular expression takes the first alternative that matches, so the longest comes first.
    const alternatives = [...this.#tokens.keys()].sort((a, b) => b.length - a.length).map((content) => content.replace(regularExpressionSigns, '\\$&'));
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
      let end = start + match[0].length;
      const token = this.#tokens.get(match[0]) as ListedToken;
      if (token.special && guard?.(start, end)) {
        expression.lastIndex = start + 1;
        continue;
      }
      if (token.singleWord && this.#touchesWord(text, start, end)) continue;
      if (token.stripLeft) while (start > done && isWhiteSpace(text[start - 1])) start--;
      if (token.stripRight) while (end < text.length && isWhiteSpace(text[end])) end++;
      if (start > done) visitText(done, start);
      visitToken(token.id, start, end);
      done = end;
    }
    if (done < text.length) visitText(done, text.length);
  }

  #touchesWord(text: string, start: number, end: number): boolean {
    return this.#endsWithWord.test(text.slice(Math.max(0, start - 2), start)) || this.#startsWithWord.test(text.slice(end, end + 2));
  }
}
