// The texts that several expressions describe at once, or that some describe and others do not: the product of deterministic automata over
// classes of characters. Expressions without this node cannot say "and" or "not"; look-ahead and several patterns for one string need both.
import { type CharacterAutomaton, type AutomatonState, type CodePointRange, type Expression, joinRanges, LAST_CODE_POINT } from './expression.js';
import { characterStates, type CharacterStates, withoutReading } from './character-states.js';

/** An expression, and whether a text must match it (true) or must not (false). */
export interface Condition {
  readonly expression: Expression;
  readonly holds: boolean;
}

/** The maximum number of states of a product. */
const MAX_STATES = 100_000;
const DEAD = -1;

/**
 * The texts that fulfil all conditions. The expressions must call no rules.
 *
 * @throws RangeError if that needs too many states
 */
export function intersect(conditions: readonly Condition[]): Expression {
  const networks = conditions.map(({ expression }) => characterStates(expression, tooLarge));
  const alphabet = new Alphabet(networks);
  const tables = networks.map((network, i) => determine(network, alphabet, conditions[i].holds));
  return alphabet.automatonOf(tables.reduce((before, next) => trim(product(before, next, alphabet.size))));
}

const tooLarge = (): RangeError => new RangeError(`the conditions on one text need more than ${MAX_STATES} states together; lower the counts of their repetitions, or leave one out`);

/** A deterministic automaton: state `s` goes with the symbol `c` to next[s][c], or to DEAD. */
interface Table {
  readonly next: Int32Array[];
  readonly accepts: boolean[];
}

/** Classes of characters that no expression tells apart; a symbol is the number of a class. */
class Alphabet {
  readonly size: number;
  readonly #classes: CodePointRange[][] = [];
  readonly #symbolsOf = new Map<string, number[]>();

