// The numbers of test/fixtures/numpy_answers.py, and a comparison of lists.
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

export interface NumpyAnswers {
  pca: { points: number[]; directions: number[]; variances: number[]; shares: number[]; projected: number[] };
  eigen: { matrix: number[]; values: number[] };
  alignment: { from: number[]; to: number[]; cases: { shift: boolean; scale: boolean; rotation: number[]; factor: number; moved: number[]; distance: number }[] };
  sif: { words: string[]; vectors: number[]; counts: number[]; sentences: number[][]; result: number[] };
  weat: { groups: number[][]; statistic: number; effectSize: number; pValue: number; permutations: number };
}

export const numpy = JSON.parse(readFileSync(new URL('../fixtures/numpy.json', import.meta.url), 'utf8')) as NumpyAnswers;

export function expectClose(found: ArrayLike<number>, expected: readonly number[], digits: number): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, digits));
}
