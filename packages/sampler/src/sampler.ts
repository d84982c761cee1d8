// A sampler: a list of stages and a source of chance. It turns logits into tokens, and tells what it did.
import { createRandom, freshSeed, forkRandom, type RandomSource } from './random/random.js';
import { drawGumbel, drawInverse, nextChance, type DrawMethod } from './random/draw.js';
import { borrowCandidates, giveBackCandidates } from './selection/work-space.js';
import { type Candidates } from './selection/candidates.js';
import { explain, type Explanation, type ExplainOptions } from './explain.js';
import { checkHistory, emptyHistory, forkStages, type History, type Stage } from './stages/stage.js';

export interface SamplerOptions {
  /** Equal seeds give equal tokens: an integer from 0 to 2^53 - 1. A fresh one if left out. */
  seed?: number;
  /** Where chance comes from, instead of a seed. */
  random?: RandomSource;
  /**
   * `inverse` (if left out): one random number per token points into the cumulative distribution in the order of the ids.
   * `gumbel`: the largest logit after Gumbel noise, one random number for every token still possible. The same distribution.
   */
  draw?: DrawMethod;
}

/** Stages in the order in which they work, and what draws from what they leave. */
export class Sampler {
  readonly stages: readonly Stage[];
  readonly random: RandomSource;
  readonly #draw: DrawMethod;

  /** @throws RangeError if the seed is out of range or given beside `random`, or if `draw` is neither of the two */
  constructor(stages: readonly Stage[], options: SamplerOptions = {}) {
    const { seed, random, draw = 'inverse' } = options;
    if (draw !== 'inverse' && draw !== 'gumbel') throw new RangeError(`draw must be 'inverse' or 'gumbel', got ${String(draw)}`);
    if (seed !== undefined && random !== undefined) throw new RangeError('Sampler: give a seed or a random source, not both');
    this.stages = [...stages];
    this.random = random ?? createRandom(seed ?? freshSeed());
    this.#draw = draw;
  }

  /**
   * The id of a token drawn from the logits, shape (vocabSize,), after all stages. The logits are not changed.
   * Tell the stages with accept() if it is taken; sample() does not.
   *
   * @throws TypeError if the logits are no Float32Array
   * @throws RangeError if the logits are empty, hold NaN or +Infinity, or if no token is possible after the stages
   */
  sample(logits: Float32Array, history: History = emptyHistory): number {
    const candidates = borrowCandidates(logits);
    try {
      this.#applyStages(candidates, history, this.random);
      return this.#draw === 'gumbel' ? drawGumbel(candidates, this.random) : drawInverse(candidates, nextChance(this.random));
    } finally {
      giveBackCandidates(candidates);
    }
  }

  /**
   * What sample() would draw from now: probabilities, shape (vocabSize,). Uses up no chance of a seeded generator.
   *
   * @param out where the result goes; a new array if left out
   * @throws as sample()
   */
  distribution(logits: Float32Array, history: History = emptyHistory, out: Float32Array = new Float32Array(logits.length)): Float32Array {
    const candidates = borrowCandidates(logits);
    try {
      this.#applyStages(candidates, history, forkRandom(this.random));
      const total = candidates.weigh();
      out.fill(0);
      for (let i = 0; i < candidates.count; i++) out[candidates.idAt(i)] = candidates.weights[i] / total;
      return out;
    } finally {
      giveBackCandidates(candidates);
    }
  }

  /** What every stage does to these logits, for pictures: see `explain`. Uses up no chance of a seeded generator. @throws as sample() */
  explain(logits: Float32Array, history: History = emptyHistory, options: ExplainOptions = {}): Explanation {
    return explain(logits, this.stages, { ...options, history, random: forkRandom(this.random) });
  }

  /** Tells all stages which token was taken. */
  accept(id: number): void {
    for (const stage of this.stages) stage.accept?.(id);
  }

  /** A sampler that goes on from here by itself: stages with their own state, and a generator that stands where this one stands, unless others are given. */
  fork(options: Omit<SamplerOptions, 'draw'> = {}): Sampler {
    const { seed, random = seed === undefined ? forkRandom(this.random) : undefined } = options;
    return new Sampler(forkStages(this.stages), { seed, random, draw: this.#draw });
  }

  #applyStages(candidates: Candidates, history: History, random: RandomSource): void {
    checkHistory(history);
    for (const stage of this.stages) stage.apply(candidates, history, random);
  }
}
