// Declares the sizes of a GPT, and checks them.

import { checkOptions, type OptionNames } from '@kk/nn-core';

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
  /** Probability of dropping an activation in training, in the three places below; default 0. */
  dropout?: number;
  /** The probability after the embeddings; default `dropout`. */
  embeddingDropout?: number;
  /** The probability for attention weights; default `dropout`. */
  attentionDropout?: number;
  /** The probability before each residual sum; default `dropout`. */
  residualDropout?: number;
  /** The activation of the feed-forward networks: GELU in its tanh form, as in GPT-2 (the default), or with erf. */
  activation?: 'gelu' | 'geluErf';
  /** True (the default) when the output layer shares the table of the token embeddings; false when it has its own. */
  tiedEmbeddings?: boolean;
  /** Added to the variance in layer normalization; default 1e-5. */
  layerNormEpsilon?: number;
}

const NAMES: OptionNames<GPTConfig> = {
  vocabSize: 'required',
  contextLength: 'required',
  layers: 'required',
  heads: 'required',
  width: 'required',
  dropout: 'optional',
  embeddingDropout: 'optional',
  attentionDropout: 'optional',
  residualDropout: 'optional',
  activation: 'optional',
  tiedEmbeddings: 'flag',
  layerNormEpsilon: 'optional',
};

const ACTIVATIONS: readonly unknown[] = [undefined, 'gelu', 'geluErf'];

/** Throws a RangeError that names the first invalid size, or a TypeError that names a field that is missing, unknown or of another type. */
export function checkConfig(config: GPTConfig): void {
  checkOptions('GPT', config, NAMES);
  for (const name of ['vocabSize', 'contextLength', 'layers', 'heads', 'width'] as const) {
    const value = config[name];
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`GPT: ${name} is ${String(value)}; expected a whole number of at least 1.`);
  }
  if (config.width % config.heads !== 0) {
    throw new RangeError(`GPT: width ${config.width} cannot be split into ${config.heads} heads: choose a width that is a multiple of the number of heads.`);
  }
  for (const name of ['dropout', 'embeddingDropout', 'attentionDropout', 'residualDropout'] as const) {
    const share = config[name] ?? 0;
    if (typeof share !== 'number' || !(share >= 0 && share < 1)) throw new RangeError(`GPT: ${name} is ${typeof share === 'string' ? JSON.stringify(share) : share}; expected at least 0 and below 1.`);
  }
  if (!ACTIVATIONS.includes(config.activation)) throw new RangeError(`GPT: activation is ${JSON.stringify(config.activation)}; expected 'gelu' or 'geluErf'.`);
  const epsilon = config.layerNormEpsilon ?? 1e-5;
  if (typeof epsilon !== 'number' || !(epsilon > 0)) throw new RangeError(`GPT: layerNormEpsilon is ${typeof epsilon === 'string' ? JSON.stringify(epsilon) : epsilon}; expected a number above 0.`);
}

/** The probability of dropping an activation in each place. */
export function dropoutsOf({ dropout = 0, embeddingDropout, attentionDropout, residualDropout }: GPTConfig): { embedding: number; attention: number; residual: number } {
  return { embedding: embeddingDropout ?? dropout, attention: attentionDropout ?? dropout, residual: residualDropout ?? dropout };
}

/** How many numbers the parameters of a GPT with this config hold. */
export function countGPTParameters({ vocabSize, contextLength, layers, width, tiedEmbeddings = true }: GPTConfig): number {
  const block = 12 * width * width + 13 * width; // 4 matrices with biases, 2 layer norms
  const tables = (tiedEmbeddings ? 1 : 2) * vocabSize + contextLength;
  return tables * width + layers * block + 2 * width;
}
