// The interface of everything that predicts the next token: a Markov chain and a transformer both implement it.

/** Anything that predicts the next token. */
export interface NextTokenModel {
  /** The number of tokens; ids run from 0 to vocabSize - 1. */
  readonly vocabSize: number;
  /**
   * Logits over the next token, shape (vocabSize,), given the ids so far: real numbers up to a common constant, -Infinity for impossible
   * tokens; softmax turns them into probabilities. The context belongs to the caller, who may append to it later: a model that needs to
   * keep it must copy it. The caller may change the logits and must not use them after the next call, because the model may reuse their
   * memory.
   */
  next(context: ArrayLike<number>): Float32Array | Promise<Float32Array>;
}
