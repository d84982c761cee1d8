// Runs before every test file, so that `toEqual` compares long lists of numbers in a moment: vitest's own comparison takes 8 µs of a processor for
// each element of a typed array, half a second for 65,536 of them. What is equal stays the same; how a difference is shown, too.
import { expect } from 'vitest';

/**
 * Vitest calls this for each pair of values that it compares.
 * @param {unknown} a
 * @param {unknown} b
 * @returns {boolean | undefined} undefined: vitest compares them itself
 */
function sameNumbers(a, b) {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || a.constructor !== b.constructor) return undefined;
  if (ArrayBuffer.isView(a) && !(a instanceof DataView)) return a.length === b.length ? a.every((value, i) => Object.is(value, b[i])) : undefined;
  return Array.isArray(a) && a.length === b.length && a.every((value, i) => isPlain(value) && Object.is(value, b[i])) && hasOnlyElements(a) && hasOnlyElements(b) ? true : undefined;
}

/** @param {unknown} value */
const isPlain = (value) => typeof value === 'number' || typeof value === 'string';

/** Whether there is neither a gap nor a named property, which vitest compares, too. @param {unknown[]} list */
const hasOnlyElements = (list) => Object.keys(list).length === list.length;

// The files of a project share a process, and vitest keeps what was added.
const ADDED = Symbol.for('kk: sameNumbers was added');
if (!(ADDED in globalThis)) {
  expect.addEqualityTesters([sameNumbers]);
  Object.defineProperty(globalThis, ADDED, { value: true });
}
