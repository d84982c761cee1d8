// Checks of logits that all functions share, so that invalid numbers of a model are found where they enter.
import { describe, wrongKind } from '@kk/options';

/** The largest finite number of float32, to which logits are clipped where they would overflow. */
export const LARGEST_FLOAT32 = 3.4028234663852886e38;

/** @throws TypeError if the logits are not a Float32Array */
export function requireFloat32Array(logits: Float32Array): void {
  // Checks the tag instead of instanceof, to accept arrays from another frame or a test environment.
  if ((logits as Partial<Float32Array> | null | undefined)?.[Symbol.toStringTag] === 'Float32Array') return;
  throw new TypeError(`logits must be a Float32Array with one number per token, got ${describe(logits)}; convert with Float32Array.from(...)`);
}

/**
 * The array that a result goes to, shape (vocabSize,): the given one, or a new one.
 *
 * @throws TypeError if it is not a Float32Array; RangeError if it has another length
 */
export function readOut(out: Float32Array | undefined, vocabSize: number): Float32Array {
  if (out === undefined) return new Float32Array(vocabSize);
  if ((out as Float32Array | null)?.[Symbol.toStringTag] !== 'Float32Array') throw wrongKind('out', out, 'a Float32Array with one number per logit');
  if (out.length !== vocabSize) throw new RangeError(`out has ${out.length} entries, expected one per logit: ${vocabSize}`);
  return out;
}

/**
 * The largest of the logits, shape (vocabSize,).
 *
 * @throws TypeError if the logits are not a Float32Array
 * @throws RangeError if there are none, if one is NaN or +Infinity, or if all are -Infinity (no token is possible)
 */
export function highestLogit(logits: Float32Array): number {
  requireFloat32Array(logits);
  const size = logits.length;
  let highest = -Infinity;
  for (let id = 0; id < size; id++) {
    const logit = logits[id];
    // A single branch that is nearly always taken; it also handles NaN, since every comparison with NaN is false.
    if (logit <= highest) continue;
    if (logit !== logit) throw logitIsNaN(id);
    highest = logit;
  }
  requireFiniteHighest(logits, highest);
  return highest;
}

/** @throws RangeError if the largest logit is infinite: there are none, one is +Infinity, or all are -Infinity */
export function requireFiniteHighest(logits: Float32Array, highest: number): void {
  if (Math.abs(highest) === Infinity) throw noFiniteHighest(logits.length, logits.indexOf(Infinity), highest);
}

/** The error for an infinite largest logit; `id` is the token with +Infinity, if there is one. */
export function noFiniteHighest(size: number, id: number, highest: number): RangeError {
  if (size === 0) return new RangeError('logits are empty: expected one number per token of the vocabulary');
  if (highest === Infinity) {
    return new RangeError(`logits[${id}] is +Infinity: expected finite numbers, or -Infinity for impossible tokens; check the model that computed them`);
  }
  return new RangeError(`all ${size} logits are -Infinity: no token is possible; a mask or filter before this one forbids everything`);
}

export function logitIsNaN(id: number): RangeError {
  return new RangeError(`logits[${id}] is NaN: expected finite numbers, or -Infinity for impossible tokens; check the model that computed them`);
}
