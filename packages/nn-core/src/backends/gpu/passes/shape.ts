// Issues the passes of kernels that move numbers. Transposes, broadcasts and slices are all one gather with strides.
import type { Storage } from '../../backend.js';
import { floatsPerNumber, matrix, vector, type Passes, type Program } from './pass.js';

/** `quotient` in the shaders is exact for results below this. */
const MAXIMUM_RUNS = 2 ** 23;

interface Axis {
  readonly size: number;
  readonly stride: number;
}

/** The same gather with as few axes as possible: those of size 1 go, and those that follow each other in x become one. */
function merged(axes: readonly Axis[]): Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    const last = result.at(-1);
    if (axis.size === 1) continue;
    if (last && last.stride === axis.size * axis.stride) result[result.length - 1] = { size: last.size * axis.size, stride: axis.stride };
    else result.push(axis);
  }
  return result;
}

/** y[i0, i1, ..] = x[offset + sum of i_d * stride_d]; sizes, strides and offset count numbers of the buffers' type */
export function gather(passes: Passes, x: Storage, y: Storage, sizes: readonly number[], strides: readonly number[], offset = 0): void {
  const width = floatsPerNumber(x);
  const axes = merged([...sizes.map((size, d) => ({ size, stride: strides[d] * width })), { size: width, stride: 1 }]);
  const total = sizes.reduce((product, size) => product * size, width);
  const runs = total / (axes.at(-1)?.size ?? 1);
  if (runs >= MAXIMUM_RUNS) throw new RangeError(`gpu: moving ${total} numbers in ${runs} runs is too much for one shader, which takes ${MAXIMUM_RUNS - 1}: use smaller tensors, or a longer last axis.`);
  const rank = axes.length <= 3 ? 3 : 7;
  const padding = new Array<Axis>(rank - axes.length).fill({ size: 1, stride: 0 });
  const all = [...padding, ...axes];
  const numbers = [offset * width, ...all.slice(1).map(({ size }) => size), ...all.map(({ stride }) => stride)];
  passes.run(rank === 3 ? 'gather3' : 'gather7', y, [total], [vector(x, x.length * width)], numbers);
}

export const stridedCopy: Program = (passes, [x, y], numbers) => gather(passes, x, y, numbers.slice(0, 6), numbers.slice(6));

export const slice: Program = (passes, [x, y], [outer, length, inner, start, count]) =>
  gather(passes, x, y, [outer, count * inner], [length * inner, 1], start * inner);

export const sliceGradient: Program = (passes, [dy, dx], [outer, length, inner, start, count]) => {
  const run = inner * floatsPerNumber(dy);
  passes.run('sliceGradient', dx, [outer * length * run], [matrix(dy, outer, count * run)], [length * run, start * run, count * run]);
};

/** Up to so many rows are copied one by one, where buffers can be copied in part; more by a shader, which writes all of `to`. */
const MOST_COPIES = 64;

export const copyRows: Program = (passes, [from, to], [rows, width, fromRows, fromColumns, fromRow, fromColumn, toRows, toRow]) => {
  if (passes.hasWebGpu && rows <= MOST_COPIES) {
    for (let row = 0; row < rows; row++) {
      passes.copy({ from, fromAt: (fromRow + row) * fromColumns + fromColumn, to, toAt: (toRow + row) * width, length: width });
    }
    return;
  }
  passes.run('copyRows', to, [width, toRows], [matrix(from, fromRows, fromColumns), matrix(to, toRows, width)], [rows, fromRow, fromColumn, toRow]);
};

export const concatenate: Program = (passes, [a, b, y], [outer, aLength, bLength, inner]) => {
  const run = inner * floatsPerNumber(a);
  const [aRun, bRun] = [aLength * run, bLength * run];
  passes.run('concatenate', y, [outer * (aRun + bRun)], [matrix(a, outer, aRun), matrix(b, outer, bRun)], [aRun, bRun]);
};
