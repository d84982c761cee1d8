// Divides one kernel call: `parts` callers run the same kernel with the same arguments, and each does its share.
//
// What is computed together (a vector of elements, a row, a sum) is never divided, so every number comes from the same
// instructions in the same order, whatever the number of parts. Shares of flat arrays and of columns begin on cache lines,
// so that two threads do not write to one.

/** Elements in 64 bytes of float32 or int32. */
export const LINE: i32 = 16;

/** How many blocks of `block` elements cover `size`. */
// @ts-ignore: decorator
@inline
export function blocksOf(size: i32, block: i32): i32 {
  return (size + (block - 1)) / block;
}

/** First of `count` units that belong to share number `part`; that of `part + 1` is where the share ends. */
// @ts-ignore: decorator
@inline
export function firstUnit(count: i32, part: i32, parts: i32): i32 {
  return i32((i64(count) * i64(part)) / i64(parts));
}

/** First of `size` elements that belong to share number `part`, on a boundary of cache lines. */
// @ts-ignore: decorator
@inline
export function firstElement(size: i32, part: i32, parts: i32): i32 {
  return min(firstUnit(blocksOf(size, LINE), part, parts) * LINE, size);
}
