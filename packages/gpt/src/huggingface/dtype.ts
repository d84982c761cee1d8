// Says which precision written weights have.

/**
 * The precision that weights are written in: float32, or in half of the bytes float16 (11 significant bits, numbers to 65504) or bfloat16
 * (8 significant bits, the range of float32).
 */
export type WeightsDType = 'F32' | 'F16' | 'BF16';

export interface WeightsOptions {
  /** Default F32. F16 and BF16 round each weight to the nearest, in a tie to the even one. */
  dtype?: WeightsDType;
}

/** What config.json calls the precisions. */
export const TORCH_NAMES: Readonly<Record<WeightsDType, string>> = { F32: 'float32', F16: 'float16', BF16: 'bfloat16' };

/** The precision, F32 unless given. */
export function checkDType(operation: string, dtype: WeightsDType = 'F32'): WeightsDType {
  if (!(dtype in TORCH_NAMES)) throw new RangeError(`${operation}: dtype is ${JSON.stringify(dtype)}; expected 'F32', 'F16' or 'BF16'.`);
  return dtype;
}
