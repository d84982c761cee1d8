// Compiles the tree of a pattern into steps for the matcher of guarded-expression.ts.

import { canBeEmpty, type CharacterSet, isPossessiveSet, type PatternNode, type Repetition, withoutPossession } from './syntax-tree.js';

export type Step =
  /** One code point of a set, forwards or backwards. */
  | { kind: 'set'; has: (codePoint: number) => boolean; backwards: boolean }
  /** Goes on at `first`; if that fails, at `second`. */
  | { kind: 'either'; first: number; second: number }
  | { kind: 'jump'; to: number }
  | { kind: 'edge'; side: 'start' | 'end' }
  /** Goes on at `to` if the part up to its `end` matches here (or does not). */
  | { kind: 'look'; negative: boolean; to: number }
  /** Goes on at `to` behind the first match of the part up to its `end`. */
  | { kind: 'atomic'; to: number }
  /** Remembers the place in a register. */
  | { kind: 'mark'; register: number }
  /** Fails if the place is still that of the register: the loop has turned without a character. */
  | { kind: 'moved'; register: number }
  /** The text between two registers once more. */
  | { kind: 'repeat'; from: number; to: number }
  | { kind: 'end' };

export interface Program {
  steps: Step[];
  registers: number;
}

/** Repetitions are written out, so a pattern with large ones inside of large ones has many steps. */
const MOST_STEPS = 50_000;

/** @throws {RangeError} when the pattern has too many steps; `refuse` says so */
export function compile(root: PatternNode, groups: number, refuse: (part: string, why: string) => never): Program {
  const compiler = new Compiler(groups, refuse);
  compiler.add(root, false);
  compiler.steps.push({ kind: 'end' });
  return { steps: compiler.steps, registers: compiler.registers };
}

class Compiler {
  readonly steps: Step[] = [];
  /** Two for each group, from 2 on; then those of loops. */
  registers: number;
  readonly #tests = new Map<CharacterSet, (codePoint: number) => boolean>();
  readonly #refuse: (part: string, why: string) => never;

  constructor(groups: number, refuse: (part: string, why: string) => never) {
    this.registers = 2 * groups + 2;
    this.#refuse = refuse;
  }

  add(node: PatternNode, backwards: boolean): void {
    const { steps } = this;
    if (steps.length > MOST_STEPS) this.#refuse('{', `and repetitions inside of repetitions that make more than ${MOST_STEPS} steps; repeat less often`);
    switch (node.type) {
      case 'set':
        steps.push({ kind: 'set', has: this.#test(node.set), backwards });
        break;
      case 'sequence':
        for (const part of backwards ? [...node.parts].reverse() : node.parts) this.add(part, backwards);
        break;
      case 'choice':
        this.#addChoice(node.options, backwards);
        break;
      case 'group':
        steps.push({ kind: 'mark', register: 2 * node.number + (backwards ? 1 : 0) });
        this.add(node.body, backwards);
        steps.push({ kind: 'mark', register: 2 * node.number + (backwards ? 0 : 1) });
        break;
      case 'reference':
        steps.push({ kind: 'repeat', from: 2 * node.number, to: 2 * node.number + 1 });
        break;
      case 'edge':
        steps.push({ kind: 'edge', side: node.side });
        break;
      case 'look':
        this.#addPart({ kind: 'look', negative: node.negative, to: 0 }, node.body, node.behind);
        break;
      case 'atomic':
        this.#addPart({ kind: 'atomic', to: 0 }, node.body, backwards);
        break;
      case 'repeat':
        if (isPossessiveSet(node)) this.add(withoutPossession(node), backwards);
        else if (node.possessive) this.#addPart({ kind: 'atomic', to: 0 }, { ...node, possessive: false }, backwards);
        else this.#addLoop(node, backwards);
        break;
      case 'searchStart':
        break;
    }
  }

  #addPart(step: Step & { to: number }, body: PatternNode, backwards: boolean): void {
    this.steps.push(step);
    this.add(body, backwards);
    this.steps.push({ kind: 'end' });
    step.to = this.steps.length;
  }

  #addChoice(options: readonly PatternNode[], backwards: boolean): void {
    const { steps } = this;
    const ends: { kind: 'jump'; to: number }[] = [];
    options.forEach((option, i) => {
      const either: Step & { kind: 'either' } = { kind: 'either', first: steps.length + 1, second: 0 };
      const isLast = i === options.length - 1;
      if (!isLast) steps.push(either);
      this.add(option, backwards);
      if (isLast) return;
      const jump: Step & { kind: 'jump' } = { kind: 'jump', to: 0 };
      ends.push(jump);
      steps.push(jump);
      either.second = steps.length;
    });
    for (const jump of ends) jump.to = steps.length;
  }

  #addLoop({ body, min, max, lazy }: Repetition, backwards: boolean): void {
    const { steps } = this;
    for (let i = 0; i < min; i++) this.add(body, backwards);
    const checksMoves = canBeEmpty(body);
    const register = checksMoves ? this.registers++ : 0;
    const exits: (Step & { kind: 'either' })[] = [];
    const start = steps.length;
    for (let i = min; i < (max === Infinity ? min + 1 : max); i++) {
      const either: Step & { kind: 'either' } = { kind: 'either', first: 0, second: 0 };
      exits.push(either);
      steps.push(either);
      if (lazy) either.second = steps.length;
      else either.first = steps.length;
      if (checksMoves) steps.push({ kind: 'mark', register });
      this.add(body, backwards);
      if (checksMoves) steps.push({ kind: 'moved', register });
    }
    if (max === Infinity) steps.push({ kind: 'jump', to: start });
    for (const either of exits) {
      if (lazy) either.first = steps.length;
      else either.second = steps.length;
    }
  }

  /** A test of code points that remembers what the expression of the set has said. */
  #test(set: CharacterSet): (codePoint: number) => boolean {
    let test = this.#tests.get(set);
    if (!test) {
      const expression = new RegExp(`^${/^\\[&\-!#%,:;<=>@`~]$/.test(set) ? set.slice(1) : set}$`, 'v');
      const known = new Map<number, boolean>();
      const ascii = Uint8Array.from({ length: 128 }, (_, code) => (expression.test(String.fromCharCode(code)) ? 1 : 0));
      test = (codePoint) => {
        if (codePoint < 128) return ascii[codePoint] === 1;
        let answer = known.get(codePoint);
        if (answer === undefined) known.set(codePoint, (answer = expression.test(String.fromCodePoint(codePoint))));
        return answer;
      };
      this.#tests.set(set, test);
    }
    return test;
  }
}
