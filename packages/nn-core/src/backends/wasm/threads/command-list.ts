/**
 * Commands as a flat list of numbers in the shared memory, and the loop that walks it: on the main thread and on every
 * worker alike, each doing its own share of each command.
 *
 * A command is: the kernel's number, 1 if a barrier must come first, the count of its values, the values. -1 ends the list.
 */
import type { KernelFunction } from '../instance.js';

export const END = -1;

export interface EncodedCommand {
  /** Index into the table of kernels that all threads share. */
  readonly kernel: number;
  /** True when it touches what a command since the last barrier wrote, or writes what one read. */
  readonly barrier: boolean;
  /** Addresses, then numbers. */
  readonly values: readonly number[];
}

/** The list as numbers, to be copied to an address that is a multiple of 8. */
export function encodeCommands(commands: readonly EncodedCommand[]): number[] {
  return [...commands.flatMap(({ kernel, barrier, values }) => [kernel, Number(barrier), values.length, ...values]), END];
}

/** Argument arrays by length, so that a replay makes none. */
const argumentArrays: number[][] = [];

/**
 * @param list the shared memory as numbers
 * @param start index of the first command
 */
export function runCommands(list: Float64Array, start: number, kernels: readonly KernelFunction[], part: number, parts: number, barrier: () => void, progress: () => void): void {
  for (let at = start; list[at] !== END; ) {
    const kernel = kernels[list[at]];
    if (list[at + 1] === 1) barrier();
    const count = list[at + 2];
    const values = (argumentArrays[count] ??= new Array<number>(count + 2).fill(0));
    for (let i = 0; i < count; i++) values[i] = list[at + 3 + i];
    values[count] = part;
    values[count + 1] = parts;
    Reflect.apply(kernel, undefined, values);
    progress();
    at += 3 + count;
  }
}
