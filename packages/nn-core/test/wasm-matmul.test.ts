// The fast matrix product against the three loops beside it, over the sizes at which it changes its way: tiles cut off at the
// edges, several blocks of the inner index and of the columns, few rows, one column. And the same bits in any number of shares.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enableRelaxedSimd } from '../src/backends/wasm/enable-relaxed-simd.js';
import { createKernelInstance } from '../src/backends/wasm/instance.js';
import { distance, firstDifference, kernelMemory, type KernelMemory, noise } from './support/kernel-memory.js';
import { referenceKernels } from './support/reference-kernels.js';

interface Product {
  batch: number;
  rows: number;
  columns: number;
  inner: number;
  transposeA: number;
  transposeB: number;
  activation: number;
  bias: boolean;
  preActivation: boolean;
}

/** One run of `kernel` in `parts` shares, the last share first. */
function multiply(memory: KernelMemory, kernel: string, p: Product, parts: number): { y: Float32Array; preActivation: Float32Array } {
  memory.clear();
  const size = p.batch * p.rows * p.columns;
  const a = memory.place(noise(p.batch * p.rows * p.inner, 1));
  const b = memory.place(noise(p.batch * p.inner * p.columns, 2));
  const bias = p.bias ? memory.place(noise(p.columns, 3)) : 0;
  const y = memory.blank(size);
  const before = memory.blank(size);
  const numbers = [p.batch, p.rows, p.columns, p.inner, p.transposeA, p.transposeB, p.activation];
  for (let part = parts - 1; part >= 0; part--) memory.kernel(kernel)(a, b, bias, y, p.preActivation ? before : 0, ...numbers, part, parts);
  return { y: memory.read(y, size), preActivation: memory.read(before, size) };
}

/** Sums whose order differs are apart by about this much. */
const tolerance = (inner: number): number => 1e-6 * Math.sqrt(inner + 1);

function check(memory: KernelMemory, p: Product): void {
  const expected = multiply(memory, 'matmulNaive', p, 1);
  const whole = multiply(memory, 'matmul', p, 1);
  const what = JSON.stringify(p);
  expect(distance(whole.y, expected.y), what).toBeLessThan(tolerance(p.inner));
  if (p.preActivation) expect(distance(whole.preActivation, expected.preActivation), what).toBeLessThan(tolerance(p.inner));
  for (const parts of [2, 3, 7]) {
    const shares = multiply(memory, 'matmul', p, parts);
    expect(firstDifference(shares.y, whole.y), `${what} in ${parts} shares`).toBe(-1);
    if (p.preActivation) expect(firstDifference(shares.preActivation, whole.preActivation), `${what} in ${parts} shares, pre-activation`).toBe(-1);
  }
}

const plain = { batch: 1, transposeA: 0, transposeB: 0, activation: 0, bias: false, preActivation: false };
/** Beyond one block of columns (512), of the inner index (256), of columns for few rows (4096). */
const large = [
  { ...plain, rows: 23, columns: 530, inner: 40 },
  { ...plain, rows: 37, columns: 21, inner: 700, bias: true, activation: 2, preActivation: true },
  { ...plain, rows: 9, columns: 1043, inner: 515, bias: true, activation: 1, preActivation: true },
  { ...plain, rows: 130, columns: 65, inner: 128, bias: true },
  { ...plain, rows: 2, columns: 2100, inner: 33, bias: true, activation: 2, preActivation: true },
  { ...plain, rows: 1, columns: 4103, inner: 129 },
  { ...plain, rows: 5, columns: 4100, inner: 18, bias: true },
  { ...plain, rows: 301, columns: 1, inner: 77, bias: true, activation: 2, preActivation: true },
  { ...plain, batch: 3, rows: 34, columns: 5, inner: 257, bias: true },
];

describe.each([{ relaxed: false }, ...(enableRelaxedSimd() ? [{ relaxed: true }] : [])])('matmul, relaxed: $relaxed', async ({ relaxed }) => {
  const instance = await createKernelInstance({ relaxed });
  const memory = kernelMemory(instance, await referenceKernels(instance));

  it.each(large)('agrees with the naive kernel beyond one block: $rows x $columns over $inner', (p) => {
    for (const transposeA of [0, 1]) for (const transposeB of [0, 1]) check(memory, { ...p, transposeA, transposeB });
  });

  it('agrees with the naive kernel for any small size', () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 70 }));
    const bit = fc.constantFrom(0, 1);
    const products = fc.record({
      batch: fc.integer({ min: 0, max: 3 }), rows: size, columns: size, inner: size,
      transposeA: bit, transposeB: bit, activation: fc.constantFrom(0, 1, 2), bias: fc.boolean(), preActivation: fc.boolean(),
    });
    fc.assert(fc.property(products, (p) => check(memory, p)), { numRuns: 150 });
  });

  it.runIf(!relaxed)('adds each sum in the order of the inner index: the bits of the naive kernel', () => {
    for (const transposeA of [0, 1]) {
      for (const transposeB of [0, 1]) {
        const p = { ...plain, rows: 38, columns: 533, inner: 600, transposeA, transposeB, bias: true };
        expect(firstDifference(multiply(memory, 'matmul', p, 1).y, multiply(memory, 'matmulNaive', p, 1).y)).toBe(-1);
      }
    }
  });

  it.each([0, 1])('gives a row the same bits beside up to seven others, where b is transposed: %i', (transposeB) => {
    for (const [columns, inner] of [[103, 771], [2100, 37], [16, 8], [5, 2]] as const) {
      const eight = multiply(memory, 'matmul', { ...plain, rows: 8, columns, inner, transposeB, bias: true, activation: 2 }, 1).y;
      for (let rows = 1; rows < 8; rows++) expect(firstDifference(multiply(memory, 'matmul', { ...plain, rows, columns, inner, transposeB, bias: true, activation: 2 }, 2).y, eight.subarray(0, rows * columns)), `${rows} rows of ${columns} over ${inner}`).toBe(-1);
    }
  });

  it('lets NaN and infinity through to the rows and columns that they belong to', () => {
    memory.clear();
    const [rows, columns, inner] = [7, 9, 5];
    const a = noise(rows * inner, 1);
    a[3 * inner + 2] = NaN;
    const b = noise(inner * columns, 2);
    b[4 * columns + 8] = Infinity;
    const y = memory.blank(rows * columns);
    memory.kernel('matmul')(memory.place(a), memory.place(b), 0, y, 0, 1, rows, columns, inner, 0, 0, 0, 0, 1);
    memory.read(y, rows * columns).forEach((value, i) => {
      const [row, column] = [Math.floor(i / columns), i % columns];
      if (row === 3) expect(value).toBeNaN();
      else expect(Number.isFinite(value)).toBe(column !== 8);
    });
  });
});
