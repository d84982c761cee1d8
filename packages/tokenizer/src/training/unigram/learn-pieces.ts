// Unigram training: from many pieces to few. Expectation-maximization finds how probable each piece is; then those pieces go whose
// loss lowers the probability of the text the least; and again, until few enough are left.
// Source: Kudo 2018, "Subword Regularization", and the trainers of SentencePiece and Hugging Face, whose constants these are.

import { compareByCodePoint } from '../../text/code-point-order.js';
import { type TrainingProgress } from '../learn-merges.js';
import { PieceLattice } from './lattice.js';
import { type ScoredPiece, seedPieces } from './seed-pieces.js';

export interface UnigramSettings {
  /** The pieces wanted, the unknown one included. */
  pieces: number;
  unknownToken: string;
  /** Characters that are pieces even where the words do not hold them. */
  initialAlphabet: readonly string[];
  /** The most characters of a piece. */
  longestPiece: number;
  /** The most pieces to begin with. */
  seedSize: number;
  /** How many of the pieces stay in each round, from 0 to 1. */
  shrinkingFactor: number;
  /** Steps of expectation-maximization in each round. */
  subIterations: number;
  onProgress?: (progress: TrainingProgress) => void;
}

/** A piece that is expected less often than this goes at once. */
const LEAST_EXPECTED = 0.5;
/** The rounds end this far above the number of pieces wanted; the rest goes by probability. */
const SPARE = 1.1;
/** Words between two pauses. */
const WORDS_AT_ONCE = 500;

/** @returns pieces with logarithmic probabilities, the most probable first, the unknown one before all */
export function* learnPieces(words: ReadonlyMap<string, number>, settings: UnigramSettings): Generator<void, ScoredPiece[]> {
  const { pieces: wanted, unknownToken, shrinkingFactor, subIterations, onProgress } = settings;
  const report = (tokens: number): void => onProgress?.({ tokens, vocabSize: wanted });
  const enough = Math.floor(wanted * SPARE);
  let pieces: ScoredPiece[] = [{ piece: unknownToken, score: NaN }, ...seedPieces(words, settings.longestPiece, settings.seedSize).filter(({ piece }) => piece !== unknownToken)];
  yield;
  for (;;) {
    for (let i = 0; i < subIterations; i++) {
      report(pieces.length);
      yield;
      pieces = maximize(pieces, yield* expect(pieces, words));
    }
    if (pieces.length <= enough) break;
    pieces = yield* prune(pieces, words, Math.max(enough, Math.floor(pieces.length * shrinkingFactor)));
  }
  const final = finalize(pieces, words, settings);
  report(final.length);
  return final;
}

/** How often each piece occurs in the words, on average over all ways to cut them. */
function* expect(pieces: readonly ScoredPiece[], words: ReadonlyMap<string, number>): Generator<void, Float64Array> {
  const lattice = new PieceLattice(pieces);
  const expected = new Float64Array(pieces.length);
  let done = 0;
  for (const [word, count] of words) {
    lattice.addExpected(word, count, expected);
    if (++done % WORDS_AT_ONCE === 0) yield;
  }
  return expected;
}

/** The probabilities that fit the counts, under a prior that favours few pieces (a Dirichlet process: digamma instead of logarithm). */
function maximize(pieces: readonly ScoredPiece[], expected: Float64Array): ScoredPiece[] {
  const kept = pieces.map(({ piece }, id) => ({ piece, score: expected[id] })).filter(({ score }, id) => id === 0 || score >= LEAST_EXPECTED);
  const logSum = digamma(kept.slice(1).reduce((sum, { score }) => sum + score, 0));
  return kept.map(({ piece, score }, id) => ({ piece, score: id === 0 ? NaN : digamma(score) - logSum }));
}

