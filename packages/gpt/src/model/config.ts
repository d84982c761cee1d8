// The sizes of a GPT, and their checks.

export interface GPTConfig {
  /** Number of different tokens. */
  vocabSize: number;
  /** The maximum number of positions in the context, including the current one. */
  contextLength: number;
  /** Transformer blocks, one after the other. */
  layers: number;
  /** Attention heads in each block; must divide width. */
  heads: number;
  /** The size of the vector of each position. */
  width: number;
  /** Probability of dropping an activation in training: after the embeddings, in attention, and before each residual sum. */
  dropout: number;
  /** Added to the variance in layer normalization; default 1e-5. */
  layerNormEpsilon?: number;
}

/** Throws a RangeError that names the first invalid size. */
export function checkConfig(config: GPTConfig): void {
  for (const name of ['vocabSize', 'contextLength', 'layers', 'heads', 'width'] as const) {
    const value = config[name];
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`GPT: ${name} is ${String(value)}; expected a whole number of at least 1.`);
  }
  if (config.width % config.heads !== 0) {
    throw new RangeError(`GPT: width ${config.width} cannot be split into ${config.heads} heads: choose a width that is a multiple of the number of heads.`);
  }
  if (!(config.dropout >= 0 && config.dropout < 1)) throw new RangeError(`GPT: dropout is ${config.dropout}; expected at least 0 and below 1.`);
  const epsilon = config.layerNormEpsilon ?? 1e-5;
  if (!(epsilon > 0)) throw new RangeError(`GPT: layerNormEpsilon is ${epsilon}; expected a number above 0.`);
}

/** The number of trainable parameters of a model with this config, without building it. */
export function countParameters({ vocabSize, contextLength, layers, width }: GPTConfig): number {
  const block = 12 * width * width + 13 * width; // 4 matrices with biases, 2 layer norms
  return (vocabSize + contextLength) * width + layers * block + 2 * width;
}
