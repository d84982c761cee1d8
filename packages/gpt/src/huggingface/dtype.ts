// The precision of written weights.

/** The precision that weights are written in: float32 or, in half of the bytes, float16. */
export type WeightsDType = 'F32' | 'F16';

export interface WeightsOptions {
  /** Default F32. F16 rounds each weight to the nearest half, in a tie to the even one. */
  dtype?: WeightsDType;
}

/** The precision, F32 unless given. */
export function checkDType(operation: string, dtype: WeightsDType = 'F32'): WeightsDType {
  if (dtype !== 'F32' && dtype !== 'F16') throw new RangeError(`${operation}: dtype is ${JSON.stringify(dtype)}; expected 'F32' or 'F16'.`);
  return dtype;
}