/** The derivative of the logarithm of the gamma function, for positive numbers. */
function digamma(x: number): number {
  let result = 0;
  for (; x < 7; x++) result -= 1 / x;
  const y = x - 1 / 2;
  const y2 = 1 / (y * y);
  return result + Math.log(y) + y2 / 24 - (7 / 960) * y2 ** 2 + (31 / 8064) * y2 ** 3 - (127 / 30720) * y2 ** 4;
}

/** Lets the pieces go that the text can do without best, until `size` are left. */
function* prune(pieces: readonly ScoredPiece[], words: ReadonlyMap<string, number>, size: number): Generator<void, ScoredPiece[]> {
  const lattice = new PieceLattice(pieces);
  // How a piece is cut when it is no piece any more; undefined where it is never used or cannot be cut.
  const alternatives: (number[] | undefined)[] = [];
  const mustStay: boolean[] = [];
  for (const [id, { piece }] of pieces.entries()) {
    const [best, second] = id === 0 ? [[]] : lattice.bestTwo(piece);
    mustStay.push(id > 0 && (second === undefined || best.length === 1));
    alternatives.push(second !== undefined && best.length === 1 ? second : undefined);
    if (id % WORDS_AT_ONCE === 0) yield;
  }
  const frequencies = new Float64Array(pieces.length);
  let total = 0;
  let done = 0;
  for (const [word, count] of words) {
    for (const id of lattice.bestTwo(word)[0]) frequencies[id] += count;
    total += count;
    if (++done % WORDS_AT_ONCE === 0) yield;
  }
  const sum = frequencies.reduce((all, frequency) => all + frequency, 0);
  const kept: ScoredPiece[] = [pieces[0]];
  const candidates: { id: number; loss: number }[] = [];
  for (let id = 1; id < pieces.length; id++) {
    const frequency = frequencies[id];
    const alternative = alternatives[id];
    if (frequency === 0 && !mustStay[id]) continue;
    if (!alternative) kept.push(pieces[id]);
    else if (frequency > 0) candidates.push({ id, loss: (frequency / total) * (Math.log(frequency / sum) - logOf(alternative, frequency, frequencies, sum)) });
  }
  candidates.sort((a, b) => b.loss - a.loss);
  for (const { id } of candidates) {
    if (kept.length >= size) break;
    kept.push(pieces[id]);
  }
  return kept;
}

/** The logarithmic probability of the pieces that stand for one that is gone, once its occurrences are theirs. */
function logOf(alternative: readonly number[], frequency: number, frequencies: Float64Array, sum: number): number {
  const logSum = Math.log(sum + frequency * (alternative.length - 1));
  return alternative.reduce((log, id) => log + Math.log(frequencies[id] + frequency) - logSum, 0);
}

/** All characters, then the most probable pieces, until there are as many as wanted. */
function finalize(pieces: readonly ScoredPiece[], words: ReadonlyMap<string, number>, { pieces: wanted, unknownToken, initialAlphabet }: UnigramSettings): ScoredPiece[] {
  const PENALTY_STEP = 0.0001; // keeps characters that the text could do without apart
  const known = new Map(pieces.slice(1).map(({ piece, score }) => [piece, score]));
  const lowest = pieces.slice(1).reduce((least, { score }) => Math.min(least, score), Infinity);
  const characters = new Set(initialAlphabet);
  for (const word of words.keys()) for (const character of word) characters.add(character);
  const final = new Map<string, number>();
  let penalty = 0;
  for (const character of [...characters].sort(compareByCodePoint)) {
    const score = known.get(character);
    final.set(character, score ?? lowest + penalty);
    if (score === undefined) penalty += PENALTY_STEP;
  }
  for (const { piece, score } of pieces.slice(1)) {
    if (final.size + 1 >= wanted) break;
    if (!final.has(piece)) final.set(piece, score);
  }
  final.delete(unknownToken);
  const sorted = [...final].map(([piece, score]) => ({ piece, score })).sort((a, b) => b.score - a.score);
  return [{ piece: unknownToken, score: 0 }, ...sorted];
}
