// Checks that a BLAS library multiplies as it is asked to, before a model is trained with it.
import { AS_IT_IS, ROW_MAJOR, type BoundBlas } from './bind.js';

const LEFT = [1, 2, 3, 4, 5, 6];
const RIGHT = [7, 8, 9, 10, 11, 12];
/** (2, 3) times (3, 2). */
const PRODUCT = [58, 64, 139, 154];

/** @throws Error when a small product, whose numbers float32 holds exactly, comes out otherwise: the function does nothing, or takes its lengths otherwise */
export function checkProduct({ sgemm, baseOf }: BoundBlas): void {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer, 0, LEFT.length + RIGHT.length + PRODUCT.length);
  floats.set([...LEFT, ...RIGHT]);
  floats.fill(-1, LEFT.length + RIGHT.length);
  const base = baseOf(memory);
  sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, 2, 2, 3, 1, base, 3, base + 4 * LEFT.length, 2, 0, base + 4 * (LEFT.length + RIGHT.length), 2);
  const found = [...floats.subarray(LEFT.length + RIGHT.length)];
  if (found.join() !== PRODUCT.join()) throw new Error(`its cblas_sgemm gives ${found.join(', ')} where a small product is ${PRODUCT.join(', ')}; expected a BLAS whose lengths are 32-bit integers`);
}
