// Checks of option ranges. Each failure is one clear error, thrown before any logit is changed.
import { checkOptions, describe, requireIterable } from '@kk/options';

/** @throws RangeError unless the value is a number from 0 to 1 */
export function requireFraction(name: string, value: number, hint: string): void {
  if (!(typeof value === 'number' && value >= 0 && value <= 1)) throw new RangeError(`${name} must be a number from 0 to 1, got ${describe(value)}; ${hint}`);
}

/** @throws RangeError unless the value is a finite number above 0 */
export function requirePositive(name: string, value: number, hint: string): void {
  if (!(Number.isFinite(value) && value > 0)) throw new RangeError(`${name} must be a finite number above 0, got ${describe(value)}; ${hint}`);
}

/** @throws RangeError unless the value is a finite number from a lower to an upper bound */
export function requireBetween(name: string, value: number, from: number, to: number, hint: string): void {
  if (!(Number.isFinite(value) && value >= from && value <= to)) {
    const range = from === -Infinity ? 'a finite number' : to === Infinity ? `a finite number from ${from}` : `a number from ${from} to ${to}`;
    throw new RangeError(`${name} must be ${range}, got ${describe(value)}; ${hint}`);
  }
}

/** @throws RangeError unless the value is an integer from a lower bound */
export function requireInteger(name: string, value: number, from: number, hint: string): void {
  if (!(Number.isSafeInteger(value) && value >= from)) throw new RangeError(`${name} must be an integer${from === -Infinity ? '' : ` from ${from}`}, got ${describe(value)}; ${hint}`);
}

/**
 * A misspelt option would otherwise be as if it had not been given.
 *
 * @param where what takes the options, for the error message
 * @throws TypeError naming the first option that is not known, or what was given in place of options
 */
export function requireKnown<T extends object>(where: string, options: T, known: Readonly<Record<keyof T, true>>): void {
  // One token is drawn through here, too: most options are found in the first look.
  let isFine = false;
  for (const name in options) {
    isFine = known[name] === true;
    if (!isFine) break;
  }
  if (!isFine) checkOptions(where, options, known);
}

/** Returns token ids as a sorted copy without duplicates. @throws TypeError if it is no list, RangeError if one is not an integer from 0 */
export function tokenIds(name: string, ids: Iterable<number>): Int32Array {
  requireIterable(name, ids, 'a list of token ids');
  const checked = [...new Set(ids)].map((id) => {
    if (!(Number.isInteger(id) && id >= 0 && id <= 0x7fffffff)) throw new RangeError(`${name}: ${describe(id)} is no token id; expected integers from 0`);
    return id;
  });
  return Int32Array.from(checked).sort();
}

/** @throws RangeError if one of these sorted ids is not in the vocabulary */
export function requireInVocabulary(name: string, ids: Int32Array, vocabSize: number): void {
  const largest = ids[ids.length - 1];
  if (largest >= vocabSize) throw new RangeError(`${name}: ${largest} is no token of this vocabulary, whose ids run from 0 to ${vocabSize - 1}; was it made with another tokenizer?`);
}
