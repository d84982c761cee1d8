// How one step of a tokenizer.json's pipeline is found by its type. Every family of steps keeps its own table of readers.

import { type JsonField } from './json-field.js';

/** Reads a component whose `type` is known already. `read` reads a component inside of it, as of a Sequence. */
export type ComponentReader<T> = (field: JsonField, read: (field: JsonField) => T) => T;

/** Nested deeper, a file is no tokenizer's but an attempt to overflow the stack. */
const DEEPEST = 16;

/** @throws {RangeError} naming the field whose type none of the readers knows, or which lies too deep */
export function readComponent<T>(field: JsonField, readers: Readonly<Record<string, ComponentReader<T>>>, depth = 0): T {
  const type = field.get('type');
  const name = type.string();
  if (depth > DEEPEST) field.fail(`at most ${DEEPEST} sequences inside of each other`);
  const reader = Object.hasOwn(readers, name) ? readers[name] : type.fail(`one of ${Object.keys(readers).join(', ')}`);
  return reader(field, (inner) => readComponent(inner, readers, depth + 1));
}
