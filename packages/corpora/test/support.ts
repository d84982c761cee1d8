// What several test files need: a sample of stories, and the plain statistics of a sample.

import { languages, stories, type Language } from '@kk/corpora';

/** The first `count` stories of a seed. */
export function sample(language: Language, seed: number, count: number): string[] {
  const source = stories(language, { seed });
  return Array.from({ length: count }, () => source.next().value);
}

/** Mean and standard error of the mean. */
export function statistics(values: readonly number[]): { mean: number; standardError: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, standardError: Math.sqrt(variance / values.length) };
}

export const eachLanguage = languages.map((language) => ({ language }));
