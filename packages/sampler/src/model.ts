// The one interface of everything that predicts: a chain of letters and a transformer are both one.

/** Anything that predicts the next token. */
export interface NextTokenModel {
  /** How many tokens there are; ids run from 0 to vocabSize - 1. */
  readonly vocabSize: number;
  /**
   * Logits over the next token, shape (vocabSize,), given the ids so far: real numbers up to a common constant,
   * -Infinity for what is impossible; softmax turns them into probabilities.
   * The context belongs to the caller, who may add to it later: a model that wants to remember it copies it.
   * The caller may change the logits, and is done with them before asking again: the model may use their memory anew.
   */
  next(context: ArrayLike<number>): Float32Array | Promise<Float32Array>;
}
