// Lists the element types of safetensors files. Those of less than a byte (F4, F6_*) are left out: nothing here could use them.

/** Bytes per element; in the order of growing alignment by which the reference writer sorts tensors. */
export const DTYPE_BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E5M2: 1,
  F8_E4M3: 1,
  F8_E8M0: 1,
  F8_E4M3FNUZ: 1,
  F8_E5M2FNUZ: 1,
  I16: 2,
  U16: 2,
  F16: 2,
  BF16: 2,
  I32: 4,
  U32: 4,
  F32: 4,
  C64: 8,
  F64: 8,
  I64: 8,
  U64: 8,
} as const;

export type SafetensorsDType = keyof typeof DTYPE_BYTES;

export function isSafetensorsDType(value: unknown): value is SafetensorsDType {
  return typeof value === 'string' && Object.hasOwn(DTYPE_BYTES, value);
}

export function dtypeNames(): string {
  return Object.keys(DTYPE_BYTES).join(', ');
}

/** The longest header that readers accept, in bytes. */
export const MAXIMUM_HEADER_BYTES = 100_000_000;

/**
 * Bytes of a tensor: the product of its shape times the size of an element; null when a step of that is no safe integer,
 * even if a later size of 0 would bring it back.
 */
export function tensorBytes(dtype: SafetensorsDType, shape: readonly number[]): number | null {
  let elements = 1;
  for (const size of shape) {
    elements *= size;
    if (!Number.isSafeInteger(elements)) return null;
  }
  const bytes = elements * DTYPE_BYTES[dtype];
  return Number.isSafeInteger(bytes) ? bytes : null;
}
