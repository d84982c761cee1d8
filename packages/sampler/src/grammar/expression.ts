// The common form of all notations: regular expressions, JSON Schema and GBNF are read into it, and the automaton is built from it.
// Expressions describe characters (code points); compiling turns them into bytes.

/** Code points from `first` to `last`, inclusive; or tokens, see token-characters.ts. */
export type CodePointRange = readonly [first: number, last: number];

export type Expression =
  /** One character out of the ranges; without ranges nothing matches. */
  | { readonly kind: 'characters'; readonly ranges: readonly CodePointRange[] }
  /** The parts in order; without parts it is the empty text. */
  | { readonly kind: 'sequence'; readonly parts: readonly Expression[] }
  /** One of the parts; without parts nothing matches. */
  | { readonly kind: 'choice'; readonly parts: readonly Expression[] }
  /** `min` to `max` times; `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: Expression; readonly min: number; readonly max: number }
  /** The rule with this name. */
  | { readonly kind: 'rule'; readonly name: string }
  /** The texts that lead from state 0 to a state that accepts. */
  | CharacterAutomaton;

/** States that are named by their place in a list. */
export interface CharacterAutomaton {
  readonly kind: 'automaton';
  readonly states: readonly AutomatonState[];
}

export interface AutomatonState {
  /** Whether a text may end here. */
  readonly accepts: boolean;
  /** What is read on the way to another state: a single character, or what stands for one in an escaped text. */
  readonly edges: readonly { readonly reads: Expression; readonly target: number }[];
}

/** Named rules that may call each other, and the one that a text has to match. */
export interface Grammar {
  readonly rules: ReadonlyMap<string, Expression>;
  readonly root: string;
  /** Errors in the words of the notation that the grammar was read from; without it, they speak of rules. */
  readonly errors?: GrammarErrors;
}

export interface GrammarErrors {
  /** For a grammar that no text matches. */
  noText(): Error;
  /** For rules that each call the next one before they read anything; the last is the first again. */
  leftRecursion(circle: readonly string[]): Error;
}

export const LAST_CODE_POINT = 0x10ffff;

/** The empty text. */
export const EMPTY: Expression = { kind: 'sequence', parts: [] };
/** No text at all, not even the empty one. */
export const NOTHING: Expression = { kind: 'choice', parts: [] };
export const ANY_CHARACTER: Expression = { kind: 'characters', ranges: [[0, LAST_CODE_POINT]] };

export const characters = (...ranges: readonly CodePointRange[]): Expression => ({ kind: 'characters', ranges });
export const sequence = (...parts: readonly Expression[]): Expression => (parts.length === 1 ? parts[0] : { kind: 'sequence', parts });
export const choice = (...parts: readonly Expression[]): Expression => (parts.length === 1 ? parts[0] : { kind: 'choice', parts });
export const repeat = (part: Expression, min: number, max: number): Expression => ({ kind: 'repeat', part, min, max });
export const optional = (part: Expression): Expression => repeat(part, 0, 1);
export const rule = (name: string): Expression => ({ kind: 'rule', name });

/** The characters of nearly all literals, once for all of them. */
const ASCII: readonly Expression[] = Array.from({ length: 128 }, (_, codePoint) => characters([codePoint, codePoint]));

/** Whether the empty text matches. The expression must call no rules. */
export function matchesEmpty(expression: Expression): boolean {
  switch (expression.kind) {
    case 'sequence': return expression.parts.every(matchesEmpty);
    case 'choice': return expression.parts.some(matchesEmpty);
    case 'repeat': return expression.min === 0 || matchesEmpty(expression.part);
    case 'automaton': return expression.states[0].accepts;
    default: return false;
  }
}

/** Exactly this text. A lone surrogate matches nothing, because UTF-8 cannot encode it. */
export function literal(text: string): Expression {
  const parts: Expression[] = [];
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    parts.push(codePoint < ASCII.length ? ASCII[codePoint] : characters([codePoint, codePoint]));
  }
  return parts.length === 1 ? parts[0] : { kind: 'sequence', parts };
}

/** Sorts ranges and joins those that overlap or touch. */
export function joinRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const joined: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const previous = joined.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** All characters except these. */
export function invertRanges(ranges: readonly CodePointRange[]): CodePointRange[] {
  const inverted: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of joinRanges(ranges)) {
    if (first > next) inverted.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST_CODE_POINT) inverted.push([next, LAST_CODE_POINT]);
  return inverted;
}
