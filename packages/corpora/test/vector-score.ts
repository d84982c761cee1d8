// Asks vectors the questions of @kk/corpora/sentences: cosine similarity, 3CosAdd for analogies.

import { answerCount, functionWords, vectorQuestions, type VectorQuestion } from '@kk/corpora/sentences';

export type Language = 'de' | 'en';

/** How often each word occurs. */
export function countWords(lists: readonly (readonly string[])[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of lists.flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

/**
 * @param counts how often each word occurs
 * @param vectors one for each word that occurs `answerCount` times
 * @returns the share of the questions that the vectors answer right, from 0 to 1
 */
export function shareRight(language: Language, counts: ReadonlyMap<string, number>, vectors: ReadonlyMap<string, Float64Array>): number {
  const small = new Set(functionWords[language]);
  const units = new Map<string, Float64Array>();
  for (const [word, vector] of vectors) {
    if (counts.get(word)! < answerCount || small.has(word)) continue;
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
    units.set(word, vector.map((value) => value / length));
  }
  const nearest = (target: Float64Array, except: readonly string[]): string => {
    let best = { word: '', product: -Infinity };
    for (const [word, unit] of units) {
      if (except.includes(word)) continue;
      const product = unit.reduce((sum, value, k) => sum + value * target[k], 0);
      if (product > best.product) best = { word, product };
    }
    return best.word;
  };
  const isRight = (question: VectorQuestion): boolean => {
    if (question.kind === 'neighbour') return question.amongst.includes(nearest(units.get(question.word)!, [question.word]));
    const { a, b, c, expected } = question;
    const [ofA, ofB, ofC] = [a, b, c].map((word) => units.get(word)!);
    return nearest(ofB.map((value, k) => value - ofA[k] + ofC[k]), [a, b, c]) === expected;
  };
  const questions = vectorQuestions(language);
  return questions.filter(isRight).length / questions.length;
}
