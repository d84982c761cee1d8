// Writes commands as a flat list of numbers into the shared memory, and runs such a list: on the main thread and on every worker alike.
//
// Every command is cut into shares, and a thread that is done with one takes the next by drawing a ticket. Cores are not
// equally fast, least of all at the same time: a phone has large and small ones, and a server lends half of one to
// somebody else. With fixed shares all would wait for the slowest.
//
// A list is: where its tickets lie (an index of int32), how many there are, then the commands. A command is: the kernel's number, 1 if a barrier
// must come first, its shares (0: exactly one for each thread, its own), the count of its values, the values. -1 ends the list.
import type { KernelFunction } from '../instance.js';

export const END = -1;

export interface EncodedCommand {
  /** Index into the table of kernels that all threads share. */
  readonly kernel: number;
  /** True when it touches what a command since the last barrier wrote, or writes what one read. */
  readonly barrier: boolean;
  /** Into how many pieces the work is cut; 0: one for each thread, which no other may do. */
  readonly shares: number;
  /** Addresses, then numbers. */
  readonly values: readonly number[];
}

/** Bytes that a list takes, tickets included. */
export function listBytes(commands: readonly EncodedCommand[]): number {
  return numbersOf(commands) * 8 + commands.length * 4;
}

/** Numbers before the first command, and before a command's values. */
const LIST = 2;
const COMMAND = 4;

function numbersOf(commands: readonly EncodedCommand[]): number {
  return commands.reduce((sum, { values }) => sum + COMMAND + values.length, LIST + 1);
}

/** The list as numbers, to be copied to `address`, a multiple of 8; its tickets follow it. */
export function encodeCommands(commands: readonly EncodedCommand[], address: number): number[] {
  const tickets = address / 4 + numbersOf(commands) * 2;
  return [tickets, commands.length, ...commands.flatMap(({ kernel, barrier, shares, values }) => [kernel, Number(barrier), shares, values.length, ...values]), END];
}

/** Argument arrays by length, so that a replay makes none. */
const argumentArrays: number[][] = [];

/** What a thread needs to walk lists; one object for its life. */
export interface Walker {
  /** The shared memory. */
  list: Float64Array;
  cells: Int32Array;
  readonly kernels: readonly KernelFunction[];
  readonly part: number;
  readonly parts: number;
  readonly barrier: () => void;
  /** Called after every share. */
  readonly progress: () => void;
}

/** @param start index of the list in `walker.list`; its tickets are 0 */
export function runCommands(walker: Walker, start: number): void {
  const { list, cells, kernels, part, parts } = walker;
  let ticket = list[start];
  for (let at = start + LIST; list[at] !== END; ticket++) {
    const kernel = kernels[list[at]];
    if (list[at + 1] === 1) walker.barrier();
    const shares = list[at + 2];
    const count = list[at + 3];
    const values = (argumentArrays[count] ??= new Array<number>(count + 2).fill(0));
    for (let i = 0; i < count; i++) values[i] = list[at + COMMAND + i];
    values[count + 1] = shares || parts;
    if (shares === 0) {
      values[count] = part;
      Reflect.apply(kernel, undefined, values);
      walker.progress();
    } else {
      for (let share = Atomics.add(cells, ticket, 1); share < shares; share = Atomics.add(cells, ticket, 1)) {
        values[count] = share;
        Reflect.apply(kernel, undefined, values);
        walker.progress();
      }
    }
    at += COMMAND + count;
  }
}

/** All tickets of a list back to 0, before the threads start. */
export function resetTickets({ list, cells }: Walker, start: number): void {
  cells.fill(0, list[start], list[start] + list[start + 1]);
}

/** Growth leaves old views too short. */
export function renewViews(walker: Walker, memory: WebAssembly.Memory): void {
  if (walker.list.buffer === memory.buffer) return;
  walker.list = new Float64Array(memory.buffer);
  walker.cells = new Int32Array(memory.buffer);
}
