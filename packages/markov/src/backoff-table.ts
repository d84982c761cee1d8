// The arrays of a model that knows probabilities: a trie with one number per n-gram and one per context.
import { type Trie } from './counts/trie.js';

/**
 * P(w | h) is the probability of the n-gram h w if the trie has it, and else the backoff weight of h times P(w | h'), h' being h without
 * its first token (a context that the trie does not have has weight 1). The empty context backs off to 1 / outcomes for every token but
 * the start token. Interpolated models have this form, too: what they add to a token that followed is in its probability already.
 */
export interface BackoffTable extends Trie {
  /** The longest context, in tokens. */
  readonly order: number;
  readonly vocabSize: number;
  /** The token that begins sentences and is never foretold; -1 if there is none. */
  readonly startToken: number;
  /** Where contexts back off to: to their longest proper end, or at once to the uniform distribution (additive smoothing). */
  readonly lower: 'shorter' | 'uniform';
  /** P(last token | those before it) of each node, shape (nodes,), 0 to 1. */
  readonly probabilities: Float64Array;
  /** Shape (contexts,), from 0. */
  readonly backoffs: Float64Array;
  /** The node of each context's longest proper end, shape (contexts,). */
  readonly suffixes: Int32Array;
  /** Where the values are scores (stupid backoff): their sum over the vocabulary after each context, shape (contexts,). */
  readonly normalizers?: Float64Array;
  /** Where the values are scores: the discount of every token that a context is shortened by. */
  readonly scoreDiscount?: number;
}
