// Measures how well similarities agree with people's judgements of pairs of words, with the rules of gensim's `evaluate_word_pairs`.
import { checkOptions } from '@kk/nn-core';
import { clampCosine, dotProduct, toUnit } from '../cosine.js';
import type { WordSpace } from '../word-space.js';
import { pearson, ranks, spearman } from './correlation.js';
import { type EvaluationOptions, KnownWords } from './known-words.js';

export interface JudgedPair {
  readonly a: string;
  readonly b: string;
  /** How similar people find them, on any scale. */
  readonly judgement: number;
}

export interface SimilarityFile {
  readonly pairs: readonly JudgedPair[];
  /** Lines, from 1, that are no comment and no pair with a number, such as a line of headings; gensim leaves them out, too. */
  readonly invalidLines: readonly number[];
}

export interface SimilarityEvaluation {
  /** Correlation of judgements and cosines, from -1 to 1. */
  readonly pearson: number;
  /** Correlation of their ranks; equal numbers share the mean of their ranks. */
  readonly spearman: number;
  /** Pairs that were compared. */
  readonly pairs: number;
  /** Pairs with a word that the vectors do not have. They count with similarity 0 only if `unknownIsWrong`. */
  readonly unknown: number;
  /** The share of those in percent: gensim's `oov_ratio`. */
  readonly unknownPercent: number;
  /** Of the pairs that were compared, those whose judgement or whose cosine another pair has, too. */
  readonly ties: { readonly judgements: number; readonly cosines: number };
}

/**
 * Reads lines 'word, tabulator, word, tabulator, number', the format of WordSim-353 in gensim; # begins a comment.
 * @param options `delimiter` between the three, default a tabulator
 */
export function parseSimilarities(text: string, options: { delimiter?: string } = {}): SimilarityFile {
  checkOptions<{ delimiter?: string }>('parseSimilarities', options, { delimiter: 'optional' });
  const { delimiter = '\t' } = options;
  const pairs: JudgedPair[] = [];
  const invalidLines: number[] = [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((line, i) => {
    if (line.startsWith('#')) return;
    const parts = line.split(delimiter);
    const judgement = parts.length === 3 && parts[2].trim() !== '' ? Number(parts[2]) : NaN;
    if (Number.isFinite(judgement)) pairs.push({ a: parts[0], b: parts[1], judgement });
    else invalidLines.push(i + 1);
  });
  return { pairs, invalidLines };
}

/** @throws RangeError when no pair can be compared */
export function evaluateSimilarities(space: WordSpace, { pairs }: { readonly pairs: readonly JudgedPair[] }, options: EvaluationOptions = {}): SimilarityEvaluation {
  checkOptions<EvaluationOptions>('evaluateSimilarities', options, { limit: 'optional', caseSensitive: 'flag', unknownIsWrong: 'flag' });
  const known = new KnownWords(space.vectors, options);
  const judgements: number[] = [];
  const cosines: number[] = [];
  let unknown = 0;
  const direction = (place: number): Float64Array => toUnit(space.vectors.row(place));
  for (const { a, b, judgement } of pairs) {
    const [first, second] = [known.place(known.form(a)), known.place(known.form(b))];
    const isKnown = first !== undefined && second !== undefined;
    if (!isKnown) unknown++;
    if (!isKnown && !options.unknownIsWrong) continue;
    judgements.push(judgement);
    cosines.push(isKnown ? clampCosine(dotProduct(direction(first), direction(second))) : 0);
  }
  if (judgements.length === 0) throw new RangeError(`evaluateSimilarities: none of the ${pairs.length} pairs can be compared${unknown > 0 ? `, for ${unknown} have a word without a vector` : ''}.`);
  return {
    pearson: pearson(judgements, cosines),
    spearman: spearman(judgements, cosines),
    pairs: judgements.length,
    unknown,
    unknownPercent: (100 * unknown) / (options.unknownIsWrong ? judgements.length : judgements.length + unknown),
    ties: { judgements: ranks(judgements).tied, cosines: ranks(cosines).tied },
  };
}
