// Plans one matrix product and runs its kernel: for `matmul` and for what is made of products.
import { formatShape, sameShape, sizeOf, type Shape } from '../../core/shape.js';
import type { Tensor } from '../../core/tensor.js';
import { activationCode, type Activation } from './fused-activation.js';

/** One call of the kernel: y = op(a) op(b), `batch` times. */
export interface Product {
  batch: number;
  rows: number;
  columns: number;
  inner: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** Runs the kernel once; `shape` is that of the result. */
export function product(a: Tensor, b: Tensor, shape: Shape, p: Product, bias: Tensor | null = null, activation: Activation = 'none', preActivation: Tensor | null = null): Tensor {
  const y = a.engine.allocate(shape, a.dtype);
  a.engine.run('matmul', [a, b, bias, y, preActivation], [p.batch, p.rows, p.columns, p.inner, Number(p.transposeA), Number(p.transposeB), activationCode('matmul', activation)]);
  return y;
}

/**
 * The sizes of a product of two tensors.
 * @throws RangeError when the shapes do not fit
 */
export function planProduct(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Product {
  const fail = (why: string): never => {
    throw new RangeError(`matmul: a is ${formatShape(a.shape)}${transposeA ? ' transposed' : ''} and b is ${formatShape(b.shape)}${transposeB ? ' transposed' : ''}: ${why}.`);
  };
  if (a.rank < 2 || b.rank < 2) fail('both need at least two axes');
  const [aRows, aInner] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!];
  const [bInner, columns] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!];
  if (aInner !== bInner) fail(`a has ${aInner} columns and b has ${bInner} rows; they must be equal`);
  const lead = a.shape.slice(0, -2);
  if (b.rank === 2) {
    if (transposeA && a.rank > 2) fail('a transposed a with leading axes needs a b with the same ones');
    return { batch: 1, rows: sizeOf(lead) * aRows, columns, inner: aInner, transposeA, transposeB };
  }
  if (!sameShape(lead, b.shape.slice(0, -2))) fail('leading axes must be equal, or b has none');
  return { batch: sizeOf(lead), rows: aRows, columns, inner: aInner, transposeA, transposeB };
}