  constructor(networks: readonly CharacterStates[]) {
    const sets = new Map<string, readonly CodePointRange[]>();
    for (const { states } of networks) for (const { edges } of states) for (const { ranges } of edges) sets.set(ranges.join(';'), ranges);
    // Between two neighbouring limits all characters are alike; which sets hold them decides their class.
    const starts = new Map<number, number[]>([[0, []]]);
    const change = (at: number, set: number): void => {
      const there = starts.get(at);
      if (there === undefined) starts.set(at, [set]);
      else there.push(set);
    };
    [...sets.values()].forEach((ranges, set) => {
      for (const [first, last] of joinRanges(ranges)) {
        change(first, set);
        change(last + 1, set);
      }
    });
    const limits = [...starts.keys()].filter((at) => at <= LAST_CODE_POINT).sort((a, b) => a - b);
    const inside = new Set<number>();
    const classOf = new Map<string, number>();
    const symbols: number[][] = [...sets].map(() => []);
    limits.forEach((first, i) => {
      for (const set of starts.get(first)!) if (!inside.delete(set)) inside.add(set);
      const members = [...inside].sort((a, b) => a - b);
      const key = members.join();
      let symbol = classOf.get(key);
      if (symbol === undefined) {
        symbol = this.#classes.push([]) - 1;
        classOf.set(key, symbol);
        for (const set of members) symbols[set].push(symbol);
      }
      this.#classes[symbol].push([first, (limits[i + 1] ?? LAST_CODE_POINT + 1) - 1]);
    });
    [...sets.keys()].forEach((key, set) => this.#symbolsOf.set(key, symbols[set]));
    this.size = this.#classes.length;
  }

  symbolsOf(ranges: readonly CodePointRange[]): readonly number[] {
    return this.#symbolsOf.get(ranges.join(';'))!;
  }

  automatonOf({ next, accepts }: Table): CharacterAutomaton {
    const states = next.map((row, at): AutomatonState => {
      const byTarget = new Map<number, CodePointRange[]>();
      row.forEach((target, symbol) => {
        if (target === DEAD) return;
        const ranges = byTarget.get(target);
        if (ranges === undefined) byTarget.set(target, [...this.#classes[symbol]]);
        else ranges.push(...this.#classes[symbol]);
      });
      return { accepts: accepts[at], edges: [...byTarget].map(([target, ranges]) => ({ reads: { kind: 'characters', ranges: joinRanges(ranges) }, target })) };
    });
    return { kind: 'automaton', states };
  }
}

/** Subset construction. @param holds false for the texts that do not match */
function determine({ states, last }: CharacterStates, alphabet: Alphabet, holds: boolean): Table {
  const edges = states.map((state) => state.edges.map(({ ranges, target }) => ({ symbols: alphabet.symbolsOf(ranges), target })));
  const next: Int32Array[] = [];
  const accepts: boolean[] = [];
  const numbers = new Map<string, number>();
  const waiting: number[][] = [];
  const numberOf = (from: Iterable<number>): number => {
    // Only states that read, and the last, tell sets apart.
    const reached = [...withoutReading(states, from)].filter((state) => state === last || edges[state].length > 0).sort((a, b) => a - b);
    const key = reached.join();
    let number = numbers.get(key);
    if (number === undefined) {
      if (numbers.size >= MAX_STATES) throw tooLarge();
      number = numbers.size;
      numbers.set(key, number);
      accepts.push(reached.includes(last) === holds);
      waiting.push(reached);
    }
    return number;
  };
  numberOf([0]);
  for (let at = 0; at < waiting.length; at++) {
    const targets = Array.from({ length: alphabet.size }, (): number[] => []);
    for (const state of waiting[at]) for (const { symbols, target } of edges[state]) for (const symbol of symbols) targets[symbol].push(target);
    // Neighbouring symbols mostly lead to the same set.
    const known = new Map<string, number>();
    next.push(Int32Array.from(targets, (reached) => {
      if (reached.length === 0 && holds) return DEAD;
      const key = reached.join();
      const number = known.get(key) ?? numberOf(reached);
      known.set(key, number);
      return number;
    }));
  }
  return trim({ next, accepts });
}

/** The texts of both. If the second allows all that the first does, the result is the first: it may have far fewer states. */
function product(a: Table, b: Table, symbols: number): Table {
  const next: Int32Array[] = [];
  const accepts: boolean[] = [];
  const pairs: [number, number][] = [];
  const numbers = new Map<number, number>();
  let narrower = false;
  const numberOf = (left: number, right: number): number => {
    const key = left * (b.next.length + 1) + right;
    let number = numbers.get(key);
    if (number === undefined) {
      if (pairs.length >= MAX_STATES) throw tooLarge();
      number = pairs.push([left, right]) - 1;
      numbers.set(key, number);
      accepts.push(a.accepts[left] && b.accepts[right]);
      narrower ||= a.accepts[left] && !b.accepts[right];
    }
    return number;
  };
  numberOf(0, 0);
  for (let at = 0; at < pairs.length; at++) {
    const [left, right] = pairs[at];
    const row = new Int32Array(symbols).fill(DEAD);
    for (let symbol = 0; symbol < symbols; symbol++) {
      const [toLeft, toRight] = [a.next[left][symbol], b.next[right][symbol]];
      if (toLeft !== DEAD && toRight === DEAD) narrower = true;
      else if (toLeft !== DEAD) row[symbol] = numberOf(toLeft, toRight);
    }
    next.push(row);
  }
  return narrower ? { next, accepts } : a;
}

/** Without the states from which no text can be completed, except state 0. */
function trim({ next, accepts }: Table): Table {
  const before: number[][] = next.map(() => []);
  next.forEach((row, at) => new Set(row).forEach((target) => target === DEAD || before[target].push(at)));
  const live = new Set(accepts.flatMap((accepting, at) => (accepting ? [at] : [])));
  for (const state of live) for (const earlier of before[state]) live.add(earlier);
  if (live.size === next.length) return { next, accepts };
  live.add(0);
  const kept = [...live].sort((a, b) => a - b);
  const renamed = new Map(kept.map((state, at) => [state, at]));
  return { next: kept.map((state) => next[state].map((target) => renamed.get(target) ?? DEAD)), accepts: kept.map((state) => accepts[state]) };
}
