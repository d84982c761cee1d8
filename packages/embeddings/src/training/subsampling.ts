// Tells which share of a frequent word's occurrences is learned from: very frequent words say little about those beside them.

/**
 * A word with the share f of all words is kept with the probability sqrt(t / f) + t / f, at most 1: the formula of word2vec and
 * fastText (the paper, Mikolov et al., NIPS 2013, has the first term only).
 *
 * @param threshold  t; 0 keeps all words
 * @returns for each word the number that 32 random bits must be below; 2^32 - 1 always keeps it
 */
export function keepThresholds(counts: ArrayLike<number>, threshold: number): Uint32Array {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i];
  return Uint32Array.from(counts, (count) => {
    const ratio = (threshold * total) / count;
    const probability = threshold === 0 || count === 0 ? 1 : Math.sqrt(ratio) + ratio;
    return Math.min(2 ** 32 - 1, Math.floor(probability * 2 ** 32));
  });
}
