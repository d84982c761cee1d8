// Checks an example that is given as token ids.
import { boundsOf } from '@kk/nn-core';
import type { LabelledTokens } from './examples.js';

/**
 * @param where names the example in the error
 * @throws {TypeError} when ids or labels are other arrays; {RangeError} when they do not fit each other or the vocabulary, the first token is
 * learned, or none is
 */
export function checkLabelled({ ids, learned }: LabelledTokens, where: string, vocabSize: number): void {
  if (!(ids instanceof Int32Array) || !(learned instanceof Uint8Array)) throw new TypeError(`${where} does not hold ids as an Int32Array and learned as a Uint8Array; expected what labelExample gives.`);
  if (ids.length !== learned.length) throw new RangeError(`${where} has ${ids.length} ids, but ${learned.length} labels; expected as many.`);
  if (!learned.includes(1)) throw new RangeError(`${where} has no token to learn: leave it out.`);
  if (learned[0] !== 0 || learned.some((label) => label > 1)) throw new RangeError(`${where} has labels other than 0 and 1, or 1 at its first token, which nothing comes before; expected what labelExample gives.`);
  const { minimum, maximum } = boundsOf(ids);
  if (minimum < 0 || maximum >= vocabSize) throw new RangeError(`${where} holds ids from ${minimum} to ${maximum}, but the vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
}
