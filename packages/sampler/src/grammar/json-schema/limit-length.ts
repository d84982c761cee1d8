// Combines a pattern with minLength and maxLength: the product of the pattern's automaton with a counter of characters. The result is a
// grammar whose rules each read one character and call the next rule; the byte automaton runs such rules without a stack.
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
  readonly schema: SchemaObject;
}

/** The texts of `pattern` that have `min` to `max` characters. @throws SyntaxError if that needs too many rules */
export function limitLength(pattern: Expression, { min, max, rules, escape, schema }: LengthLimits): Expression {
  const tooLarge = (): SyntaxError => schemaError(schema, `"pattern" together with "minLength" and "maxLength" needs more than ${MAX_RULES} rules; put the counts into the pattern`);
  const { states, last } = characterAutomaton(pattern, tooLarge);
  // Counts above the last limit need not be distinguished.
  const highestCount = max === Infinity ? min : max;
  const nameOf = (state: number, count: number): string => `${schema.path} state ${state} after ${count} characters`;
  const waiting: [state: number, count: number][] = [[0, 0]];
  const named = new Set([nameOf(0, 0)]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [state, count] = next;
    const closure = withoutReading(states, state);
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

interface CharacterState {
  epsilons: number[];
  edges: { ranges: readonly CodePointRange[]; target: number }[];
}

/** Thompson's construction over characters, from state 0 to the last. A pattern of JSON Schema calls no rules. */
function characterAutomaton(pattern: Expression, tooLarge: () => SyntaxError): { states: CharacterState[]; last: number } {
  const states: CharacterState[] = [{ epsilons: [], edges: [] }];
  const newState = (): number => {
    if (states.length >= MAX_RULES) throw tooLarge();
    return states.push({ epsilons: [], edges: [] }) - 1;
  };
  const build = (expression: Expression, from: number): number => {
    switch (expression.kind) {
      case 'characters': {
        const to = newState();
        states[from].edges.push({ ranges: expression.ranges, target: to });
        return to;
      }
      case 'sequence':
        return expression.parts.reduce((state, part) => build(part, state), from);
      case 'choice': {
        const to = newState();
        for (const part of expression.parts) {
          const start = newState();
          states[from].epsilons.push(start);
          states[build(part, start)].epsilons.push(to);
        }
        return to;
      }
      case 'repeat': {
        let state = from;
        for (let i = 0; i < expression.min; i++) state = build(expression.part, state);
        const to = newState();
        if (expression.max === Infinity) {
          const loop = newState();
          states[state].epsilons.push(loop);
          states[loop].epsilons.push(to);
          states[build(expression.part, loop)].epsilons.push(loop);
          return to;
        }
        for (let i = expression.min; i < expression.max; i++) {
          states[state].epsilons.push(to);
          state = build(expression.part, state);
        }
        states[state].epsilons.push(to);
        return to;
      }
      case 'rule':
        throw new TypeError(`a pattern cannot call the rule "${expression.name}"`);
    }
  };
  return { last: build(pattern, 0), states };
}

function withoutReading(states: readonly CharacterState[], start: number): Set<number> {
  const reached = new Set([start]);
  for (const state of reached) states[state].epsilons.forEach((target) => reached.add(target));
  return reached;
}
