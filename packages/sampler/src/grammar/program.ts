// Compiles a grammar to a network of states over bytes (a recursive transition network): one small nondeterministic automaton per rule. An
// edge reads a byte of a range, reads nothing, or calls another rule and continues after it. Edges that cannot lead to a complete text are
// removed, so that every text that can be begun can also be completed.
import type { CodePointRange, Expression, Grammar } from './expression.js';
import { findLeftRecursion } from './left-recursion.js';
import { utf8Sequences } from './utf8-ranges.js';

export interface ByteEdge {
  readonly low: number;
  readonly high: number;
  readonly target: number;
}

export interface CallEdge {
  /** Index of the rule. */
  readonly rule: number;
  /** The state after the call. */
  readonly then: number;
}

export interface ProgramState {
  /** States reached without reading anything. */
  epsilons: number[];
  bytes: ByteEdge[];
  calls: CallEdge[];
  /** Whether its rule may end here. */
  end: boolean;
}

export interface Program {
  readonly states: readonly ProgramState[];
  /** The first state of every rule; rule 0 is the root. */
  readonly starts: readonly number[];
  readonly names: readonly string[];
  /** Whether only the end of the rule can follow a state; calls before it need no return. */
  readonly endsOnly: readonly boolean[];
  /** The class of each byte, from 0 to classCount - 1. Bytes that no edge distinguishes share a class. */
  readonly classOf: Uint8Array;
  readonly classCount: number;
}

/** Enough for a string of 10,000 characters of any script. A state takes some hundred bytes. */
const MAX_STATES = 200_000;

/** A repeated part with more nodes than this becomes its own rule, so that each copy is only a call. */
const COPY_LIMIT = 8;

/**
 * @param usableBytes which of the 256 bytes the vocabulary can write; edges for other bytes are omitted
 * @throws RangeError if a rule is missing or left-recursive, if nothing matches, or if the network is too large
 */
export function compileProgram(grammar: Grammar, usableBytes?: readonly boolean[]): Program {
  const compiler = new Compiler(grammar);
  const { states, starts, names } = compiler;
  const reach = reachOf(usableBytes);
  const live = findLive(states, starts, reach);
  if (live[starts[0]] === 0) {
    if (findLive(states, starts, reachOf())[starts[0]] === 0) throw grammar.errors?.noText() ?? new RangeError(`the grammar allows no text: every way through "${grammar.root}" meets something that matches nothing, or never ends`);
    throw new RangeError('the grammar allows no text that tokens of this vocabulary can write: every one needs bytes that they lack');
  }
  prune(states, starts, reach, live);
  findLeftRecursion(states, starts, names, grammar.errors);
  const { classOf, classCount } = classifyBytes(states);
  return { states, starts, names, endsOnly: findEndsOnly(states), classOf, classCount };
}

class Compiler {
  readonly states: ProgramState[] = [];
  readonly starts: number[] = [];
  readonly names: string[] = [];
  readonly #indexOf = new Map<string, number>();
  readonly #grammar: Grammar;
  /** The expression of each rule; the list grows while rules are compiled that call others. */
  readonly #expressions: Expression[] = [];
  /** Repeated parts that became rules, and their index. */
  readonly #repeated = new Map<Expression, number>();

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    this.#ruleIndex(grammar.root);
    for (let index = 0; index < this.#expressions.length; index++) {
      const start = this.#newState();
      this.starts[index] = start;
      this.states[this.#compile(this.#expressions[index], start)].end = true;
    }
  }

