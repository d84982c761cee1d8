// A seeded text in which some words are frequent and some are rare, for tests that need sentences but no sense.
import { Random } from '@kk/nn-core';

/** Sentences of 1 to 12 words among `words` different ones, such as `w3`. */
export function littleCorpus({ sentences = 60, words = 20, seed = 1 } = {}): string[][] {
  const random = new Random(seed);
  const draw = (): string => `w${random.integer(1 + random.integer(words))}`;
  return Array.from({ length: sentences }, () => Array.from({ length: 1 + random.integer(12) }, draw));
}
