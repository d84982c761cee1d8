// How well a model foresees a text: the figures, from sums over its tokens.

/** What a model made of a text. Losses are in nats (natural logarithms); Infinity if a token was impossible. */
export interface Evaluation {
  /** How many tokens were foretold: all but start tokens. */
  tokens: number;
  /** How many of them the model does not know: the unknown token, or tokens that training never saw. */
  unknowns: number;
  /** The sum of -ln P over all tokens. */
  nats: number;
  /** nats / tokens. */
  crossEntropy: number;
  /** exp(crossEntropy): among how many equally probable tokens the model would be as undecided. */
  perplexity: number;
  /** The same over the known tokens only, as SRILM and KenLM report "without OOVs"; NaN where there is none. */
  natsOfKnown: number;
  crossEntropyOfKnown: number;
  perplexityOfKnown: number;
}

export function evaluationOf(tokens: number, unknowns: number, nats: number, natsOfKnown: number): Evaluation {
  const crossEntropy = nats / tokens;
  const crossEntropyOfKnown = natsOfKnown / (tokens - unknowns);
  return { tokens, unknowns, nats, crossEntropy, perplexity: Math.exp(crossEntropy), natsOfKnown, crossEntropyOfKnown, perplexityOfKnown: Math.exp(crossEntropyOfKnown) };
}
