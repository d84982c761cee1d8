// Checks the arguments of layers' constructors.
import type { Random } from '@kk/random';
import { describe } from '@kk/options';

export { expectEngine, expectSizes } from '../core/expect.js';

/** The generator of the initial weights; asked by what it can do, as an engine is. */
export function expectRandom(layer: string, random: Random): void {
  if (typeof (random as Partial<Random> | undefined)?.fillNormal !== 'function') {
    throw new TypeError(`${layer} got ${describe(random)} as its source of random numbers; expected a Random, as the last argument: new ${layer}(engine, options, new Random(seed)).`);
  }
}
