// Skips each merge with some probability (BPE dropout), so that one text has many encodings. Source: Provilkov, Emelianenko and Voita,
// "BPE-Dropout: Simple and Effective Subword Regularization" (2020).

import { checkOptions } from '@kk/options';
import { randomNumbers } from '../../core/random.js';
import { quote } from '../../text/well-formed.js';
import type { Dropout } from '../../core/tokenizer.js';

/**
 * Returns a function that decides for each merge whether to skip it; undefined if no merge is ever skipped.
 * @throws {RangeError} when the probability is not from 0 to 1, or the seed no integer
 */
export function dropoutOf(dropout: Dropout | undefined): (() => boolean) | undefined {
  if (dropout === undefined) return undefined;
  checkOptions<Dropout>('dropout', dropout, { probability: true, seed: true });
  const { probability, seed } = dropout;
  if (!(probability >= 0 && probability <= 1)) throw new RangeError(`dropout.probability is ${quote(probability)}; expected a number from 0 to 1.`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`dropout.seed is ${quote(seed)}; expected an integer.`);
  if (probability === 0) return undefined;
  const random = randomNumbers(seed);
  return () => random() < probability;
}
