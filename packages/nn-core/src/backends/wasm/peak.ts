// Measures what this machine can do at most: runs the micro-kernels of `assembly/peak.ts` on all threads at once and takes the
// best of several short rounds, so that other programs spoil little. It says nothing about any kernel; it is what they are
// compared with.
import type { MachinePeak } from '../backend.js';

/** Functions of the binary that are called like kernels but belong to no contract. */
export const measurements = ['multiplyAddPeak', 'readPeak'] as const;
export type Measurement = (typeof measurements)[number];

/** Read at a time, so that each piece has left the caches when its turn comes again. */
const PIECES = 4;
/** The elements to read for about that many bytes: whole cache lines in each piece. */
export const readLength = (bytes: number): number => Math.max(1, Math.ceil(bytes / 64 / PIECES)) * 16 * PIECES;
/** Elements of room for each thread's results: a cache line. */
export const RESULT_LENGTH = 16;
const DOUBLES_EACH = RESULT_LENGTH / 2;

/** Calls of the tile in one go: about a millisecond. */
const TILES = 2000;
/** Short enough to fall between two interruptions, long enough for a browser's coarse clock. */
const ROUND_MILLISECONDS = 4;
const BUDGET_MILLISECONDS = 100;
const LEAST_ROUNDS = 3;

/**
 * @param address `length` elements to read, which have been written to, then RESULT_LENGTH for each thread
 * @param length what readLength gave
 * @param run runs a measurement on all threads; the numbers are its arguments without part and parts
 */
export function measurePeak(memory: WebAssembly.Memory, address: number, length: number, threads: number, run: (name: Measurement, values: readonly number[]) => void): MachinePeak {
  const resultAddress = address + length * 4;
  const results = new Float64Array(memory.buffer, resultAddress, threads * DOUBLES_EACH);
  const amount = (): number => {
    let sum = 0;
    for (let thread = 0; thread < threads; thread++) sum += results[thread * DOUBLES_EACH];
    return sum;
  };

  const gigaflops = bestRate(() => {
    run('multiplyAddPeak', [resultAddress, TILES]);
    return amount();
  });
  const pieceLength = length / PIECES;
  let piece = 0;
  const gigabytesPerSecond = bestRate(() => {
    piece = (piece + pieceLength) % length;
    run('readPeak', [address + piece * 4, resultAddress, pieceLength]);
    return amount();
  });
  return { gigaflops, gigabytesPerSecond, threads };
}

/** The highest rate of all rounds, in 10^9 a second; `work` returns how much it did. */
export function bestRate(work: () => number): number {
  let highest = 0;
  const end = performance.now() + BUDGET_MILLISECONDS;
  for (let round = 0; round < LEAST_ROUNDS || performance.now() < end; round++) {
    const started = performance.now();
    let done = 0;
    let milliseconds = 0;
    while (milliseconds < ROUND_MILLISECONDS) {
      done += work();
      milliseconds = performance.now() - started;
    }
    highest = Math.max(highest, done / milliseconds / 1e6);
  }
  return highest;
}
