// The one check that every options object goes through: in plain JavaScript no type finds a name that is misspelt or missing.
import { describe } from './describe.js';
import { nearest } from './nearest.js';

/** All options of T by name: which of them must be given, and which are a `flag`, true or false. The compiler wants every one of them. */
export type OptionNames<T> = { readonly [Name in keyof T]-?: Record<never, never> extends Pick<T, Name> ? (NonNullable<T[Name]> extends boolean ? 'flag' : 'optional') : 'required' };

/** For what takes no options now, so that one that is given is refused: `checkOptions('Flatten', options, {})`. */
export type NoOptions = Readonly<Record<never, never>>;

/**
 * An option that is undefined is as if it were left out, and so are undefined options where none of them must be given.
 * @param owner what takes the options, for the error message: `AdamW`
 * @param names all options that there are; `true` in place of a need where the owner itself checks what is given
 * @throws TypeError when the options are no object, hold a name that is not known, lack an option that must be given, or hold a flag that is neither true nor false
 */
export function checkOptions<T>(owner: string, options: T, names: OptionNames<NonNullable<T>> | Readonly<Record<keyof NonNullable<T>, true>>): void {
  const needs: Readonly<Record<string, unknown>> = names;
  const given = (options === undefined ? none : options) as Readonly<Record<string, unknown>>;
  if (typeof given !== 'object' || given === null) refuse(owner, options, needs);
  let isEmpty = true;
  // Encoding a word goes through here, too: nothing is made, and no list of names is searched.
  for (const name in given) {
    const need = needs[name];
    if (need === 'flag') expectFlag(owner, name, given[name]);
    else if (need !== true && need !== 'optional' && need !== 'required' && Object.hasOwn(given, name)) refuseName(owner, name, options, needs);
    isEmpty = false;
  }
  if (isEmpty && Symbol.iterator in given) refuse(owner, options, needs); // an empty list, a Map
  for (const name in needs) {
    if (needs[name] !== 'required' || given[name] !== undefined) continue;
    if (options === undefined) refuse(owner, options, needs);
    throw new TypeError(`${owner}: the option '${name}' is missing; expected an object with ${listOf(needs)}.`);
  }
}

const none: Readonly<Record<string, unknown>> = {};

function expectFlag(owner: string, name: string, value: unknown): void {
  if (value !== undefined && typeof value !== 'boolean') throw new TypeError(`${owner}: ${name} is ${describe(value)}; expected true or false.`);
}

/** @throws TypeError always: a name that is not known, or what is no object of options at all, such as a list or a tensor */
function refuseName(owner: string, name: string, options: unknown, names: Readonly<Record<string, unknown>>): never {
  if (describe(options) !== 'a plain object') refuse(owner, options, names);
  const meant = nearest(name, Object.keys(names));
  throw new TypeError(`${owner}: unknown option '${name}'${meant === undefined ? '' : `, did you mean '${meant}'?`}; known: ${listOf(names)}.`);
}

/** @throws TypeError always */
function refuse(owner: string, options: unknown, names: Readonly<Record<string, unknown>>): never {
  throw new TypeError(`${owner} got ${describe(options)} as its options; expected an object with ${listOf(names)}.`);
}

/** `heads, window?`, as TypeScript would write it: a question mark where an option may be left out, and none where only names are known. */
const listOf = (names: Readonly<Record<string, unknown>>): string =>
  Object.entries(names).map(([name, need]) => (need === 'required' || need === true ? name : `${name}?`)).join(', ') || 'none';
