// Tokens that are found in a text as a whole, before any algorithm sees it: special tokens such as <|endoftext|>,
// which the caller has to allow, and other added tokens, which always count.

import { type EncodeOptions } from './tokenizer';
import { quote } from './text/well-formed';
import { type Vocabulary } from './vocabulary';

export interface AddedToken {
  content: string;
  /** True: a control token that text turns into only when the caller allows it. False: a word that is always one token. */
  special: boolean;
}

const regularExpressionSigns = /[\\^$.*+?()[\]{}|/-]/g;

export class AddedTokens {
  /** In the order of ids. */
  readonly list: readonly (AddedToken & { id: number })[];
  /** Content -> id of those that are special. */
  readonly special: ReadonlyMap<string, number>;
  /** The ids of all of them, special or not. */
  readonly ids: ReadonlySet<number>;
  readonly #ids: ReadonlyMap<string, number>;
  /** The last expression that `split` built, and what for. */
  #last: { key: string; expression: RegExp } | undefined;

  /** @throws {RangeError} when a token is not in the vocabulary or given twice */
  constructor(tokens: readonly AddedToken[], vocabulary: Vocabulary) {
    const ids = new Map<string, number>();
    const list = tokens.map(({ content, special }) => {
      const id = vocabulary.id(content);
      if (id === undefined) throw new RangeError(`The added token ${quote(content)} is not in the vocabulary; add it to the tokens.`);
      if (ids.has(content)) throw new RangeError(`The added token ${quote(content)} is given twice.`);
      ids.set(content, id);
      return { content, special, id };
    });
    this.list = list.sort((a, b) => a.id - b.id);
    this.#ids = ids;
    this.ids = new Set(ids.values());
    this.special = new Map(this.list.filter((token) => token.special).map(({ content, id }) => [content, id]));
  }

  /**
   * Cuts a text at its added tokens: `visitText` gets the ranges between them, never empty, and `visitToken` their ids.
   * Where two tokens start at the same place the longer one counts.
   */
  split(text: string, allowedSpecial: EncodeOptions['allowedSpecial'], visitText: (start: number, end: number) => void, visitToken: (id: number) => void): void {
    const expression = this.#expression(allowedSpecial);
    let end = 0;
    if (expression) {
      expression.lastIndex = 0;
      for (let match = expression.exec(text); match !== null; match = expression.exec(text)) {
        if (match.index > end) visitText(end, match.index);
        visitToken(this.#ids.get(match[0]) as number);
        end = match.index + match[0].length;
      }
    }
    if (end < text.length) visitText(end, text.length);
  }

  #expression(allowedSpecial: EncodeOptions['allowedSpecial']): RegExp | undefined {
    const allowed = this.#allowed(allowedSpecial);
    const found = this.list.filter((token) => !token.special || allowed.has(token.content)).map((token) => token.content);
    if (found.length === 0) return undefined;
    const key = JSON.stringify(found);
    if (this.#last?.key !== key) {
      // The first alternative that fits wins, so the longest comes first.
      const alternatives = found.sort((a, b) => b.length - a.length).map((content) => content.replace(regularExpressionSigns, '\\$&'));
      this.#last = { key, expression: new RegExp(alternatives.join('|'), 'g') };
    }
    return this.#last.expression;
  }

  #allowed(allowedSpecial: EncodeOptions['allowedSpecial']): { has(token: string): boolean } {
    if (allowedSpecial === undefined) return new Set();
    if (allowedSpecial === 'all') return this.special;
    if (allowedSpecial === null || typeof allowedSpecial !== 'object' || typeof allowedSpecial[Symbol.iterator] !== 'function') {
      throw new TypeError(`allowedSpecial is ${quote(allowedSpecial)}; expected 'all' or a list of special tokens.`);
    }
    const allowed = new Set(allowedSpecial);
    for (const token of allowed) {
      if (!this.special.has(token)) {
        const known = [...this.special.keys()].slice(0, 10).map(quote).join(', ');
        throw new RangeError(`allowedSpecial names ${quote(token)}, which is no special token of this tokenizer; it has ${known || 'none'}.`);
      }
    }
    return allowed;
  }
}
