// Lists added tokens, which are found in the text as a whole before the algorithm runs. Special tokens such as <|endoftext|> are found only
// when the caller allows them; all other added tokens are always found.

import { AddedTokenMatcher } from './added-token-matcher.js';
import type { AddedTokenJSON, SpecialTokenSelection } from './tokenizer.js';
import { quote } from '../text/well-formed.js';
import type { TokenNames } from './vocabulary.js';

export interface AddedToken {
  content: string;
  /** True: a control token, found in text only when the caller allows it. False: a word that is always one token. */
  special: boolean;
  /** Match only where no letter, digit or underscore is next to it. Default false. */
  singleWord?: boolean;
  /** The match includes the white space before the token. Default false. */
  stripLeft?: boolean;
  /** The match includes the white space after the token. Default false. */
  stripRight?: boolean;
  /** Normalize the token and look for it in the normalized text. Default false. */
  normalized?: boolean;
}

/** An added token with its id and all of its flags. */
export type ListedToken = Required<AddedToken> & { id: number };

export class AddedTokens {
  /** All added tokens, sorted by id. */
  readonly list: readonly ListedToken[];
  /** Content -> id, special tokens only. */
  readonly special: ReadonlyMap<string, number>;
  /** The ids of all added tokens, special or not. */
  readonly ids: ReadonlySet<number>;
  readonly #normalize: (content: string) => string;
  readonly #byModel: ReadonlySet<number>;
  /** The matchers where all special tokens are allowed, and where none is: most calls ask for these. */
  #ofAll: Matchers | undefined;
  #ofNone: Matchers | undefined;
  /** The matchers of the last call that listed tokens, and the selection they were made for. */
  #last: { key: string; matchers: Matchers } | undefined;
  #disallowed: { key: string; matcher: AddedTokenMatcher | undefined } | undefined;

  /**
   * @param normalize  applies the tokenizer's normalizer to a token's content. Default: returns it unchanged
   * @param byModel  the ids of added tokens that the model finds itself. Default none
   * @throws {RangeError} when a token is not in the vocabulary or given twice
   */
  constructor(tokens: readonly AddedToken[], vocabulary: Pick<TokenNames, 'id'>, normalize: (content: string) => string = (content) => content, byModel: ReadonlySet<number> = new Set()) {
    const contents = new Set<string>();
    this.#normalize = normalize;
    this.#byModel = byModel;
    this.list = tokens
      .map((token) => {
        const { content, special, singleWord = false, stripLeft = false, stripRight = false, normalized = false } = token;
        const id = vocabulary.id(content);
        if (id === undefined) throw new RangeError(`The added token ${quote(content)} is not in the vocabulary; add it to the tokens.`);
        if (contents.has(content)) throw new RangeError(`The added token ${quote(content)} is given twice.`);
        contents.add(content);
        return { id, content, special, singleWord, stripLeft, stripRight, normalized };
      })
      .sort((a, b) => a.id - b.id);
    this.ids = new Set(this.list.map(({ id }) => id));
    this.special = new Map(this.list.filter((token) => token.special).map(({ content, id }) => [content, id]));
  }

  /**
   * The matchers for the tokens that these options allow: one for the original text, one for normalized text; undefined if there are no
   * such tokens.
   * @throws {TypeError|RangeError} when `allowedSpecial` names something that is no special token
   */
  matchers({ allowedSpecial }: SpecialTokenSelection): Matchers {
    if (allowedSpecial === undefined) return (this.#ofNone ??= this.#matchersOf(allowedSpecial));
    if (allowedSpecial === 'all') return (this.#ofAll ??= this.#matchersOf(allowedSpecial));
    return this.#matchersOf(allowedSpecial);
  }

  #matchersOf(allowedSpecial: SpecialTokenSelection['allowedSpecial']): Matchers {
    const allowed = this.#named('allowedSpecial', allowedSpecial);
    const counting = this.list.filter((token) => (!token.special || allowed.has(token.content)) && !this.#byModel.has(token.id));
    if (counting.length === 0) return {};
    const key = counting.length === this.list.length ? 'all' : JSON.stringify(counting.map(({ id }) => id));
    if (this.#last?.key !== key) {
      const inText = counting.filter((token) => !token.normalized);
      const inNormalized = counting.filter((token) => token.normalized);
      this.#last = { key, matchers: { inText: matcherOf(inText), inNormalized: matcherOf(inNormalized, this.#normalize) } };
    }
    return this.#last.matchers;
  }

  /** @throws {RangeError} when the text holds a special token that `disallowedSpecial` names and `allowedSpecial` does not */
  refuseDisallowed(text: string, selection: SpecialTokenSelection): void {
    if (selection.disallowedSpecial === undefined) return;
    const allowed = this.#named('allowedSpecial', selection.allowedSpecial);
    const named = this.#named('disallowedSpecial', selection.disallowedSpecial);
    const disallowed = this.list.filter((token) => token.special && named.has(token.content) && !allowed.has(token.content));
    const key = JSON.stringify(disallowed.map(({ id }) => id));
    if (this.#disallowed?.key !== key) this.#disallowed = { key, matcher: matcherOf(disallowed.map((token) => ({ ...token, singleWord: false }))) };
    const found = this.#disallowed.matcher?.first(text);
    if (!found) return;
    throw new RangeError(
      `The text holds the special token ${quote(found.content)} at position ${found.start}, which disallowedSpecial forbids. ` +
        'Allow it with allowedSpecial, or leave disallowedSpecial out to encode it as ordinary text.',
    );
  }

  #named(option: 'allowedSpecial' | 'disallowedSpecial', value: SpecialTokenSelection['allowedSpecial']): { has(token: string): boolean } {
    if (value === undefined) return new Set();
    if (value === 'all') return this.special;
    if (value === null || typeof value !== 'object' || typeof value[Symbol.iterator] !== 'function') {
      throw new TypeError(`${option} is ${quote(value)}; expected 'all' or a list of special tokens.`);
    }
    const names = new Set(value);
    for (const token of names) {
      if (!this.special.has(token)) {
        const known = [...this.special.keys()].slice(0, 10).map(quote).join(', ');
        throw new RangeError(`${option} names ${quote(token)}, which is no special token of this tokenizer; it has ${known || 'none'}.`);
      }
    }
    return names;
  }
}

export interface Matchers {
  inText?: AddedTokenMatcher;
  inNormalized?: AddedTokenMatcher;
}

function matcherOf(tokens: readonly ListedToken[], normalize?: (content: string) => string): AddedTokenMatcher | undefined {
  const entries = tokens.map((token) => ({ token, content: normalize ? normalize(token.content) : token.content })).filter(({ content }) => content !== '');
  return entries.length === 0 ? undefined : new AddedTokenMatcher(entries);
}

/** The added tokens as a tokenizer.json lists them. */
export function addedTokensJSON(added: AddedTokens): AddedTokenJSON[] {
  return added.list.map(({ id, content, singleWord, stripLeft, stripRight, normalized, special }) => ({
    id,
    content,
    single_word: singleWord,
    lstrip: stripLeft,
    rstrip: stripRight,
    normalized,
    special,
  }));
}
