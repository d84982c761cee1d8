// Runs a pattern and counts its steps, for patterns with which JavaScript's engine could take time exponential in the length of a text.
// It is used like any RegExp with the flag g; beyond a number of steps that grows with the text it ends with an error.

import { quote } from '../text/well-formed.js';
import { EmptyMatchExpression, isSecondHalf } from './empty-matches.js';
import type { Program } from './program.js';

/** Steps that a search through a text may take back, whatever its length. fancy-regex allows as many for one match. */
const ALLOWANCE = 1_000_000;
/** Further ones for every UTF-16 unit of the text. */
const ALLOWANCE_PER_UNIT = 100;

export class GuardedExpression extends EmptyMatchExpression {
  readonly #pattern: string;
  readonly #program: Program;
  readonly #isSticky: boolean;
  /** The steps taken back since `lastIndex` was 0. */
  #taken = 0;

  /**
   * @param pattern  as the file spells it, for errors
   * @param source  the JavaScript expression with the same meaning
   */
  constructor(pattern: string, source: string, flags: string, program: Program) {
    super(source, flags);
    this.#pattern = pattern;
    this.#program = program;
    this.#isSticky = flags.includes('y');
  }

  /** @throws {RangeError} when the pattern takes too long on the text */
  protected override find(text: string): RegExpExecArray | null {
    if (this.lastIndex === 0) this.#taken = 0;
    for (let start = this.lastIndex; start <= text.length; start += (text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1) {
      const registers = new Int32Array(this.#program.registers).fill(-1);
      const end = this.#run(text, 0, start, registers);
      if (end >= 0) {
        this.lastIndex = end;
        return Object.assign([text.slice(start, end)] as [string], { index: start, input: text, groups: undefined });
      }
      if (this.#isSticky) break;
    }
    this.lastIndex = 0;
    return null;
  }

  /** The end of the match of the steps from `from` on, or -1. */
  #run(text: string, from: number, start: number, registers: Int32Array): number {
    const { steps } = this.#program;
    const allowed = ALLOWANCE + ALLOWANCE_PER_UNIT * text.length;
    /** What to go back to, in threes: a step and a place, or a register (as -1 - register), what it held, and 0. */
    const stack: number[] = [];
    let at = from;
    let place = start;
    for (;;) {
      const step = steps[at++];
      let fails = false;
      switch (step.kind) {
        case 'set': {
          const from = step.backwards ? place - (isSecondHalf(text, place - 1) ? 2 : 1) : place;
          const code = from < 0 ? undefined : text.codePointAt(from);
          if (code === undefined || !step.has(code)) fails = true;
          else place = step.backwards ? from : place + (code > 0xffff ? 2 : 1);
          break;
        }
        case 'either':
          stack.push(step.second, place);
          at = step.first;
          break;
        case 'jump':
          at = step.to;
          break;
        case 'edge':
          fails = place !== (step.side === 'start' ? 0 : text.length);
          break;
        case 'mark':
          stack.push(-1 - step.register, registers[step.register]);
          registers[step.register] = place;
          break;
        case 'moved':
          fails = registers[step.register] === place;
          break;
        case 'look':
          if (this.#run(text, at, place, registers) >= 0 === step.negative) fails = true;
          else at = step.to;
          break;
        case 'atomic': {
          const end = this.#run(text, at, place, registers);
          if (end < 0) fails = true;
          else place = end;
          at = step.to;
          break;
        }
        case 'repeat': {
          const group = text.slice(registers[step.from], registers[step.to]);
          if (text.startsWith(group, place)) place += group.length;
          else fails = true;
          break;
        }
        case 'end':
          return place;
      }
      if (!fails) continue;
      for (;;) {
        if (stack.length === 0) return -1;
        const value = stack.pop() as number;
        const next = stack.pop() as number;
        if (next >= 0) {
          at = next;
          place = value;
          break;
        }
        registers[-1 - next] = value;
      }
      if (++this.#taken > allowed) {
        throw new RangeError(`The pattern ${quote(this.#pattern)} takes too long on a text of ${text.length} UTF-16 units: more than ${allowed} steps back. Rewrite it so that a repeated group matches a text in one way only, or cut the text.`);
      }
    }
  }
}
