// The contract between those who estimate cosines with all rows (rounded-rows.ts with SIMD, plain-rows.ts without) and those who look for the
// best rows (best-rows.ts): an estimate, and how wrong it may be at most.

export interface Estimates {
  /** One per row. Valid until the next estimate, and may be overwritten: -Infinity leaves a row out. */
  readonly scores: Float32Array | Float64Array;
  /** Row i's score is at most `rowErrors[i] + queryError` away from the truth. */
  readonly rowErrors: Float32Array | Float64Array;
  readonly queryError: number;
}

export interface Estimator {
  /** What computes, in words. */
  readonly kernel: string;
  /** @param unit a vector of length 1 */
  estimate(unit: Float64Array): Estimates;
}

/** What float32 scores up to 1 may lose when they are rounded a few times. */
export const FLOAT_SLACK = 1e-6;
