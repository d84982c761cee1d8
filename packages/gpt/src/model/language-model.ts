// The interface that generation and evaluation need from a model: `GPT` and `Llama` have it, and models of another
// architecture may have it.
import type { CachedSequence, KeyValueCache } from '@kk/attention';
import type { Engine, Tensor } from '@kk/nn-core';

/** New tokens of one sequence in a cache. */
export interface NewTokens {
  readonly sequence: CachedSequence;
  /** At least one; they follow those in the cache. */
  readonly ids: ArrayLike<number>;
  /** After how many of the last ones logits are wanted: 0 to all; default 1. */
  readonly logits?: number;
}

export interface CacheOptions {
  /** How many sequences at a time, default 1. */
  sequences?: number;
  /** Positions for each of them, at most contextLength, which is the default. */
  capacity?: number;
}

export interface LanguageModel {
  readonly engine: Engine;
  readonly config: { readonly vocabSize: number; readonly contextLength: number };
  /** The mean cross-entropy in nats over all targets that are not negative; ids and targets are int32 (batch, time). */
  loss(ids: Tensor, targets: Tensor): Tensor;
  /** A cache without sequences, for `forwardCached`. */
  createCache(options?: CacheOptions): KeyValueCache;
  /**
   * Appends new tokens to one or more sequences of a cache, however many each of them gets.
   * @returns the logits that are wanted, (rows, vocabSize): those of the first sequence, then those of the next one
   */
  forwardCached(parts: readonly NewTokens[]): Tensor;
}
