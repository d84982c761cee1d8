// The arrays of a backoff model: a trie with one probability per n-gram and one weight per context.
import type { Trie } from './counts/trie.js';

/**
 * P(w | h) is the probability of the n-gram h w if the trie contains it, otherwise the backoff weight of h times P(w | h'), where h' is h
 * without its first token. (A context that is not in the trie has weight 1.) The empty context backs off to 1 / outcomes for every token
 * but the start token. Interpolated models also have this form: the probability of a seen n-gram already includes its share of the shorter
 * context.
 */
export interface BackoffTable extends Trie {
  /** The longest context, in tokens. */
  readonly order: number;
  readonly vocabSize: number;
  /** The token that begins sentences and is never predicted; -1 if there is none. */
  readonly startToken: number;
  /** What contexts back off to: their longest proper suffix, or directly the uniform distribution (additive smoothing). */
  readonly lower: 'shorter' | 'uniform';
  /** P(last token | those before it) of each node, shape (nodes,), 0 to 1. */
  readonly probabilities: Float64Array;
  /** Shape (contexts,), from 0. */
  readonly backoffs: Float64Array;
  /** The node of each context's longest proper suffix, shape (contexts,). */
  readonly suffixes: Int32Array;
  /** Only if the values are scores (stupid backoff): their sum over the vocabulary after each context, shape (contexts,). */
  readonly normalizers?: Float64Array;
  /** Only if the values are scores: the discount for every token by which a context is shortened. */
  readonly scoreDiscount?: number;
}