  #ruleIndex(name: string): number {
    let index = this.#indexOf.get(name);
    if (index === undefined) {
      const expression = this.#grammar.rules.get(name);
      if (expression === undefined) throw new RangeError(`rule "${name}" is not defined; there are: ${[...this.#grammar.rules.keys()].slice(0, 20).join(', ')}`);
      index = this.#addRule(name, expression);
      this.#indexOf.set(name, index);
    }
    return index;
  }

  #addRule(name: string, expression: Expression): number {
    this.names.push(name);
    return this.#expressions.push(expression) - 1;
  }

  #newState(): number {
    if (this.states.length >= MAX_STATES) {
      throw new RangeError(`the grammar needs more than ${MAX_STATES} states; lower the counts of its repetitions ({m,n}, maxLength, maxItems)`);
    }
    return this.states.push({ epsilons: [], bytes: [], calls: [], end: false }) - 1;
  }

  /** Creates the states of an expression from a start state on, and returns the end state. */
  #compile(expression: Expression, from: number): number {
    switch (expression.kind) {
      case 'characters': {
        const to = this.#newState();
        this.#read(expression.ranges, from, to);
        return to;
      }
      case 'sequence':
        {
          let state = from;
          for (const part of expression.parts) state = this.#compile(part, state);
          return state;
        }
      case 'choice': {
        const to = this.#newState();
        for (const part of expression.parts) {
          const start = this.#newState();
          this.states[from].epsilons.push(start);
          this.states[this.#compile(part, start)].epsilons.push(to);
        }
        return to;
      }
      case 'rule': {
        const then = this.#newState();
        this.states[from].calls.push({ rule: this.#ruleIndex(expression.name), then });
        return then;
      }
      case 'repeat':
        return this.#compileRepeat(expression, from);
      case 'automaton': {
        const to = this.#newState();
        const own = expression.states.map(() => this.#newState());
        this.states[from].epsilons.push(own[0]);
        expression.states.forEach(({ accepts, edges }, at) => {
          if (accepts) this.states[own[at]].epsilons.push(to);
          for (const { reads, target } of edges) this.#compileBetween(reads, own[at], own[target]);
        });
        return to;
      }
    }
  }

  /** Creates the edges of an expression between two states, without further states where it reads single characters. */
  #compileBetween(expression: Expression, from: number, to: number): void {
    if (expression.kind === 'characters') this.#read(expression.ranges, from, to);
    else if (expression.kind === 'choice') for (const part of expression.parts) this.#compileBetween(part, from, to);
    else this.states[this.#compile(expression, from)].epsilons.push(to);
  }

  /** Creates the edges that read one character of the ranges. */
  #read(ranges: readonly CodePointRange[], from: number, to: number): void {
    // Paths with the same remaining bytes share states: a class of all characters then needs only seven.
    let shared: Map<number, number> | undefined;
    for (const range of ranges) {
      for (const bytes of utf8Sequences(range)) {
        let target = to;
        for (let at = bytes.length - 1; at > 0; at--) {
          const [low, high] = bytes[at];
          const key = (target * 256 + low) * 256 + high;
          shared ??= new Map();
          let state = shared.get(key);
          if (state === undefined) {
            state = this.#newState();
            this.states[state].bytes.push({ low, high, target });
            shared.set(key, state);
          }
          target = state;
        }
        this.states[from].bytes.push({ low: bytes[0][0], high: bytes[0][1], target });
      }
    }
  }

  #compileRepeat({ part, min, max }: Expression & { kind: 'repeat' }, from: number): number {
    const copies = max === Infinity ? min + 1 : max;
    const compilePart = copies > 2 && nodeCount(part, COPY_LIMIT) > COPY_LIMIT ? (state: number) => this.#call(part, state) : (state: number) => this.#compile(part, state);
    let state = from;
    for (let i = 0; i < min; i++) state = compilePart(state);
    if (max === Infinity) {
      // A separate state, so that the loop does not lead back to what comes before.
      const loop = this.#newState();
      this.states[state].epsilons.push(loop);
      const body = this.#newState();
      this.states[loop].epsilons.push(body);
      this.states[compilePart(body)].epsilons.push(loop);
      const to = this.#newState();
      this.states[loop].epsilons.push(to);
      return to;
    }
    const to = this.#newState();
    for (let i = min; i < max; i++) {
      this.states[state].epsilons.push(to);
      const body = this.#newState();
      this.states[state].epsilons.push(body);
      state = compilePart(body);
    }
    this.states[state].epsilons.push(to);
    return to;
  }

  #call(part: Expression, from: number): number {
    let index = this.#repeated.get(part);
    if (index === undefined) {
      index = this.#addRule(`repeated part ${this.#repeated.size + 1}`, part);
      this.#repeated.set(part, index);
    }
    const then = this.#newState();
    this.states[from].calls.push({ rule: index, then });
    return then;
  }
}

