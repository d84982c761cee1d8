// Loads and stores one to three elements at the end of an array or a row, and computes sums and maxima across the lanes.
//
// Ends go through the same vector instructions as everything before them: one formula per kernel, and the same bits for
// an element whether it stands at the end or not.

/** Loads `count` (1 to 3) 32-bit elements; the other lanes are zero. */
// @ts-ignore: decorator
@inline
export function loadPartial(address: usize, count: i32): v128 {
  if (count == 1) return v128.load32_zero(address);
  const two = v128.load64_zero(address);
  if (count == 2) return two;
  return v128.load_lane<u32>(address, two, 2, 8);
}

/** Stores the first `count` (1 to 3) lanes. */
// @ts-ignore: decorator
@inline
export function storePartial(address: usize, vector: v128, count: i32): void {
  if (count == 1) {
    v128.store_lane<u32>(address, vector, 0);
    return;
  }
  v128.store_lane<u64>(address, vector, 0);
  if (count == 3) v128.store_lane<u32>(address, vector, 2, 8);
}

/** All ones in the first `count` (0 to 4) lanes, zero in the others. */
// @ts-ignore: decorator
@inline
export function laneMask(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** (lane 0 + lane 2) + (lane 1 + lane 3) */
// @ts-ignore: decorator
@inline
export function sumOfLanes(vector: v128): f32 {
  const pairs = f32x4.add(vector, v128.shuffle<i32>(vector, vector, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The same in double precision. */
// @ts-ignore: decorator
@inline
export function sumOfLanes64(vector: v128): f64 {
  const low = f64x2.promote_low_f32x4(vector);
  const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(vector, vector, 2, 3, 0, 1));
  const pairs = f64x2.add(low, high);
  return f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1);
}

/** All ones where `next` takes the place of the maximum so far: it is greater, or the first NaN. */
// @ts-ignore: decorator
@inline
export function exceeds(next: v128, best: v128): v128 {
  return v128.andnot(f32x4.eq(best, best), f32x4.le(next, best));
}

// @ts-ignore: decorator
@inline
export function maximumOfLanes(vector: v128): f32 {
  const pairs = f32x4.max(vector, v128.shuffle<i32>(vector, vector, 2, 3, 0, 1));
  return max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}
