// Reads one step of a tokenizer.json pipeline by its type. Each family of steps has its own table of readers.

import type { JsonField } from './json-field.js';

/** Reads a component whose `type` is already known. `read` reads a nested component, such as a step of a Sequence. */
export type ComponentReader<T> = (field: JsonField, read: (field: JsonField) => T) => T;

/** The deepest nesting that is read. A file with more is an attempt to overflow the stack. */
const DEEPEST = 16;

/** @throws {RangeError} naming the field whose type is unknown or that is nested too deeply */
export function readComponent<T>(field: JsonField, readers: Readonly<Record<string, ComponentReader<T>>>, depth = 0): T {
  const type = field.get('type');
  const name = type.string();
  if (depth > DEEPEST) field.fail(`at most ${DEEPEST} sequences inside of each other`);
  const reader = Object.hasOwn(readers, name) ? readers[name] : type.fail(`one of ${Object.keys(readers).join(', ')}`);
  return reader(field, (inner) => readComponent(inner, readers, depth + 1));
}
