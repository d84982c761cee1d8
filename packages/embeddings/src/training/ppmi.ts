// Word vectors by counting: positive pointwise mutual information of words and their neighbours, made short by a singular value decomposition.
// Nothing is predicted, and no learning rate chosen; what training by prediction finds can be compared with it.
//
// Sources: Levy, Goldberg and Dagan, "Improving distributional similarity with lessons learned from word embeddings", TACL 2015; the
// decomposition is in truncated-svd.ts.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { WordVectors } from '../word-vectors.js';
import type { Corpus } from './corpus.js';
import { naturalLog, power } from './exact-math.js';
import { checkInteger, checkNumber } from './options.js';
import { countPairs } from './pair-counts.js';
import type { SparseMatrix } from './sparse-matrix.js';
import { type Steps, within } from './steps.js';
import { truncatedSvd } from './truncated-svd.js';

export interface PpmiOptions {
  /** Numbers per vector: an integer from 1 to the number of words. Default 100, or the number of words where these are fewer. */
  width?: number;
  /** How far a word sees, on each side: an integer from 1. Default 5. */
  window?: number;
  /** Neighbours are taken as frequent as count^smoothing, which makes rare ones less surprising: a number from 0. Default 0.75. */
  smoothing?: number;
  /** Pairs must be that many times as frequent as by chance; ln of it is subtracted. A number above 0. Default 1. */
  shift?: number;
  /** Vectors are U S^weighting: 1 keeps the distances of the whole matrix, 0 makes all directions equal. Default 0.5. */
  weighting?: number;
  /** For the random projection: an integer from 0 to 2^53 - 1. Default 0. */
  seed?: number;
}

const OPTIONS: OptionNames<PpmiOptions> = { width: 'optional', window: 'optional', smoothing: 'optional', shift: 'optional', weighting: 'optional', seed: 'optional' };
const DEFAULT_WIDTH = 100;
/** The matrix is applied that often from both sides; more makes no difference that is seen. */
const ITERATIONS = 4;

/**
 * Counts, computes and decomposes in steps. The generator yields the share that is done and returns the vectors.
 *
 * @throws TypeError or RangeError when an option is unknown or out of range
 */
export function* ppmiInSteps(corpus: Corpus, options: PpmiOptions = {}): Steps<WordVectors> {
  const owner = 'ppmiInSteps';
  checkOptions(owner, options, OPTIONS);
  const { words, counts } = corpus;
  const width = checkInteger(owner, 'width', options.width ?? Math.min(DEFAULT_WIDTH, words.length), 1, words.length);
  const window = checkInteger(owner, 'window', options.window ?? 5, 1);
  const smoothing = checkNumber(owner, 'smoothing', options.smoothing ?? 0.75, 0);
  const shift = checkNumber(owner, 'shift', options.shift ?? 1, Number.MIN_VALUE);
  const weighting = checkNumber(owner, 'weighting', options.weighting ?? 0.5, 0);
  const seed = checkInteger(owner, 'seed', options.seed ?? 0, 0);
  const pairs = yield* within(countPairs(corpus, window, 'flat'), 0, 0.5);
  const { left, singularValues } = yield* within(truncatedSvd(positiveInformation(pairs, { smoothing, shift }), width, { iterations: ITERATIONS, seed }), 0.5, 1);
  const scale = singularValues.map((value) => power(value, weighting));
  return new WordVectors({ words, counts, width, matrix: Float32Array.from(left.values, (value, at) => value * scale[at % width]) });
}

/**
 * max(0, ln(p(word, neighbour) / (p(word) p'(neighbour))) - ln(shift)) for each pair, with p'(c) = count(c)^smoothing / sum of all
 * count^smoothing. What is 0 is left out.
 *
 * @param pairs  how often words have neighbours: rows are words, columns neighbours
 */
export function positiveInformation(pairs: SparseMatrix, { smoothing, shift }: { smoothing: number; shift: number }): SparseMatrix {
  const rowSums = new Float64Array(pairs.rows);
  const columnSums = new Float64Array(pairs.columns);
  for (let row = 0; row < pairs.rows; row++) {
    for (let at = pairs.starts[row]; at < pairs.starts[row + 1]; at++) {
      rowSums[row] += pairs.values[at];
      columnSums[pairs.indices[at]] += pairs.values[at];
    }
  }
  const smoothed = columnSums.map((sum) => power(sum, smoothing));
  const total = smoothed.reduce((sum, value) => sum + value, 0);
  const starts = new Uint32Array(pairs.rows + 1);
  const indices = new Uint32Array(pairs.indices.length);
  const values = new Float64Array(pairs.indices.length);
  let kept = 0;
  for (let row = 0; row < pairs.rows; row++) {
    for (let at = pairs.starts[row]; at < pairs.starts[row + 1]; at++) {
      const ratio = (pairs.values[at] * total) / (rowSums[row] * smoothed[pairs.indices[at]] * shift);
      if (ratio <= 1) continue;
      indices[kept] = pairs.indices[at];
      values[kept++] = naturalLog(ratio);
    }
    starts[row + 1] = kept;
  }
  return { rows: pairs.rows, columns: pairs.columns, starts, indices: indices.slice(0, kept), values: values.slice(0, kept) };
}
