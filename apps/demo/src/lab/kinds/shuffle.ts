// Shuffles a text: by letters, or by words.
import { Random } from '@kk/sampler';

/** The same values in an order of chance (Fisher and Yates): every order is equally probable. */
export function shuffled<Value>(values: Iterable<Value>, random: Random): Value[] {
  const all = [...values];
  for (let last = all.length - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    [all[last], all[other]] = [all[other]!, all[last]!];
  }
  return all;
}

/** The same letters, spaces and marks, each at another place. */
export function shuffleLetters(text: string, seed: number): string {
  return shuffled(text, new Random(seed)).join('');
}

/** The same words with their marks, in another order; spaces and blank lines stay. */
export function shuffleWords(text: string, seed: number): string {
  const words = shuffled(text.match(/\S+/g) ?? [], new Random(seed));
  let next = 0;
  return text.replace(/\S+/g, () => words[next++]!);
}
