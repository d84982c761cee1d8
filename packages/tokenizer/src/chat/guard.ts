// Keeps what the caller gave as text when a rendered conversation is encoded; what the template wrote may become control tokens.
import { GUARD, type Guard, type GuardedOptions } from '../core/added-token-matcher.js';
import { quote } from '../text/well-formed.js';
import type { Tokenizer } from '../core/tokenizer.js';
import type { GivenPart } from './text-parts.js';

/**
 * Options of `encode` for a rendered conversation: its added tokens become ids, but not those in which something stands that the caller gave.
 * Tokens of white space alone, which some vocabularies have, are no control tokens and stay. Nothing is added around the text, because the
 * template has written it.
 * @param allowed  tokens that the caller's texts may hold
 */
export function guardedOptions(given: readonly GivenPart[], allowed: ReadonlySet<string>): GuardedOptions {
  const guard: Guard = (start, end, token) => {
    if (allowed.has(token) || token.trim() === '') return false;
    for (let i = firstBehind(given, start); i < given.length && given[i].start < end; i++) {
      // What the template writes around a name may make a token of it; the name alone is none.
      if (!given[i].isName || (given[i].start <= start && given[i].end >= end)) return true;
    }
    return false;
  };
  return { allowedSpecial: 'all', addSpecialTokens: false, [GUARD]: guard };
}

/** @throws {TypeError} when it is no list of texts; {RangeError} when it names something that is no token */
export function allowedTokens(owner: string, tokenizer: Tokenizer, names: Iterable<string> = []): ReadonlySet<string> {
  if (names === null || typeof names !== 'object' || typeof names[Symbol.iterator] !== 'function') throw new TypeError(`${owner}: allowedInMessages is ${quote(names)}; expected a list of tokens, such as ['<think>'].`);
  const allowed = new Set(names);
  for (const name of allowed) if (typeof name !== 'string' || tokenizer.tokenToId(name) === undefined) throw new RangeError(`${owner}: allowedInMessages names ${quote(name)}, which is no token of this tokenizer; leave it out, or correct its spelling.`);
  return allowed;
}

/** The index of the first part that ends behind a place. */
function firstBehind(given: readonly GivenPart[], place: number): number {
  let [low, high] = [0, given.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (given[middle].end <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}
