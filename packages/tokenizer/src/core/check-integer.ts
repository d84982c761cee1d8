// Refuses an option that is not an integer, or is too small.

import { quote } from '../text/well-formed.js';

/** @throws {RangeError} when `value` is not an integer of at least `minimum` */
export function checkInteger(name: string, value: number, minimum: number, why = ''): number {
  if (!Number.isSafeInteger(value) || value < minimum) throw new RangeError(`${name} is ${quote(value)}; expected an integer of at least ${minimum}${why}.`);
  return value;
}
