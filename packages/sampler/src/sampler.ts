// A sampler: a list of stages and a random source. It turns logits into tokens, and can explain what each stage did.
import { describe } from '@kk/options';
import { freshSeed, Random } from '@kk/random';
import { forkRandom, type RandomSource, requireRandom } from './random/random.js';
import { drawGumbel, drawInverse, nextChance, type DrawMethod } from './random/draw.js';
import { requireKnown } from './checks.js';
import { readOut } from './logits.js';
import { borrowCandidates, giveBackCandidates } from './selection/work-space.js';
import type { Candidates } from './selection/candidates.js';
import { explain, type Explanation, type ExplainOptions } from './explain.js';
import { checkHistory, emptyHistory, endTokensOf, forkStages, type History, readStageList, type Stage, withEnds } from './stages/stage.js';

export interface SamplerOptions {
  /** Equal seeds give equal tokens: an integer from 0 to 2^53 - 1. Default: a new random seed. */
  seed?: number;
  /** The source of random numbers, instead of a seed. */
  random?: RandomSource;
  /**
   * `inverse` (default): one random number per token points into the cumulative distribution in the order of the ids. `gumbel`: the largest
   * logit after Gumbel noise, with one random number for every possible token. Both have the same distribution.
   */
  draw?: DrawMethod;
}

const samplerNames: Readonly<Record<keyof SamplerOptions, true>> = { seed: true, random: true, draw: true };

/** Applies stages in order and draws from the result. */
export class Sampler {
  readonly stages: readonly Stage[];
  readonly random: RandomSource;
  /** The tokens that end a text by what the stages say (constraints, minimum length, forced end), ascending. */
  readonly endTokens: readonly number[];
  readonly #draw: DrawMethod;

  /**
   * @throws TypeError if a stage has no method apply, or the random source no method uniform
   * @throws RangeError if the seed is out of range or given together with `random`, or if `draw` is invalid
   */
  constructor(stages: readonly Stage[], options: SamplerOptions = {}) {
    requireKnown('Sampler', options, samplerNames);
    const { seed, random, draw = 'inverse' } = options;
    if (draw !== 'inverse' && draw !== 'gumbel') throw new RangeError(`draw must be 'inverse' or 'gumbel', got ${describe(draw)}`);
    if (seed !== undefined && random !== undefined) throw new RangeError('Sampler: give a seed or a random source, not both');
    this.stages = readStageList(stages);
    if (random !== undefined) requireRandom(random);
    this.endTokens = endTokensOf(this.stages);
    this.random = random ?? new Random(seed ?? freshSeed());
    this.#draw = draw;
  }

  /**
   * The id of a token drawn from the logits, shape (vocabSize,), after all stages. The logits are not changed. sample() does not tell the
   * stages: call accept() if the token is used.
   *
   * @throws TypeError if the logits are not a Float32Array
   * @throws RangeError if the logits are empty, hold NaN or +Infinity, or if no token is possible after the stages
   */
  sample(logits: Float32Array, history: History = emptyHistory): number {
    return drawToken(logits, this.stages, this.endTokens, history, this.random, this.#draw);
  }

  /**
   * The distribution that sample() would draw from now: probabilities, shape (vocabSize,). Does not advance a seeded generator.
   *
   * @param out where the result goes; default a new array
   * @throws as sample()
   */
  distribution(logits: Float32Array, history: History = emptyHistory, out?: Float32Array): Float32Array {
    const candidates = borrowCandidates(logits);
    try {
      const probabilities = readOut(out, candidates.vocabSize);
      applyStages(candidates, this.stages, this.endTokens, history, forkRandom(this.random));
      const total = candidates.weigh();
      probabilities.fill(0);
      for (let i = 0; i < candidates.count; i++) probabilities[candidates.idAt(i)] = candidates.weights[i] / total;
      return probabilities;
    } finally {
      giveBackCandidates(candidates);
    }
  }

  /** Shows what every stage does to these logits; see `explain`. Does not advance a seeded generator. @throws as sample() */
  explain(logits: Float32Array, history: History = emptyHistory, options: ExplainOptions = {}): Explanation {
    requireKnown<ExplainOptions>('explain', options, { top: true });
    return explain(logits, this.stages, { ...options, history, random: forkRandom(this.random) });
  }

  /**
   * Begins a new text: all stages go back to their state before the first token (constraints, mirostat). The generator goes on, so that the
   * next text differs. The ways to write a text do this at their start.
   */
  reset(): void {
    for (const stage of this.stages) stage.reset?.();
  }

  /** Tells all stages which token was taken. */
  accept(id: number): void {
    for (const stage of this.stages) stage.accept?.(id);
  }

  /** An independent copy: its stages have their own state, and its generator starts with the current state, unless another is given. */
  fork(options: Omit<SamplerOptions, 'draw'> = {}): Sampler {
    requireKnown<Omit<SamplerOptions, 'draw'>>('fork', options, { seed: true, random: true });
    const { seed, random = seed === undefined ? forkRandom(this.random) : undefined } = options;
    return new Sampler(forkStages(this.stages), { seed, random, draw: this.#draw });
  }
}

/** A token after these stages; a sampler that was made for this token would draw the same. @throws as Sampler.sample() */
export function drawToken(logits: Float32Array, stages: readonly Stage[], endTokens: readonly number[], history: History, random: RandomSource, draw: DrawMethod): number {
  const candidates = borrowCandidates(logits);
  try {
    applyStages(candidates, stages, endTokens, history, random);
    return draw === 'gumbel' ? drawGumbel(candidates, random) : drawInverse(candidates, nextChance(random));
  } finally {
    giveBackCandidates(candidates);
  }
}

function applyStages(candidates: Candidates, stages: readonly Stage[], endTokens: readonly number[], history: History, random: RandomSource): void {
  checkHistory(history);
  const text = withEnds(history, endTokens);
  for (const stage of stages) stage.apply(candidates, text, random);
}
