// Finds the range of whole numbers: what int32 tensors hold, and what is asked of ids.

/** The known range of values, for checking ids. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** The range of no values at all. */
export const NO_VALUES: Bounds = { minimum: Infinity, maximum: -Infinity };

/** The range of a list of whole numbers. Throws a RangeError at the first that is not one that int32 can hold. */
export function boundsOf(data: ArrayLike<number>): Bounds {
  let { minimum, maximum } = NO_VALUES;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if ((value | 0) !== value) throw new RangeError(`An int32 tensor got ${value} at position ${i}: expected a whole number from -2147483648 to 2147483647.`);
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { minimum, maximum };
}

/** The range of the values of both. */
export const unionOf = (a: Bounds, b: Bounds): Bounds => ({ minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) });

/** What an operation takes as ids: whole numbers in [lowest, limit). A lowest of -Infinity allows negative ids, which mean "ignore". */
export interface IdLimits {
  readonly lowest: number;
  readonly limit: number;
}

/** What satisfies both. */
export const bothLimits = (a: IdLimits, b: IdLimits): IdLimits => ({ lowest: Math.max(a.lowest, b.lowest), limit: Math.min(a.limit, b.limit) });
