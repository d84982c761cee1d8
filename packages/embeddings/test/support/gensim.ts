// Compares our answers with those of gensim, which computes in float32.
import { expect } from 'vitest';
import { evaluateAnalogies, evaluateSimilarities, type AnalogyFile, type EvaluationOptions, type SimilarityFile, type WordSpace } from '../../src/index.js';

export interface GensimAnswers {
  neighbours: Record<string, [string, number][]>;
  limited: Record<string, [string, number][]>;
  add: [string[], string[], [string, number][]][];
  multiply: [string[], string[], [string, number][]][];
  odd: [string[], string, [number, string][]][];
  sentences: [string[], string[], number][];
  evaluation: {
    score: number;
    sections: { name: string; correct: string[][]; incorrect: string[][] }[];
    pearson: number;
    spearman: number;
    unknownPercent: number;
  };
}

/** The same words in the same order with the same similarities. */
export function expectSame(found: readonly { word: string; similarity: number }[], expected: readonly [string, number][]): void {
  expect(found.map(({ word }) => word)).toEqual(expected.map(([word]) => word));
  found.forEach(({ similarity }, i) => expect(similarity).toBeCloseTo(expected[i][1], 5));
}

export function expectEvaluation(space: WordSpace, files: { analogies: AnalogyFile; similarities: SimilarityFile }, options: EvaluationOptions, expected: GensimAnswers['evaluation']): void {
  const { sections, total } = evaluateAnalogies(space, files.analogies, options);
  const all = [...sections, { ...total, name: 'Total accuracy' }];
  expect(all.map(({ name, correct, incorrect }) => ({ name, correct, incorrect }))).toEqual(expected.sections);
  expect(total.accuracy).toBeCloseTo(expected.score, 12);
  const similarities = evaluateSimilarities(space, files.similarities, options);
  for (const name of ['pearson', 'spearman', 'unknownPercent'] as const) expect(similarities[name]).toBeCloseTo(expected[name], 5);
}
