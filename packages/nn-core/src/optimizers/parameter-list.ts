// Checks that optimizers and clipping are given a list of tensors. What people take for one, such as a module, gets an error of its own.
import { Tensor } from '../core/tensor.js';
import { describe } from '@kk/options';
import { Module } from '../layers/module.js';

/**
 * @param owner what takes the list, and which one it is: `AdamW`
 * @throws TypeError when it is no list
 */
export function expectList(owner: string, given: unknown): asserts given is readonly unknown[] {
  if (Array.isArray(given)) return;
  throw new TypeError(`${owner} got ${nameOf(given)}; expected a list of parameters: ${remedyFor(given)}.`);
}

/** @throws TypeError when it is no list, or something in it is no tensor */
export function expectParameterList(owner: string, given: unknown): asserts given is readonly Tensor[] {
  expectList(owner, given);
  const wrong = given.findIndex((item) => !(item instanceof Tensor));
  if (wrong >= 0) throw new TypeError(`${owner} got a list in which number ${wrong} is ${nameOf(given[wrong])}; expected parameters: ${remedyFor(given[wrong])}.`);
}

const nameOf = (given: unknown): string => (given instanceof Module ? 'a module' : given instanceof Tensor ? given.toString() : describe(given));

function remedyFor(given: unknown): string {
  if (given instanceof Module) return 'give module.parameters()';
  if (given instanceof Map) return 'give [...map.values()], or module.parameters()';
  if (given instanceof Tensor) return 'put the tensor into a list';
  return 'give module.parameters(), or tensors made with engine.parameter()';
}
