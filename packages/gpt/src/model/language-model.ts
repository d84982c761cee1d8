// The interface that generation and evaluation need from a model: `GPT` and `Llama` have it, and models of another
// architecture may have it.
import type { KeyValueCache } from '@kk/attention';
import type { Engine, Tensor } from '@kk/nn-core';

export interface LanguageModel {
  readonly engine: Engine;
  readonly config: { readonly vocabSize: number; readonly contextLength: number };
  /** The mean cross-entropy in nats over all targets that are not negative; ids and targets are int32 (batch, time). */
  loss(ids: Tensor, targets: Tensor): Tensor;
  /** An empty cache for `forwardCached`. */
  createCache(batch?: number): KeyValueCache;
  /**
   * Logits (batch, last, vocabSize) after each of the last 1 (or `last`) of several new tokens, int32 (batch, count), that follow those in
   * the cache.
   */
  forwardCached(ids: Tensor, cache: KeyValueCache, last?: number): Tensor;
}
