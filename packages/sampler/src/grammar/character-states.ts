// An expression as a network of states that read whole characters, for everything that must be decided before there are bytes: lengths,
// several conditions on one text, and whether a given text matches.
import type { CodePointRange, Expression } from './expression.js';

export interface CharacterState {
  /** States reached without reading anything. */
  epsilons: number[];
  edges: { ranges: readonly CodePointRange[]; target: number }[];
}

/** A network from state 0 to the last. */
export interface CharacterStates {
  readonly states: readonly CharacterState[];
  readonly last: number;
}

/** The maximum number of states. */
export const MAX_CHARACTER_STATES = 50_000;

/**
 * Thompson's construction. The expression must call no rules.
 *
 * @param tooLarge makes the error for more than MAX_CHARACTER_STATES states
 */
export function characterStates(expression: Expression, tooLarge: () => Error): CharacterStates {
  const states: CharacterState[] = [{ epsilons: [], edges: [] }];
  const newState = (): number => {
    if (states.length >= MAX_CHARACTER_STATES) throw tooLarge();
    return states.push({ epsilons: [], edges: [] }) - 1;
  };
  const build = (part: Expression, from: number): number => {
    switch (part.kind) {
      case 'characters': {
        const to = newState();
        states[from].edges.push({ ranges: part.ranges, target: to });
        return to;
      }
      case 'sequence':
        return part.parts.reduce((state, next) => build(next, state), from);
      case 'choice': {
        const to = newState();
        for (const one of part.parts) {
          const start = newState();
          states[from].epsilons.push(start);
          states[build(one, start)].epsilons.push(to);
        }
        return to;
      }
      case 'repeat': {
        let state = from;
        for (let i = 0; i < part.min; i++) state = build(part.part, state);
        const to = newState();
        if (part.max === Infinity) {
          const loop = newState();
          states[state].epsilons.push(loop);
          states[loop].epsilons.push(to);
          states[build(part.part, loop)].epsilons.push(loop);
          return to;
        }
        for (let i = part.min; i < part.max; i++) {
          states[state].epsilons.push(to);
          state = build(part.part, state);
        }
        states[state].epsilons.push(to);
        return to;
      }
      case 'automaton': {
        const to = newState();
        const own = part.states.map(newState);
        states[from].epsilons.push(own[0]);
        part.states.forEach(({ accepts, edges }, at) => {
          if (accepts) states[own[at]].epsilons.push(to);
          for (const { reads, target } of edges) states[build(reads, own[at])].epsilons.push(own[target]);
        });
        return to;
      }
      case 'rule':
        throw new TypeError(`a pattern cannot call the rule "${part.name}"`);
    }
  };
  return { last: build(expression, 0), states };
}

/** All states reached from some states without reading, these included. */
export function withoutReading(states: readonly CharacterState[], from: Iterable<number>): Set<number> {
  const reached = new Set(from);
  // Iterating over a Set includes elements that are added meanwhile.
  for (const state of reached) for (const target of states[state].epsilons) reached.add(target);
  return reached;
}

/** Whether a text matches an expression as a whole. */
export function matches({ states, last }: CharacterStates, text: string): boolean {
  let at = withoutReading(states, [0]);
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    const next: number[] = [];
    for (const state of at) {
      for (const { ranges, target } of states[state].edges) if (ranges.some(([first, end]) => first <= codePoint && codePoint <= end)) next.push(target);
    }
    at = withoutReading(states, next);
  }
  return at.has(last);
}
