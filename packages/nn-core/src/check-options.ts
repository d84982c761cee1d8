// The one check that every options object goes through: in plain JavaScript no type finds a name that is misspelt or missing.
import { closest, distance } from 'fastest-levenshtein';
import { expectFlag } from './core/expect.js';
import { describe } from './describe.js';

/** All options of T by name: which of them must be given, and which are a `flag`, true or false. The compiler wants every one of them. */
export type OptionNames<T> = { readonly [Name in keyof T]-?: Record<never, never> extends Pick<T, Name> ? (NonNullable<T[Name]> extends boolean ? 'flag' : 'optional') : 'required' };

/** For what takes no options now, so that one that is given is refused: `checkOptions('Flatten', options, {})`. */
export type NoOptions = Readonly<Record<never, never>>;

/**
 * @param owner what takes the options, for the error message: `AdamW`
 * @throws TypeError when they are no object, hold a name that is not known, lack an option that must be given, or hold a flag that is neither true nor false
 */
export function checkOptions<T>(owner: string, options: T, names: OptionNames<T>): void {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null || Symbol.iterator in given || 'engine' in given) { // a list, a Map, a tensor
    throw new TypeError(`${owner} got ${describe(given)} as its options; expected an object with ${listOf(names)}.`);
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) throw new TypeError(`${owner}: unknown option '${unknown}'${suggestion(unknown, Object.keys(names))}; known: ${listOf(names)}.`);
  for (const [name, need] of Object.entries(names)) {
    const value = (given as Record<string, unknown>)[name];
    if (need === 'required' && value === undefined) throw new TypeError(`${owner}: the option '${name}' is missing; expected an object with ${listOf(names)}.`);
    if (need === 'flag' && value !== undefined) expectFlag(owner, name, value);
  }
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
