// Issues the passes of sums and maxima. Long sums of few results are cut into parts, in as many rounds as it takes.
import type { Storage } from '../../backend.js';
import { cube, halves, matrix, vector, type Passes, type Program } from './pass.js';

/** Numbers that one invocation adds before a sum is cut into parts. Chosen for many, short loops; not tuned on a real GPU. */
const LONGEST_RUN = 64;
/** With this many results, an invocation for each keeps a GPU busy, and nothing is cut. */
const ENOUGH_RESULTS = 65_536;

/** y (outer, inner) = sums over the middle axis of x (outer, length, inner) */
export function addUp(passes: Passes, x: Storage, y: Storage, outer: number, length: number, inner: number): void {
  const parts = length <= LONGEST_RUN || outer * inner >= ENOUGH_RESULTS ? 1 : Math.ceil(length / LONGEST_RUN);
  const result = parts === 1 ? y : passes.scratch(outer * parts * inner);
  passes.run('sum', result, [outer * parts * inner], [cube(x, outer, length, inner)], [length, inner, parts]);
  if (parts > 1) addUp(passes, result, y, outer, parts, inner);
}

export const sum: Program = (passes, [x, y], [outer, length, inner]) => addUp(passes, x, y, outer, length, inner);

export const addSumOfSquares: Program = (passes, [x, total], [size]) => {
  if (size === 0) return;
  const parts = Math.ceil(size / LONGEST_RUN);
  const sums = passes.scratch(parts);
  const squares = parts === 1 ? sums : passes.scratch(1);
  passes.run('sumOfSquares', sums, [parts], [vector(x, size)], [size, parts]);
  if (parts > 1) addUp(passes, sums, squares, 1, parts, 1);
  passes.run('add', total, [1], [vector(total, 1), vector(squares, 1)]);
};

export const max: Program = (passes, [x, y, index], [outer, length, inner]) => {
  const view = cube(x, outer, length, inner);
  passes.run('max', y, [outer * inner], [view], [length, inner]);
  passes.run('argmax', index, [outer * inner * 2], [view], [length, inner]);
};

export const maxGradient: Program = (passes, [index, dy, dx], [outer, length, inner]) =>
  passes.run('maxGradient', dx, [outer * length * inner], [halves(index, outer * inner), matrix(dy, outer, inner)], [length, inner]);
