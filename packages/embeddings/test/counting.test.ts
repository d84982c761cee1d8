// Co-occurrences, PPMI and the truncated SVD beside plain formulas.
import { Random } from '@kk/nn-core';
import { describe, expect, it } from 'vitest';
import { cosineSimilarity, type Corpus, ppmiInSteps, readCorpus, trainPpmi } from '../src/index.js';
import { countPairs } from '../src/training/pair-counts.js';
import { positiveInformation } from '../src/training/ppmi.js';
import type { SparseMatrix } from '../src/training/sparse-matrix.js';
import { finished } from '../src/training/steps.js';
import { truncatedSvd } from '../src/training/truncated-svd.js';
import { littleCorpus } from './support/little-corpus.js';

function dense({ rows, columns, starts, indices, values }: SparseMatrix): number[][] {
  const result = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  for (let row = 0; row < rows; row++) for (let at = starts[row]; at < starts[row + 1]; at++) result[row][indices[at]] = values[at];
  return result;
}

function sparse(matrix: readonly (readonly number[])[]): SparseMatrix {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of matrix) {
    row.forEach((value, column) => {
      if (value === 0) return;
      indices.push(column);
      values.push(value);
    });
    starts.push(indices.length);
  }
  return { rows: matrix.length, columns: matrix[0].length, starts: Uint32Array.from(starts), indices: Uint32Array.from(indices), values: Float64Array.from(values) };
}

/** For each occurrence each neighbour, as the definition says. */
function countedPlainly({ words, tokens, starts }: Corpus, window: number, weight: (distance: number) => number): number[][] {
  const counts = words.map(() => words.map(() => 0));
  for (let s = 0; s + 1 < starts.length; s++) {
    for (let i = starts[s]; i < starts[s + 1]; i++) {
      for (let j = starts[s]; j < starts[s + 1]; j++) if (i !== j && Math.abs(i - j) <= window) counts[tokens[i]][tokens[j]] += weight(Math.abs(i - j));
    }
  }
  return counts;
}

describe('pairs of words', () => {
  it('are counted as the definition says, with ascending columns', async () => {
    const corpus = await readCorpus(littleCorpus({ sentences: 100, words: 30 }), { minCount: 1 });
    for (const window of [1, 4]) {
      const flat = finished(countPairs(corpus, window, 'flat'));
      expect(dense(flat)).toEqual(countedPlainly(corpus, window, () => 1));
      for (let row = 0; row < flat.rows; row++) for (let at = flat.starts[row] + 1; at < flat.starts[row + 1]; at++) expect(flat.indices[at]).toBeGreaterThan(flat.indices[at - 1]);
      const plain = countedPlainly(corpus, window, (distance) => 1 / distance);
      dense(finished(countPairs(corpus, window, 'harmonic'))).forEach((row, a) => row.forEach((value, b) => expect(value).toBeCloseTo(plain[a][b], 9)));
    }
  });

  it('fill a table that grows', () => {
    // 100,000 words in a row, each beside the next: more different pairs than the first table has places.
    const size = 100_000;
    const corpus: Corpus = { words: Array.from({ length: size }, (_, i) => `w${i}`), counts: new Uint32Array(size).fill(1), tokens: Uint32Array.from({ length: size }, (_, i) => i), starts: Uint32Array.of(0, size) };
    const pairs = finished(countPairs(corpus, 2, 'harmonic'));
    expect(pairs.values).toHaveLength(2 * (size - 1) + 2 * (size - 2));
    const row = 70_000;
    expect([...pairs.indices.subarray(pairs.starts[row], pairs.starts[row + 1])]).toEqual([row - 2, row - 1, row + 1, row + 2]);
    expect([...pairs.values.subarray(pairs.starts[row], pairs.starts[row + 1])]).toEqual([0.5, 1, 1, 0.5]);
  });
});

it('positive mutual information follows its formula', () => {
  const counts = [
    [0, 8, 1],
    [8, 2, 0],
    [1, 0, 4],
  ];
  const sums = counts.map((row) => row.reduce((sum, value) => sum + value, 0));
  const total = sums.reduce((sum, value) => sum + value, 0);
  const smoothed = sums.map((sum) => sum ** 0.75);
  const all = smoothed.reduce((sum, value) => sum + value, 0);
  for (const shift of [1, 2]) {
    dense(positiveInformation(sparse(counts), { smoothing: 0.75, shift })).forEach((row, a) =>
      row.forEach((value, b) => {
        const probability = counts[a][b] / total;
        const information = Math.log(probability / ((sums[a] / total) * (smoothed[b] / all))) - Math.log(shift);
        expect(value).toBeCloseTo(Math.max(0, information), 12);
      }),
    );
  }
});

