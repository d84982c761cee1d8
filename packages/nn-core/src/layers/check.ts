// What the constructors of layers ask of their arguments.
import type { Random } from '@kk/random';
import type { Engine } from '../core/engine.js';
import { describe } from '../describe.js';

/** Asked by what it can do: another copy of this package has a class Engine of its own. */
export function expectEngine(layer: string, engine: Engine): void {
  if (typeof (engine as Partial<Engine> | undefined)?.parameter !== 'function') {
    throw new TypeError(`${layer} got ${describe(engine)} as its engine; expected one from init(), as the first argument.`);
  }
}

/** The generator of the initial weights; asked by what it can do, as above. */
export function expectRandom(layer: string, random: Random): void {
  if (typeof (random as Partial<Random> | undefined)?.fillNormal !== 'function') {
    throw new TypeError(`${layer} got ${describe(random)} as its source of random numbers; expected a Random, as the last argument: new ${layer}(engine, options, new Random(seed)).`);
  }
}

/** Sizes of a layer: whole numbers of 1 or more. */
export function expectSizes(layer: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`${layer}: ${name} is ${describe(size)}; expected a whole number of 1 or more.`);
  }
}
