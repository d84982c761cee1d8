// Look-ahead and $ in a regular expression: conditions on all of the text that follows. They are resolved from the end to the start, where
// what follows is known: "a look-ahead, then the rest" is the texts that fulfil both.
import { ANY_CHARACTER, choice, EMPTY, type Expression, matchesEmpty, NOTHING, repeat, sequence } from '../expression.js';
import { intersect } from '../intersect.js';

/** What follows must match `rest` to the end of the text, or must not. */
export interface Ahead {
  readonly kind: 'ahead';
  readonly rest: Expression;
  readonly holds: boolean;
}

/** An expression that may have conditions on what follows it. */
export type Pattern =
  | Ahead
  | Expression
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly part: Pattern; readonly min: number; readonly max: number };

export const ANYTHING: Expression = repeat(ANY_CHARACTER, 0, Infinity);

/** Every repetition of a look-ahead is written out; more than these are refused. */
const MAX_REPETITIONS = 20;

/** The texts that consist of a match of the pattern and of `rest`. @throws SyntaxError if a look-ahead is repeated too often */
export function followedBy(pattern: Pattern, rest: Expression): Expression {
  if (!looksAhead(pattern)) return rest === EMPTY ? pattern : sequence(pattern, rest);
  switch (pattern.kind) {
    case 'ahead':
      if (pattern.rest === EMPTY && pattern.holds) return matchesEmpty(rest) ? EMPTY : NOTHING;
      return intersect([{ expression: rest, holds: true }, { expression: pattern.rest, holds: pattern.holds }]);
    case 'sequence':
      return pattern.parts.reduceRight<Expression>((behind, part) => followedBy(part, behind), rest);
    case 'choice':
      return choice(...pattern.parts.map((part) => followedBy(part, rest)));
    case 'repeat': {
      const { part, min, max } = pattern;
      if (max > MAX_REPETITIONS) throw new SyntaxError(`regular expression: a look-ahead or "$" in something that repeats more than ${MAX_REPETITIONS} times is not supported; move it out of the repetition`);
      let behind = rest;
      for (let count = max; count > 0; count--) behind = count > min ? choice(rest, followedBy(part, behind)) : followedBy(part, behind);
      return behind;
    }
  }
}

function looksAhead(pattern: Pattern): pattern is Exclude<Pattern, Expression> {
  switch (pattern.kind) {
    case 'ahead': return true;
    case 'sequence':
    case 'choice': return pattern.parts.some(looksAhead);
    case 'repeat': return looksAhead(pattern.part);
    default: return false;
  }
}
