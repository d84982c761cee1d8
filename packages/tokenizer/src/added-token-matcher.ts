// Finds added tokens in a text: the leftmost first, and of those that start at one place the longest.

import { type ListedToken } from './added-tokens.js';
import { isWhiteSpace } from './text/white-space.js';
import { type EncodeOptions } from './tokenizer.js';

const regularExpressionSigns = /[\\^$.*+?()[\]{}|/-]/g;
const WORD_CLASS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}';

/** Says of a range of the text that no added token may be found there. */
export type Guard = (start: number, end: number) => boolean;

/** Options of this package's own: an added token may be kept from being found. */
export interface GuardedOptions extends EncodeOptions {
  guard?: Guard;
}

export class AddedTokenMatcher {
  readonly #tokens: ReadonlyMap<string, ListedToken>;
  readonly #expression: RegExp;
  readonly #startsWithWord = new RegExp(`^[${WORD_CLASS}]`, 'u');
  readonly #endsWithWord = new RegExp(`[${WORD_CLASS}]$`, 'u');

  /** @param entries  tokens and what each looks like in the text; of equal looks the first counts */
  constructor(entries: readonly { token: ListedToken; content: string }[]) {
    this.#tokens = new Map([...entries].reverse().map(({ token, content }) => [content, token]));
    // The first alternative that fits wins, so the longest comes first.
    const alternatives = [...this.#tokens.keys()].sort((a, b) => b.length - a.length).map((content) => content.replace(regularExpressionSigns, '\\$&'));
    this.#expression = new RegExp(alternatives.join('|'), 'g');
  }

  /** What the tokens look like. */
  get contents(): Iterable<string> {
    return this.#tokens.keys();
  }

  first(text: string): { content: string; start: number } | undefined {
    this.#expression.lastIndex = 0;
    const match = this.#expression.exec(text);
    return match ? { content: match[0], start: match.index } : undefined;
  }

  /** Cuts a text at the tokens: `visitText` gets the ranges between them, never empty, `visitToken` ids and ranges. */
  split(text: string, visitText: (start: number, end: number) => void, visitToken: (id: number, start: number, end: number) => void, guard?: Guard): void {
    const expression = this.#expression;
    expression.lastIndex = 0;
    let done = 0;
    for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
      let start = match.index;
      let end = start + match[0].length;
      if (guard?.(start, end)) {
        expression.lastIndex = start + 1;
        continue;
      }
      const token = this.#tokens.get(match[0]) as ListedToken;
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