describe('the truncated SVD', () => {
  /** Columns of cosines are orthonormal (the discrete cosine transform), so that the singular values are known. */
  const cosines = (size: number, k: number): number[] => Array.from({ length: size }, (_, i) => Math.sqrt((k === 0 ? 1 : 2) / size) * Math.cos((Math.PI * (i + 0.5) * k) / size));
  const known = [9, 7, 4, 2, 1, 0.5, 0.25];
  const left = known.map((_, k) => cosines(40, k));
  const right = known.map((_, k) => cosines(30, k));
  const matrix = sparse(left[0].map((_, i) => right[0].map((__, j) => known.reduce((sum, value, k) => sum + value * left[k][i] * right[k][j], 0))));

  it('finds known singular values and vectors', () => {
    const svd = finished(truncatedSvd(matrix, 4, { iterations: 4, seed: 1 }));
    svd.singularValues.forEach((value, k) => expect(value).toBeCloseTo(known[k], 8));
    for (let k = 0; k < 4; k++) {
      const column = left[k].map((_, i) => svd.left.values[i * 4 + k]);
      expect(Math.abs(column.reduce((sum, value, i) => sum + value * left[k][i], 0))).toBeCloseTo(1, 8);
      expect(column.reduce((far, value) => (Math.abs(value) > Math.abs(far) ? value : far), 0)).toBeGreaterThan(0);
    }
  });

  it('finds them in a large matrix of random numbers, where the next ones are near', () => {
    const random = new Random(3);
    const noisy = sparse(Array.from({ length: 80 }, (_, i) => Array.from({ length: 60 }, (__, j) => random.normal() + (i % 5 === j % 5 ? 2 : 0))));
    const approximate = finished(truncatedSvd(noisy, 5, { iterations: 4, seed: 1 }));
    const exact = finished(truncatedSvd(noisy, 60, { iterations: 4, seed: 2 }));
    approximate.singularValues.forEach((value, k) => expect(value / exact.singularValues[k]).toBeCloseTo(1, 5));
  });

  it('of a matrix of small rank has zeros', () => {
    const svd = finished(truncatedSvd(matrix, 10, { iterations: 2, seed: 1 }));
    known.forEach((value, k) => expect(svd.singularValues[k]).toBeCloseTo(value, 8));
    for (const value of svd.singularValues.slice(7)) expect(value).toBeLessThan(1e-6);
    expect(svd.left.values.every(Number.isFinite)).toBe(true);
  });
});

describe('trainPpmi', () => {
  const text = ['cat eats meat', 'dog eats meat', 'cat likes sleep', 'dog likes sleep', 'sun shines bright', 'moon shines bright'];

  it('brings words with the same neighbours together', async () => {
    const vectors = await trainPpmi(text, { minCount: 1, width: 5 });
    expect(cosineSimilarity(vectors.vector('cat')!, vectors.vector('dog')!)).toBeGreaterThan(0.99);
    expect(cosineSimilarity(vectors.vector('sun')!, vectors.vector('moon')!)).toBeGreaterThan(0.99);
    expect(Math.abs(cosineSimilarity(vectors.vector('cat')!, vectors.vector('sun')!))).toBeLessThan(0.01);
  });

  it('says how far it is, and gives the same bits again', async () => {
    const shares: number[] = [];
    const once = await trainPpmi(text, { minCount: 1, onProgress: (share) => shares.push(share) });
    expect(once.width).toBe(once.words.length); // fewer than 100
    expect(shares.at(-1)).toBeGreaterThan(0.8);
    shares.forEach((share, i) => expect(share).toBeGreaterThan(shares[i - 1] ?? 0));
    expect((await trainPpmi(text, { minCount: 1 })).matrix).toEqual(once.matrix);
  });

  it('refuses what is out of range', async () => {
    await expect(trainPpmi(text, { minCount: 1, width: 100 })).rejects.toThrow('width is 100; expected an integer from 1 to 10');
    await expect(trainPpmi(text, { minCount: 1, shift: 0 })).rejects.toThrow('shift is 0; expected a number above 0');
    await expect(trainPpmi(text, { minCount: 1, epochs: 3 } as object)).rejects.toThrow("unknown option 'epochs'");
  });
});

it('ppmiInSteps decomposes the matrix of its definition, and says how far it is', async () => {
  const sentences = ['the fox saw the wolf', 'the wolf saw a fox', 'a key', 'the key of the fox'].map((line) => line.split(' '));
  const corpus = await readCorpus(sentences, { minCount: 1 });
  const size = corpus.words.length;
  const counts = corpus.words.map(() => new Array<number>(size).fill(0));
  for (const line of sentences) {
    const ids = line.map((word) => corpus.words.indexOf(word));
    ids.slice(1).forEach((id, i) => [[ids[i]!, id], [id, ids[i]!]].forEach(([a, b]) => counts[a!]![b!]!++));
  }
  const sums = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const all = sums.reduce((a, b) => a + b, 0);
  const information = counts.map((row, i) => row.map((count, j) => (count === 0 ? 0 : Math.max(0, Math.log((count * all) / (sums[i]! * sums[j]!))))));
  const steps = ppmiInSteps(corpus, { width: size, window: 1, smoothing: 1, weighting: 1 });
  const shares: number[] = [];
  let step = steps.next();
  for (; !step.done; step = steps.next()) shares.push(step.value);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  // With all singular values, the products of two vectors are those of two rows of the matrix.
  const vectors = step.value;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const product = vectors.row(i).reduce((sum, value, at) => sum + value * vectors.row(j)[at]!, 0);
      expect(product).toBeCloseTo(information[i]!.reduce((sum, value, at) => sum + value * information[j]![at]!, 0), 4);
    }
  }
});
