// Lets a model write the pairs of answers that people vote on: different ones, which ended by themselves and are nearly as long as each other.
import type { LanguageModel } from '@kk/gpt';
import { checkOptions, Random, type OptionNames } from '@kk/nn-core';
import { rollouts } from '../reinforcement/rollouts.js';
import type { AnswerPair } from './answer-pair.js';

export interface SamplePairsOptions {
  /** Tokens that end an answer. */
  stopTokens: readonly number[];
  /** The most tokens of an answer. */
  maxTokens: number;
  /** Determines what is drawn; whole number of 0 or more. */
  seed: number;
  /** Answers that are drawn to a prompt at a time, at least 2. Default 4. */
  candidates?: number;
  /** How many times they are drawn to a prompt whose answers do not make a pair yet, at least 1. Default 3. */
  rounds?: number;
  /**
   * How many times as long as the other one the longer answer is at most, in tokens; 1 or more. Default 1.25. People like long answers better, and a
   * model that learns from pairs of unequal lengths learns that first (Singhal et al. 2023, arXiv:2310.03716).
   */
  lengthRatio?: number;
  /** The text of ids. Where it is given, answers of the same text count as one, and those without any text as none. */
  textOf?: (ids: number[]) => string;
  /** Called with how many prompts were asked, of how many. */
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal | undefined;
}

const OPTIONS: OptionNames<SamplePairsOptions> = { stopTokens: 'required', maxTokens: 'required', seed: 'required', candidates: 'optional', rounds: 'optional', lengthRatio: 'optional', textOf: 'optional', onProgress: 'optional', signal: 'optional' };

export interface SampledPairs {
  /** In the order of their prompts. */
  readonly pairs: readonly AnswerPair[];
  /** Which prompts got no pair, counted from 0. */
  readonly without: readonly number[];
}

/** Prompts that are asked at a time. */
const TOGETHER = 16;

/**
 * Draws at temperature 1, as tunings on preferences score answers. Of the candidates the two that are nearest in length become a pair; which of them
 * is `a` is drawn, too.
 * @param prompts at least one, each of 1 id to one fewer than the model's context
 * @throws RangeError when an option is out of range; TypeError when one is unknown or missing; the signal's reason when it is aborted
 */
export async function samplePairs(model: LanguageModel, prompts: readonly ArrayLike<number>[], options: SamplePairsOptions): Promise<SampledPairs> {
  checkOptions('samplePairs', options, OPTIONS);
  const { candidates = 4, rounds = 3, lengthRatio = 1.25, textOf, onProgress, stopTokens, maxTokens, seed, signal } = options;
  for (const [name, value, least] of [['candidates', candidates, 2], ['rounds', rounds, 1]] as const) {
    if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`samplePairs: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
  }
  if (!(lengthRatio >= 1)) throw new RangeError(`samplePairs: lengthRatio is ${String(lengthRatio)}; expected a number of at least 1.`);
  const keyOf = (ids: readonly number[]): string => (textOf ? textOf(ids.slice(0, -1)).trim() : ids.slice(0, -1).join());
  const sides = new Random(seed);
  const swapped = prompts.map(() => sides.integer(2) === 1);
  const found = new Map<number, AnswerPair>();
  for (let start = 0; start < prompts.length; start += TOGETHER) {
    const answers = prompts.slice(start, start + TOGETHER).map((prompt, i) => ({ prompt, place: start + i, different: new Map<string, readonly number[]>() }));
    for (let round = 0; round < rounds; round++) {
      const open = answers.filter(({ place }) => !found.has(place));
      if (open.length === 0) break;
      // Prompts that are asked together have rounds of their own, so that no others draw the same numbers.
      const drawn = { stopTokens, maxTokens, groupSize: candidates, seed, round: 1 + (start / TOGETHER) * rounds + round, signal };
      const written = await rollouts(model, open.map(({ prompt }) => prompt), drawn);
      for (const [i, { prompt, place, different }] of open.entries()) {
        for (const { ids, endsByItself } of written.slice(i * candidates, (i + 1) * candidates)) if (endsByItself && keyOf(ids) !== '' && !different.has(keyOf(ids))) different.set(keyOf(ids), ids);
        const nearest = nearestInLength([...different.values()], lengthRatio);
        if (!nearest) continue;
        const [first, second] = nearest.map((ids) => Int32Array.from(ids)) as [Int32Array, Int32Array];
        found.set(place, { prompt: Int32Array.from(prompt), ...(swapped[place] ? { a: second, b: first } : { a: first, b: second }) });
      }
    }
    onProgress?.(start + answers.length, prompts.length);
  }
  return { pairs: prompts.flatMap((_, i) => found.get(i) ?? []), without: prompts.flatMap((_, i) => (found.has(i) ? [] : [i])) };
}

/** Undefined where no two are near enough. Of pairs that are as near, the one that was drawn first. */
function nearestInLength(answers: readonly (readonly number[])[], lengthRatio: number): readonly [readonly number[], readonly number[]] | undefined {
  let best: readonly [readonly number[], readonly number[]] | undefined;
  let least = Infinity;
  for (const [i, first] of answers.entries()) {
    for (const second of answers.slice(i + 1)) {
      const ratio = Math.max(first.length, second.length) / Math.min(first.length, second.length);
      if (ratio <= lengthRatio && ratio < least) [best, least] = [[first, second], ratio];
    }
  }
  return best;
}
