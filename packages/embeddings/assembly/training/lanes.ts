// Adds up the lanes of a vector.

/** (lane 0 + lane 2) + (lane 1 + lane 3) */
// @ts-ignore: decorator
@inline
export function sumOfLanes(vector: v128): f32 {
  const pairs = f32x4.add(vector, v128.shuffle<i32>(vector, vector, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}
