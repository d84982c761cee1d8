// Refuses arguments of a wrong kind: in plain JavaScript no type keeps null, or a Promise that nobody waited for, from the place of a model.
import { describe } from './describe.js';

/** The error for an argument of a wrong kind: its name, what was given, what is expected, and for a Promise what to do. */
export function wrongKind(name: string, value: unknown, expected: string): TypeError {
  const hint = hasMethod(value, 'then') ? ' Write await before what gives it.' : '';
  return new TypeError(`${name} is ${describe(value)}; expected ${expected}.${hint}`);
}

/** Whether the value is an object, or a function, with this method. */
export function hasMethod(value: unknown, method: string): boolean {
  const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
  return isObject && typeof (value as Record<string, unknown>)[method] === 'function';
}

/** @throws TypeError unless the value is an object with this method */
export function requireMethod(name: string, value: unknown, method: string, expected: string): void {
  if (!hasMethod(value, method)) throw wrongKind(name, value, expected);
}

/** @throws TypeError unless the value is a function */
export function requireFunction(name: string, value: unknown, expected = 'a function'): void {
  if (typeof value !== 'function') throw wrongKind(name, value, expected);
}

/** @throws TypeError unless the value is a string */
export function requireText(name: string, value: unknown, expected = 'a string'): void {
  if (typeof value !== 'string') throw wrongKind(name, value, expected);
}

/** @throws TypeError unless the value has a length, as lists and typed arrays have; a string is no list */
export function requireList(name: string, value: unknown, expected: string): void {
  if (typeof value !== 'object' || value === null || typeof (value as ArrayLike<unknown>).length !== 'number') throw wrongKind(name, value, expected);
}

/** @throws TypeError unless `for ... of` can go through the value, as through lists, Sets and generators; a string is refused */
export function requireIterable(name: string, value: unknown, expected: string): void {
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) throw wrongKind(name, value, expected);
}
