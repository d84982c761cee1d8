// The one check that every options object goes through: in plain JavaScript no type finds a name that is misspelt or missing.
import { closest, distance } from 'fastest-levenshtein';
import { describe } from './describe.js';

/** All options of T by name, and which of them must be given. The compiler wants every one of them. */
export type OptionNames<T> = { readonly [Name in keyof T]-?: Record<never, never> extends Pick<T, Name> ? 'optional' : 'required' };

/** For what takes no options now, so that one that is given is refused: `checkOptions('Flatten', options, {})`. */
export type NoOptions = Readonly<Record<never, never>>;

/**
 * @param owner what takes the options, for the error message: `AdamW`
 * @throws TypeError when they are no object, hold a name that is not known, or lack an option that must be given
 */
export function checkOptions<T>(owner: string, options: T, names: OptionNames<T>): void {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null || Symbol.iterator in given || 'engine' in given) { // a list, a Map, a tensor
    throw new TypeError(`${owner} got ${describe(given)} as its options; expected an object with ${listOf(names)}.`);
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) throw new TypeError(`${owner}: unknown option '${unknown}'${suggestion(unknown, Object.keys(names))}; known: ${listOf(names)}.`);
  const missing = Object.entries(names).find(([name, need]) => need === 'required' && (given as Record<string, unknown>)[name] === undefined);
  if (missing) throw new TypeError(`${owner}: the option '${missing[0]}' is missing; expected an object with ${listOf(names)}.`);
}

/** `heads, window?`, as TypeScript would write it: a question mark where an option may be left out. */
const listOf = (names: OptionNames<unknown>): string =>
  Object.entries(names as Record<string, string>).map(([name, need]) => (need === 'required' ? name : `${name}?`)).join(', ') || 'none';

/** The known name that is meant, where one is near: at most a third of the letters differ, whatever their case. */
function suggestion(unknown: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const lower = known.map((name) => name.toLowerCase());
  const nearest = closest(unknown.toLowerCase(), lower);
  return distance(unknown.toLowerCase(), nearest) <= unknown.length / 3 ? `, did you mean '${known[lower.indexOf(nearest)]}'?` : '';
}
