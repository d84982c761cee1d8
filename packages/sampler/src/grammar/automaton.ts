// A pushdown automaton over bytes, made deterministic while it runs. A configuration is a set of stacks: on top of each is the state that
// reads next, below it are the states to return to. Every stack and every configuration is stored once and caches its successors. A grammar
// without recursion thus becomes an ordinary table-driven automaton, built only as far as texts need it; a recursive grammar is as fast on
// stacks that were seen before.
import type { Program } from './program.js';
import type { TokenMask } from './token-mask.js';

/** The current state of the automaton, which determines how the text may continue. */
export interface Configuration {
  /** The indexes of its stacks, in ascending order. */
  readonly stacks: Int32Array;
  /** Whether the text may end here. */
  readonly complete: boolean;
  /** The successor for each class of bytes: null if there is none, undefined if not computed yet. */
  readonly next: (Configuration | null | undefined)[];
  /** The tokens that may follow; computed on first use. */
  mask?: TokenMask;
}

const NO_PARENT = -1;

/** The maximum number of parallel ways to read the same text. */
const MAX_STACKS = 20_000;

// Above this size of the tables, constraints move to new ones: about 100 MB.
const MAX_CONFIGURATIONS = 50_000;
const MAX_STACK_TABLE = 2_000_000;
const MAX_MASK_WORDS = 16_000_000;

export class Automaton {
  readonly program: Program;
  readonly start: Configuration;
  // Stack index -> its top state, and the index of the stack below.
  readonly #topState: number[] = [];
  readonly #parent: number[] = [];
  readonly #stackNumbers = new Map<number, number>();
  readonly #configurations = new Map<string, Configuration>();
  #maskWords = 0;

  constructor(program: Program) {
    this.program = program;
    this.start = this.#closure([{ state: program.starts[0], parent: NO_PARENT }])!;
  }

  /** Whether the tables have reached their limit. Then continue with a new automaton and adopt(). */
  get isFull(): boolean {
    return this.#configurations.size > MAX_CONFIGURATIONS || this.#topState.length > MAX_STACK_TABLE || this.#maskWords > MAX_MASK_WORDS;
  }

  /** The configuration after a byte, or undefined if no text continues with it. @throws RangeError if the grammar is too ambiguous */
  step(configuration: Configuration, byte: number): Configuration | undefined {
    const byteClass = this.program.classOf[byte];
    let next = configuration.next[byteClass];
    if (next === undefined) {
      const reached: Item[] = [];
      for (const stack of configuration.stacks) {
        const parent = this.#parent[stack];
        for (const { low, high, target } of this.program.states[this.#topState[stack]].bytes) {
          if (byte >= low && byte <= high) reached.push({ state: target, parent });
        }
      }
      next = reached.length > 0 ? this.#closure(reached) : null;
      configuration.next[byteClass] = next;
    }
    return next ?? undefined;
  }

  /** The configuration that continues as either of two does. */
  either(a: Configuration, b: Configuration): Configuration {
    return this.#configuration([...new Set([...a.stacks, ...b.stacks])], a.complete || b.complete);
  }

  /** Caches the tokens that may follow. */
  keepMask(configuration: Configuration, mask: TokenMask): void {
    configuration.mask = mask;
    this.#maskWords += mask.words.length;
  }

  /** The equivalent of a configuration of another automaton for the same program. */
  adopt(other: Automaton, configuration: Configuration): Configuration {
    const items = Array.from(configuration.stacks, (stack) => {
      const statesUpwards: number[] = [];
      for (let at = stack; at !== NO_PARENT; at = other.#parent[at]) statesUpwards.unshift(other.#topState[at]);
      const top = statesUpwards.pop()!;
      return { state: top, parent: statesUpwards.reduce((parent, state) => this.#stack(state, parent), NO_PARENT) };
    });
    const stacks = items.map(({ state, parent }) => this.#stack(state, parent));
    return this.#configuration(stacks, configuration.complete);
  }

  /** Follows all edges that read no byte, until every stack needs one; null if no stack is left. */
  #closure(items: Item[]): Configuration | null {
    const { states, starts, endsOnly } = this.program;
    const seen = new Set<number>();
    const stacks: number[] = [];
    let complete = false;
    while (items.length > 0) {
      const { state, parent } = items.pop()!;
      const key = this.#keyOf(state, parent);
      if (seen.has(key)) continue;
      seen.add(key);
      if (seen.size > MAX_STACKS) throw new RangeError(`the grammar is too ambiguous: more than ${MAX_STACKS} ways to read the same text; make its alternatives differ earlier`);
      const { epsilons, bytes, calls, end } = states[state];
      if (bytes.length > 0) stacks.push(this.#stack(state, parent));
      for (const target of epsilons) items.push({ state: target, parent });
      // A call at the end of a rule needs no return, so lists written with tail recursion do not grow the stack.
      for (const { rule, then } of calls) items.push({ state: starts[rule], parent: endsOnly[then] ? parent : this.#stack(then, parent) });
      if (end && parent === NO_PARENT) complete = true;
      else if (end) items.push({ state: this.#topState[parent], parent: this.#parent[parent] });
    }
    return stacks.length > 0 || complete ? this.#configuration(stacks, complete) : null;
  }

  #keyOf(state: number, parent: number): number {
    return (parent + 1) * this.program.states.length + state;
  }

  #stack(state: number, parent: number): number {
    const key = this.#keyOf(state, parent);
    let stack = this.#stackNumbers.get(key);
    if (stack === undefined) {
      stack = this.#topState.push(state) - 1;
      this.#parent.push(parent);
      this.#stackNumbers.set(key, stack);
    }
    return stack;
  }

  #configuration(stackNumbers: number[], complete: boolean): Configuration {
    const stacks = Int32Array.from(stackNumbers).sort();
    const key = `${complete ? '.' : ''}${stacks.join()}`;
    let configuration = this.#configurations.get(key);
    if (configuration === undefined) {
      configuration = { stacks, complete, next: new Array<undefined>(this.program.classCount).fill(undefined) };
      this.#configurations.set(key, configuration);
    }
    return configuration;
  }
}

interface Item {
  state: number;
  /** The stack below; NO_PARENT if there is none. */
  parent: number;
}
