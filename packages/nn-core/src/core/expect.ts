// Checks arguments before anything is computed: that a tensor, an engine or a number stands where one is expected.
import { describe } from '@kk/options';
import type { Engine } from './engine.js';
import type { Tensor } from './tensor.js';

/** Asked by what it has: another copy of this package has a class Tensor of its own. */
export function expectTensor(operation: string, ...values: Tensor[]): void {
  for (const value of values) {
    const { dtype, engine } = (value ?? {}) as Partial<Tensor>; // models have an engine, and the tensors of a safetensors file a dtype
    if (dtype === undefined || engine === undefined) throw new TypeError(`${operation} got ${describe(value)} in place of a tensor: make one with engine.tensor(numbers, shape).`);
  }
}

/** Asked by what it can do: another copy of this package has a class Engine of its own. */
export function expectEngine(owner: string, engine: Engine): void {
  if (typeof (engine as Partial<Engine> | undefined)?.parameter !== 'function') {
    throw new TypeError(`${owner} got ${describe(engine)} as its engine; expected one from init(), as the first argument.`);
  }
}

/** @throws TypeError when it is no list, such as a single number */
export function expectList(owner: string, name: string, value: readonly unknown[]): void {
  if (!Array.isArray(value)) refuse(owner, name, value, 'a list');
}

/** @throws TypeError when it is not true or false */
export function expectFlag(owner: string, name: string, value: unknown): void {
  if (typeof value !== 'boolean') refuse(owner, name, value, 'true or false');
}

/** Text that looks like a number passes comparisons, and adds itself as text. */
export function expectNumber(owner: string, name: string, value: number): void {
  if (typeof value !== 'number') refuse(owner, name, value, 'a number');
}

/** @throws TypeError always */
export function refuse(owner: string, name: string, value: unknown, expected: string): never {
  throw new TypeError(`${owner}: ${name} is ${describe(value)}; expected ${expected}.`);
}

/** @throws RangeError unless all are whole numbers of 1 or more */
export function expectSizes(owner: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`${owner}: ${name} is ${describe(size)}; expected a whole number of 1 or more.`);
  }
}
