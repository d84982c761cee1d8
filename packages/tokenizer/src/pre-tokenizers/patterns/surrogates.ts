// Halves of surrogate pairs.

/** Whether the unit at `unit` is the second half of a pair. */
export function isSecondHalf(text: string, unit: number): boolean {
  return unit > 0 && (text.charCodeAt(unit) & 0xfc00) === 0xdc00 && (text.charCodeAt(unit - 1) & 0xfc00) === 0xd800;
}
