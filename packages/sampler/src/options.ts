// Checks of options that a processor and a preset share.
import { describe } from '@kk/options';
import { requireFraction } from './checks.js';

/** @throws RangeError unless t is a finite number from 0 */
export function checkTemperature(t: number): void {
  if (!(Number.isFinite(t) && t >= 0)) {
    throw new RangeError(`temperature must be a finite number from 0 (0 takes the most probable token, 1 changes nothing), got ${describe(t)}`);
  }
}

/** @throws RangeError unless k is an integer from 1 */
export function checkTopK(k: number): void {
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`topK must be an integer from 1, got ${describe(k)}; leave it out to keep every token`);
}

/** @throws RangeError unless p is a number from 0 to 1 */
export function checkTopP(p: number): void {
  requireFraction('topP', p, 'leave it out to keep every token');
}
