// Where chance comes from: the seeded generator that all packages share, or any other source of uniform numbers.
import { requireMethod } from '@kk/options';
import { Random } from '@kk/random';

/** A source of random numbers: `uniform()` returns numbers from 0 (included) to 1 (excluded). `{ uniform: Math.random }` is one, too. */
export interface RandomSource {
  uniform(): number;
}

/** @throws TypeError unless it is a source of random numbers */
export function requireRandom(random: RandomSource): void {
  // Looked at here first, because one token is drawn through here, too: a call costs more.
  if (typeof (random as RandomSource | null)?.uniform !== 'function') requireMethod('random', random, 'uniform', 'a source of random numbers with the method uniform, such as new Random(1)');
}

/** An independent generator with the state of a seeded one; any other source is returned unchanged. */
export function forkRandom(random: RandomSource): RandomSource {
  return isSeeded(random) ? Random.fromState(random.state) : random;
}

/** Checks for the state and not for the class: the bundle of @kk/nn-core has another copy of the class. */
function isSeeded(random: RandomSource): random is Random {
  const { state } = random as Partial<Random>;
  return typeof state === 'object' && state !== null && 'seed' in state && 'stream' in state && 'position' in state;
}