/** The number of nodes of an expression, or some number above the limit. */
function nodeCount(expression: Expression, limit: number): number {
  if (expression.kind === 'repeat') return 1 + nodeCount(expression.part, limit) * Math.max(1, expression.max === Infinity ? expression.min + 1 : expression.max);
  if (expression.kind === 'automaton') return 1 + expression.states.length;
  if (expression.kind !== 'sequence' && expression.kind !== 'choice') return 1;
  let count = 1;
  for (const part of expression.parts) if (count <= limit) count += nodeCount(part, limit);
  return count;
}

/** For each byte, how many usable ones are below it. */
function reachOf(usableBytes?: readonly boolean[]): Int32Array {
  const usableUntil = new Int32Array(257);
  for (let byte = 0; byte < 256; byte++) usableUntil[byte + 1] = usableUntil[byte] + (usableBytes?.[byte] ?? true ? 1 : 0);
  return usableUntil;
}

/** Which states can lead to the end of their rule. */
function findLive(states: readonly ProgramState[], starts: readonly number[], usableUntil: Int32Array): Uint8Array {
  const live = new Uint8Array(states.length);
  // States are numbered mostly in reading order, so going backwards needs few rounds.
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = states.length - 1; at >= 0; at--) {
      if (live[at] === 0 && leadsOn(states[at], live, starts, usableUntil)) {
        live[at] = 1;
        changed = true;
      }
    }
  }
  return live;
}

/** Whether the end of the rule is here, or an edge leads to a live state. */
function leadsOn({ end, epsilons, bytes, calls }: ProgramState, live: Uint8Array, starts: readonly number[], usableUntil: Int32Array): boolean {
  if (end) return true;
  for (const target of epsilons) if (live[target] === 1) return true;
  for (const edge of bytes) if (reads(edge, live, usableUntil)) return true;
  for (const edge of calls) if (returns(edge, live, starts)) return true;
  return false;
}

const reads = ({ low, high, target }: ByteEdge, live: Uint8Array, usableUntil: Int32Array): boolean => live[target] === 1 && usableUntil[high + 1] > usableUntil[low];
const returns = ({ rule, then }: CallEdge, live: Uint8Array, starts: readonly number[]): boolean => live[then] === 1 && live[starts[rule]] === 1;

/** Removes all edges that cannot lead to the end of their rule. Most states keep all of theirs, and thus their lists. */
function prune(states: readonly ProgramState[], starts: readonly number[], usableUntil: Int32Array, live: Uint8Array): void {
  for (const state of states) {
    for (const target of state.epsilons) {
      if (live[target] === 1) continue;
      state.epsilons = state.epsilons.filter((one) => live[one] === 1);
      break;
    }
    for (const edge of state.bytes) {
      if (reads(edge, live, usableUntil)) continue;
      state.bytes = state.bytes.filter((one) => reads(one, live, usableUntil));
      break;
    }
    for (const edge of state.calls) {
      if (returns(edge, live, starts)) continue;
      state.calls = state.calls.filter((one) => returns(one, live, starts));
      break;
    }
  }
}

function findEndsOnly(states: readonly ProgramState[]): boolean[] {
  const endsOnly: boolean[] = [];
  for (const { epsilons, bytes, calls, end } of states) endsOnly.push(bytes.length === 0 && calls.length === 0 && (end || epsilons.length > 0));
  for (let changed = true; changed; ) {
    changed = false;
    for (let at = states.length - 1; at >= 0; at--) {
      if (!endsOnly[at]) continue;
      for (const target of states[at].epsilons) {
        if (endsOnly[target]) continue;
        endsOnly[at] = false;
        changed = true;
        break;
      }
    }
  }
  return endsOnly;
}

function classifyBytes(states: readonly ProgramState[]): { classOf: Uint8Array; classCount: number } {
  const begins = new Array<boolean>(257).fill(false);
  for (const { bytes } of states) for (const { low, high } of bytes) begins[low] = begins[high + 1] = true;
  const classOf = new Uint8Array(256);
  let last = 0;
  for (let byte = 1; byte < 256; byte++) classOf[byte] = begins[byte] ? ++last : last;
  return { classOf, classCount: last + 1 };
}
