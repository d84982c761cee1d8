// Multiplies matrices by a BLAS: takes the place of the kernel `matmul` where that is faster, and leaves bias and activation to the other kernels.
import type { KernelFunction } from '../instance.js';
import { AS_IT_IS, ROW_MAJOR, TRANSPOSED, type BoundBlas } from './bind.js';

/** Smaller products cost a BLAS more in packing than it wins. Rows, columns and inner length each (an adapter's rank is often 4), and their product. */
const SMALLEST_SIDE = 4;
const SMALLEST_WORK = 2 ** 16;
/** Up to so many rows read a transposed matrix faster where it lies, with the kernels (measured on the vocabulary of a small model: 4.3 ms and 5.9 with 4 rows, as long with 8). */
const FEW_ROWS = 8;
/**
 * Fewer rows than this stay with the kernels where the library would pack the other matrix for them: that takes 0.8 to 1.7 times as long, and half as long
 * where it does not and a cache holds the matrix (measured with 4 to 7 rows).
 */
const ROWS_WORTH_PACKING = 8;
/** Rows of a unit, or columns of one where all rows together are no more than this: fewer, and each call would pack the other matrix for too little work. */
const SHORTEST_UNIT = 64;
/** Units of one product: enough that threads of unequal speed find a balance. */
const MOST_UNITS = 16;
/** Units begin on multiples of this, where the tiles of every BLAS begin. */
const UNIT_MULTIPLE = 16;

/** By their numbers in the contract of `matmul`. */
const ACTIVATIONS = ['', 'relu', 'gelu', 'geluErf', 'silu'] as const;

/**
 * The kernel of that name with a BLAS for large products. How a product is cut depends on its sizes alone, and every unit is one call on one thread: the bits are the
 * same for any number of threads.
 * @param own the kernel of that name in this thread's own instance
 */
export function withBlas(own: (name: string) => KernelFunction | undefined, memory: WebAssembly.Memory, { sgemm, readsInPlace, baseOf }: BoundBlas): (name: string) => KernelFunction | undefined {
  const matmul = own('matmul')!;
  const finish = own('matmulFinish')!;
  const activate = ACTIVATIONS.map((name) => (name === '' ? undefined : own(name)!));
  /** Whether it multiplies these. Only sizes count, and how the matrices lie. */
  const isForBlas = (batch: number, rows: number, columns: number, inner: number, transposeA: number, transposeB: number): boolean =>
    batch > 0 && rows >= SMALLEST_SIDE && columns >= SMALLEST_SIDE && inner >= SMALLEST_SIDE && rows * columns * inner >= SMALLEST_WORK &&
    (transposeA !== 0 || (rows > (transposeB ? FEW_ROWS : 0) && (readsInPlace || rows >= ROWS_WORTH_PACKING)));
  let floats = new Float32Array(0);
  let base = 0;

  const product: KernelFunction = (a, b, bias, y, preActivation, batch, rows, columns, inner, transposeA, transposeB, activation, part, parts) => {
    if (!isForBlas(batch, rows, columns, inner, transposeA, transposeB)) return matmul(a, b, bias, y, preActivation, batch, rows, columns, inner, transposeA, transposeB, activation, part, parts);
    if (floats.buffer !== memory.buffer) {
      floats = new Float32Array(memory.buffer);
      base = baseOf(memory);
    }
    const unitRows = rows > SHORTEST_UNIT ? lengthOfUnit(rows) : rows;
    const unitColumns = rows > SHORTEST_UNIT ? columns : lengthOfUnit(columns);
    const units = Math.max(Math.ceil(rows / unitRows), Math.ceil(columns / unitColumns));
    const act = activate[activation];
    const sum = act && preActivation ? preActivation : y;
    const end = firstUnit(batch * units, part + 1, parts);
    for (let unit = firstUnit(batch * units, part, parts); unit < end; unit++) {
      const matrix = Math.floor(unit / units);
      const row = unitRows < rows ? (unit - matrix * units) * unitRows : 0;
      const column = unitColumns < columns ? (unit - matrix * units) * unitColumns : 0;
      const height = Math.min(unitRows, rows - row);
      const width = Math.min(unitColumns, columns - column);
      const offset = ((matrix * rows + row) * columns + column) * 4;
      if (bias) for (let i = 0; i < height; i++) floats.copyWithin((sum + offset) / 4 + i * columns, bias / 4 + column, bias / 4 + column + width);
      sgemm(
        ROW_MAJOR, transposeA ? TRANSPOSED : AS_IT_IS, transposeB ? TRANSPOSED : AS_IT_IS, height, width, inner, 1,
        base + a + (matrix * rows * inner + (transposeA ? row : row * inner)) * 4, transposeA ? rows : inner,
        base + b + (matrix * inner * columns + (transposeB ? column * inner : column)) * 4, transposeB ? inner : columns,
        bias ? 1 : 0, base + sum + offset, columns,
      );
      if (!act) continue;
      if (width === columns) act(sum + offset, y + offset, height * columns, 0, 1);
      else for (let i = 0; i < height; i++) act(sum + offset + i * columns * 4, y + offset + i * columns * 4, width, 0, 1);
    }
  };
  // Where a BLAS multiplies, the first step was everything.
  const second: KernelFunction = (...values) => {
    if (!isForBlas(values[5], values[6], values[7], values[8], values[9], values[10])) Reflect.apply(finish, undefined, values);
  };
  return (name) => (name === 'matmul' ? product : name === 'matmulFinish' ? second : own(name));
}

/** How many of `count` rows or columns a unit has. */
function lengthOfUnit(count: number): number {
  return Math.max(SHORTEST_UNIT, Math.ceil(count / MOST_UNITS / UNIT_MULTIPLE) * UNIT_MULTIPLE);
}

/** As in assembly/share.ts: first of `count` units that belong to share number `part`. */
const firstUnit = (count: number, part: number, parts: number): number => Math.floor((count * part) / parts);
