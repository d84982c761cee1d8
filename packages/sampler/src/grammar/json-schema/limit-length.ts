// Combines a pattern with minLength and maxLength: the product of the pattern's automaton with a counter of characters. The result is a
// grammar whose rules each read one character and call the next rule; the byte automaton runs such rules without a stack.
import { characterStates, withoutReading } from '../character-states.js';
import { type CodePointRange, choice, EMPTY, type Expression, rule, sequence } from '../expression.js';
import { schemaError, type SchemaObject } from './keywords.js';

/** The maximum number of rules for a pattern of limited length. */
const MAX_RULES = 50_000;

export interface LengthLimits {
  readonly min: number;
  readonly max: number;
  /** The map that the rules are added to. */
  readonly rules: Map<string, Expression>;
  /** The expression for a class of characters as JSON writes it. */
  readonly escape: (ranges: readonly CodePointRange[]) => Expression;
  /** Where the limits stand. */
  readonly schema: Pick<SchemaObject, 'path'>;
}

/** The texts of `pattern` that have `min` to `max` characters. @throws SyntaxError if that needs too many rules */
export function limitLength(pattern: Expression, { min, max, rules, escape, schema }: LengthLimits): Expression {
  const tooLarge = (): SyntaxError => schemaError(schema, `"pattern" together with "minLength" and "maxLength" needs more than ${MAX_RULES} rules; put the counts into the pattern`);
  const { states, last } = characterStates(pattern, tooLarge);
  // Counts above the last limit need not be distinguished.
  const highestCount = max === Infinity ? min : max;
  const nameOf = (state: number, count: number): string => `${schema.path} state ${state} after ${count} characters`;
  const waiting: [state: number, count: number][] = [[0, 0]];
  const named = new Set([nameOf(0, 0)]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [state, count] = next;
    const closure = withoutReading(states, [state]);
    const parts: Expression[] = closure.has(last) && count >= min ? [EMPTY] : [];
    const nextCount = Math.min(count + 1, highestCount);
    for (const at of count < max ? closure : []) {
      for (const { ranges, target } of states[at].edges) {
        const name = nameOf(target, nextCount);
        parts.push(sequence(escape(ranges), rule(name)));
        if (named.has(name)) continue;
        if (named.size >= MAX_RULES) throw tooLarge();
        named.add(name);
        waiting.push([target, nextCount]);
      }
    }
    rules.set(nameOf(state, count), choice(...parts));
  }
  return rule(nameOf(0, 0));
}
