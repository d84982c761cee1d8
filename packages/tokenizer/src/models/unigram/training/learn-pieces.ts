// Trains Unigram: it starts with many pieces and ends with few. Expectation-maximization estimates the probability of each piece. Then the
// pieces whose removal lowers the probability of the text the least are removed. Both repeat until few enough are left.
// Source: Kudo 2018, "Subword Regularization", and the trainers of SentencePiece and Hugging Face, whose constants these are.

import { compareByCodePoint } from '../../../text/code-point-order.js';
import type { TrainingProgress } from '../../../training/progress.js';
import { PieceLattice } from './lattice.js';
import { type ScoredPiece, seedPieces } from './seed-pieces.js';

export interface UnigramSettings {
  /** The wanted number of pieces, including the unknown one. */
  pieces: number;
  unknownToken: string;
  /** Characters that become pieces even if the words lack them. */
  initialAlphabet: readonly string[];
  /** The maximum length of a piece in characters. */
  longestPiece: number;
  /** The maximum number of pieces to start from. */
  seedSize: number;
  /** The share of pieces that each round keeps, from 0 to 1. */
  shrinkingFactor: number;
  /** Steps of expectation-maximization in each round. */
  subIterations: number;
  onProgress?: (progress: TrainingProgress) => void;
}

/** Pieces with a lower expected count are removed at once. */
const LEAST_EXPECTED = 0.5;
/** The rounds end at this multiple of the wanted number of pieces; then the least probable pieces are dropped. */
const SPARE = 1.1;
/** The number of words between two pauses. */
const WORDS_AT_ONCE = 500;

/** @returns pieces with log probabilities: the unknown one, then the others, most probable first */
export function* learnPieces(words: ReadonlyMap<string, number>, settings: UnigramSettings): Generator<void, ScoredPiece[]> {
  const { pieces: wanted, unknownToken, shrinkingFactor, subIterations, onProgress } = settings;
  const report = (tokens: number): void => onProgress?.({ tokens, vocabSize: wanted });
  const enough = Math.floor(wanted * SPARE);
  const seeds = yield* reporting(() => report(0), seedPieces(words, settings.longestPiece, settings.seedSize));
  let pieces: ScoredPiece[] = [{ piece: unknownToken, score: NaN }, ...seeds.filter(({ piece }) => piece !== unknownToken)];
  yield;
  for (;;) {
    for (let i = 0; i < subIterations; i++) {
      const counting = pieces;
      report(counting.length);
      yield;
      pieces = maximize(counting, yield* reporting(() => report(counting.length), expect(counting, words)));
    }
    if (pieces.length <= enough) break;
    const before = pieces;
    pieces = yield* reporting(() => report(before.length), prune(before, words, Math.max(enough, Math.floor(before.length * shrinkingFactor))));
  }
  const final = finalize(pieces, words, settings);
  report(final.length);
  return final;
}

/** The same work; reports at each pause. */
function* reporting<T>(report: () => void, work: Generator<void, T>): Generator<void, T> {
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    report();
    yield;
  }
}

/** The expected count of each piece in the words, over all ways to cut them. */
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

/**
 * Estimates log probabilities from the counts, with a prior that favours few pieces (a Dirichlet process: digamma instead of the
 * logarithm).
 */
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

/** Removes the pieces that matter least to the text, until `size` are left. */
function* prune(pieces: readonly ScoredPiece[], words: ReadonlyMap<string, number>, size: number): Generator<void, ScoredPiece[]> {
  const lattice = new PieceLattice(pieces);
  // The second best cut of each piece, used if the piece is removed; undefined if the piece is never used or cannot be cut.
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

/** The log probability of the pieces that replace a removed piece, after its occurrences are added to theirs. */
function logOf(alternative: readonly number[], frequency: number, frequencies: Float64Array, sum: number): number {
  const logSum = Math.log(sum + frequency * (alternative.length - 1));
  return alternative.reduce((log, id) => log + Math.log(frequencies[id] + frequency) - logSum, 0);
}

/** Keeps all characters, then the most probable pieces up to the wanted number. */
function finalize(pieces: readonly ScoredPiece[], words: ReadonlyMap<string, number>, { pieces: wanted, unknownToken, initialAlphabet }: UnigramSettings): ScoredPiece[] {
  const PENALTY_STEP = 0.0001; // gives superfluous characters distinct scores
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
