// Counting by hand: which unit follows which, in a text that fits on a sheet of paper.

/** Letters as Markov saw them: vowels and consonants, everything else left out. */
export function vowelsAndConsonants(text: string, vowel: string, consonant: string): string {
  return [...text.normalize('NFC')].filter((letter) => /\p{L}/u.test(letter)).map((letter) => (/[aeiouyäöüáàâéèêíìîóòôúùûœæаеёиоуыэюя]/iu.test(letter) ? vowel : consonant)).join('');
}

/**
 * The counts after the first `pairs` pairs of neighbours, shape (size, size): row what stands before, column what follows.
 * @param ids  indexes from 0 to size - 1
 */
export function tally(ids: readonly number[], size: number, pairs: number): number[][] {
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let i = 0; i < Math.min(pairs, ids.length - 1); i++) counts[ids[i]][ids[i + 1]]++;
  return counts;
}
