// Finds the tensors in what a function returned: `scope()` keeps them, a plan owns them.
import { Tensor } from './tensor.js';

/** All tensors in a value: itself, or in arrays, Sets, Maps and plain objects, to any depth. Other objects are not looked into. */
export function tensorsIn(value: unknown): Set<Tensor> {
  const tensors = new Set<Tensor>();
  const seen = new Set<unknown>();
  const walk = (item: unknown): void => {
    if (item instanceof Tensor) tensors.add(item);
    if (item instanceof Tensor || typeof item !== 'object' || item === null || seen.has(item)) return;
    seen.add(item);
    if (Array.isArray(item) || item instanceof Set) item.forEach(walk);
    else if (item instanceof Map) for (const entry of item) walk(entry);
    else if (isPlain(item)) Object.values(item).forEach(walk);
  };
  walk(value);
  return tensors;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
