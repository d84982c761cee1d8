// Walks over the share of an array for kernels that compute each element from the elements at the same place.
//
// A formula is a class with one method on four lanes. The classes are never made: the compiler resolves the method and
// inlines it. y may be one of the inputs.
import { loadPartial, storePartial } from './lanes';
import { firstElement } from './share';

/** y = F(x) */
// @ts-ignore: decorator
@inline
export function unary<F>(x: usize, y: usize, size: i32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const formula = changetype<F>(0);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const offset = usize(i) << 2;
    v128.store(y + offset, formula.apply(v128.load(x + offset)));
  }
  if (i < end) {
    const offset = usize(i) << 2;
    storePartial(y + offset, formula.apply(loadPartial(x + offset, end - i)), end - i);
  }
}

/** y = F(a, b, c) */
// @ts-ignore: decorator
@inline
export function ternary<F>(a: usize, b: usize, c: usize, y: usize, size: i32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const formula = changetype<F>(0);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const offset = usize(i) << 2;
    v128.store(y + offset, formula.apply(v128.load(a + offset), v128.load(b + offset), v128.load(c + offset)));
  }
  if (i < end) {
    const offset = usize(i) << 2;
    const rest = end - i;
    storePartial(y + offset, formula.apply(loadPartial(a + offset, rest), loadPartial(b + offset, rest), loadPartial(c + offset, rest)), rest);
  }
}

/** y = F(a, b) */
// @ts-ignore: decorator
@inline
export function binary<F>(a: usize, b: usize, y: usize, size: i32, part: i32, parts: i32): void {
  let i = firstElement(size, part, parts);
  const end = firstElement(size, part + 1, parts);
  const formula = changetype<F>(0);
  for (const full = i + ((end - i) & ~3); i < full; i += 4) {
    const offset = usize(i) << 2;
    v128.store(y + offset, formula.apply(v128.load(a + offset), v128.load(b + offset)));
  }
  if (i < end) {
    const offset = usize(i) << 2;
    storePartial(y + offset, formula.apply(loadPartial(a + offset, end - i), loadPartial(b + offset, end - i)), end - i);
  }
}
