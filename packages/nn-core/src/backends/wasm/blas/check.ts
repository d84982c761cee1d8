// Checks that a BLAS library multiplies as it is asked to, before a model is trained with it.
import { AS_IT_IS, ROW_MAJOR, type BoundBlas } from './bind.js';
import { callIfThere, type Library } from './call.js';
import { configOf } from './facts.js';

const LEFT = [1, 2, 3, 4, 5, 6];
const RIGHT = [7, 8, 9, 10, 11, 12];
/** (2, 3) times (3, 2). */
const PRODUCT = [58, 64, 139, 154];

const EXPECTED = 'expected a BLAS whose lengths are 32-bit integers';

/**
 * A library with 64-bit lengths would read them from registers of which we set one half: mostly the other half is zero, and one day it is not.
 * @throws Error when the library says that its lengths have 64 bits. OpenBLAS and BLIS say it; of others nobody knows.
 */
export function checkLengths(library: Library): void {
  const saysSo = configOf(library)?.includes('USE64BITINT') || callIfThere(library, 'int bli_info_get_blas_int_type_size()') === 64;
  if (saysSo) throw new Error(`its lengths are 64-bit integers; ${EXPECTED}`);
}

/** @throws Error when a small product, whose numbers float32 holds exactly, comes out otherwise: the function does nothing, or takes its lengths otherwise */
export function checkProduct({ sgemm, baseOf }: BoundBlas): void {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const floats = new Float32Array(memory.buffer, 0, LEFT.length + RIGHT.length + PRODUCT.length);
  floats.set([...LEFT, ...RIGHT]);
  floats.fill(-1, LEFT.length + RIGHT.length);
  const base = baseOf(memory);
  sgemm(ROW_MAJOR, AS_IT_IS, AS_IT_IS, 2, 2, 3, 1, base, 3, base + 4 * LEFT.length, 2, 0, base + 4 * (LEFT.length + RIGHT.length), 2);
  const found = [...floats.subarray(LEFT.length + RIGHT.length)];
  if (found.join() !== PRODUCT.join()) throw new Error(`its cblas_sgemm gives ${found.join(', ')} where a small product is ${PRODUCT.join(', ')}; ${EXPECTED}`);
}
