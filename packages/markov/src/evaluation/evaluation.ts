// Computes the figures of how well a model predicts a text, from sums over its tokens.

/** The evaluation of a text. Losses are in nats (natural logarithms); Infinity if a token was impossible. */
export interface Evaluation {
  /** The number of predicted tokens: all but start tokens. */
  tokens: number;
  /** The number of unknown ones: the unknown token, or tokens never seen in training. */
  unknowns: number;
  /** The sum of -ln P over all tokens. */
  nats: number;
  /** nats / tokens. */
  crossEntropy: number;
  /** exp(crossEntropy): a uniform choice among this many tokens would be equally uncertain. */
  perplexity: number;
  /** The same for known tokens only, as SRILM and KenLM report "without OOVs"; NaN if there are none. */
  natsOfKnown: number;
  crossEntropyOfKnown: number;
  perplexityOfKnown: number;
}

export function evaluationOf(tokens: number, unknowns: number, nats: number, natsOfKnown: number): Evaluation {
  const crossEntropy = nats / tokens;
  const crossEntropyOfKnown = natsOfKnown / (tokens - unknowns);
  return { tokens, unknowns, nats, crossEntropy, perplexity: Math.exp(crossEntropy), natsOfKnown, crossEntropyOfKnown, perplexityOfKnown: Math.exp(crossEntropyOfKnown) };
}
