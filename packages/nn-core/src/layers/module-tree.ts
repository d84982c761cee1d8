// Finds the tensors and modules inside a module: in its fields, and in arrays, Maps and plain objects there, however deep.
import { Tensor } from '../core/tensor.js';
import { describe } from '@kk/options';
import type { Module } from './module.js';

/** A field, array element, Map entry or property that holds a tensor or a module. */
export interface Place {
  /** The way to it, with dots: `blocks.0.attention`. */
  readonly name: string;
  readonly value: Tensor | Module;
  /** An earlier place holds the same tensor or module. */
  readonly isRepeated: boolean;
  /** Puts something else there. */
  put(value: unknown): void;
}

/**
 * All places inside a module, in the order of the fields; a module comes before what is inside it. What is held by several
 * places is entered once, so shared modules and cycles end.
 */
export function* placesIn(root: Module, isModule: (value: unknown) => value is Module): Generator<Place> {
  const seen = new Set<unknown>([root]);
  /** @param nameless an object that is a key on the way here, which gives nothing a name */
  function* enter(container: object, prefix: string, nameless?: unknown): Generator<Place> {
    for (const { key, value, put } of entriesOf(container)) {
      const noName = nameless ?? (isName(key) ? undefined : key);
      const name = prefix + (isName(key) ? key : '?');
      const isPlace = value instanceof Tensor || isModule(value);
      if (!isPlace && !isCollection(value)) continue;
      const isRepeated = seen.has(value);
      seen.add(value);
      if (isPlace && noName !== undefined) {
        throw new TypeError(`The key of ${name} is ${describe(noName)}, which gives what it holds no name: use text or numbers as keys of Maps that hold layers or tensors.`);
      }
      if (isPlace) yield { name, value, isRepeated, put };
      if (!isRepeated && !(value instanceof Tensor)) yield* enter(value, `${name}.`, noName);
    }
  }
  yield* enter(root, '');
}

function isCollection(value: unknown): value is object {
  if (Array.isArray(value) || value instanceof Map) return true;
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** What can be part of a name. */
const isName = (key: unknown): key is string | number => typeof key === 'string' || typeof key === 'number';

interface Entry {
  readonly key: unknown;
  readonly value: unknown;
  put(value: unknown): void;
}

function entriesOf(container: object): Entry[] {
  if (container instanceof Map) {
    const map = container as Map<unknown, unknown>;
    return [...map].map(([key, value]) => ({ key, value, put: (other) => void map.set(key, other) }));
  }
  return Object.entries(container).map(([key, value]) => ({ key, value: value as unknown, put: (other) => {
    if (!Reflect.set(container, key, other)) throw new TypeError(`The field ${key} cannot be written, so its layer cannot be replaced: do not freeze what holds layers.`);
  } }));
}
