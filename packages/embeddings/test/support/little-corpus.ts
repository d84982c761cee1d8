// A seeded text whose words are drawn by Zipf's law, for tests that need sentences but no sense.
import { Random } from '@kk/nn-core';

/** Sentences of 1 to 12 words among `words` different ones, such as `w3`. */
export function littleCorpus({ sentences = 60, words = 20, seed = 1 } = {}): string[][] {
  const random = new Random(seed);
  const draw = (): string => `w${Math.floor((words + 1) ** random.uniform()) - 1}`;
  return Array.from({ length: sentences }, () => Array.from({ length: 1 + random.integer(12) }, draw));
}
