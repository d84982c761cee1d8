// Chooses which of the shaders in `shaders/matmul.ts` computes a matrix product.
import type { Storage } from '../../backend.js';
import { cube, matrix, vector, type Passes, type Program } from './pass.js';
import { addUp } from './reductions.js';
import { gather } from './shape.js';

/** From this many rows on, b is transposed first where it is stored transposed: it is then read this often in order. */
const ROWS_THAT_PAY_FOR_A_TRANSPOSE = 16;
/** A product with fewer results than `FEW_RESULTS` and a longer sum than `LONG_SUM` is cut into parts of the sum. */
const FEW_RESULTS = 16_384;
const LONG_SUM = 256;
/** Terms of a part of the sum. */
const PART = 64;

/** The shader of an activation, by the contract's number. */
export const activations = [null, 'relu', 'gelu', 'geluErf', 'silu'] as const;

interface Product {
  readonly a: Storage;
  readonly b: Storage;
  readonly bias: Storage;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly activation: number;
}

/** b as (batch, inner, columns), for a product that gets (batch, columns, inner). */
function transposedB(passes: Passes, { b, batch, columns, inner }: Product): Storage {
  const result = passes.scratch(batch * inner * columns);
  gather(passes, b, result, [batch, inner, columns], [inner * columns, 1, inner]);
  return result;
}

function product(passes: Passes, y: Storage, given: Product): void {
  let p = given;
  const { batch, rows, columns, inner, transposeA, activation } = p;
  if (p.transposeB && rows >= ROWS_THAT_PAY_FOR_A_TRANSPOSE && inner > 0 && batch * columns > 0) p = { ...p, b: transposedB(passes, p), transposeB: false };
  const hasBias = p.bias !== passes.none;
  const plain = !hasBias && activation === 0 && batch === 1 && !p.transposeB;
  if (plain && rows * columns <= FEW_RESULTS && inner >= LONG_SUM) {
    const parts = Math.ceil(inner / PART);
    const sums = passes.scratch(parts * rows * columns);
    const views = [transposeA ? matrix(p.a, inner, rows) : matrix(p.a, rows, inner), matrix(p.b, inner, columns)];
    passes.run(transposeA ? 'matmulPartA' : 'matmulPart', sums, [columns, rows, parts], views, [inner, parts]);
    addUp(passes, sums, y, 1, parts, rows * columns);
    return;
  }
  const four = passes.hasWebGpu && !p.transposeB && columns % 4 === 0;
  const shader = four ? (transposeA ? 'matmulFourA' : 'matmulFour') : transposeA ? (p.transposeB ? 'matmulAB' : 'matmulA') : p.transposeB ? 'matmulB' : 'matmul';
  const aView = transposeA ? cube(p.a, batch, inner, rows) : cube(p.a, batch, rows, inner);
  const bView = p.transposeB ? cube(p.b, batch, columns, inner) : cube(p.b, batch, inner, columns);
  const bias = vector(p.bias, hasBias ? columns : 1);
  passes.run(shader, y, [four ? columns / 4 : columns, rows, batch], [aView, bView, bias], [inner, Number(hasBias), activation]);
}

export const matmul: Program = (passes, [a, b, bias, y, preActivation], [batch, rows, columns, inner, transposeA, transposeB, activation]) => {
  const p: Product = { a, b, bias, batch, rows, columns, inner, transposeA: transposeA === 1, transposeB: transposeB === 1, activation };
  if (preActivation === passes.none) return product(passes, y, p);
  const size = batch * rows * columns;
  product(passes, preActivation, { ...p, activation: 0 });
  passes.run(activations[activation] ?? 'copy', y, [size], [vector(preActivation, size)]);
};

export const matmulInt8: Program = (passes, [a, packed, scales, bias, y], [rows, columns, inner, activation]) => {
  const groups = Math.ceil(inner / 16);
  const hasBias = bias !== passes.none;
  const views = [matrix(a, rows, inner), cube(packed, Math.ceil(columns / 4) * groups, 4, 8), vector(scales, columns), vector(bias, hasBias ? columns : 1)];
  passes.run('matmulInt8', y, [columns, rows], views, [inner, groups, Number(hasBias), activation]);
};
