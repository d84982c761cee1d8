// Checks of arguments, shared by several functions.

const maxSeed = 2 ** 32 - 1;

/** @throws RangeError unless the seed is an integer from 0 to 2^32 - 1 */
export function checkSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > maxSeed) throw new RangeError(`seed is ${String(seed)}: expected an integer from 0 to ${maxSeed}`);
}

/** @throws RangeError unless the value is an integer from 0 to `max` */
export function checkSize(name: string, value: number, max: number, remedy: string): void {
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} is ${String(value)}: expected a whole number that is not negative`);
  if (value > max) throw new RangeError(`${name} is ${value}: expected at most ${max}; ${remedy}`);
}
