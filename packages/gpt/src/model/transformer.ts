// The two kinds of models that can be trained, saved and loaded here, told apart by their configs. What takes a `Transformer` takes both.
import type { Engine } from '@kk/nn-core';
import { countGPTParameters, type GPTConfig } from './config.js';
import { GPT } from './gpt.js';
import { Llama } from './llama.js';
import { attentionBiases, llamaSizes, type LlamaConfig } from './llama-config.js';

export type Transformer = GPT | Llama;

export type TransformerConfig = GPTConfig | LlamaConfig;

/** The model that a config describes. */
export type TransformerOf<C extends TransformerConfig> = C extends LlamaConfig ? Llama : GPT;

/** Whether a config is one of a Llama-shaped model: GPT-2 has no families. */
export const isLlamaConfig = (config: TransformerConfig): config is LlamaConfig => 'family' in config;

/**
 * A model of the config's kind.
 * @param options see `GPT` and `Llama`
 * @throws RangeError when a size is invalid
 */
export function createTransformer<C extends TransformerConfig>(engine: Engine, config: C, options: { seed?: number; blank?: boolean } = {}): TransformerOf<C> {
  const model: Transformer = isLlamaConfig(config) ? new Llama(engine, config, options) : new GPT(engine, config, options);
  return model as TransformerOf<C>;
}

/**
 * The config with a shorter context, which takes less memory for the key-value cache and the table of positions. Only rotary positions can
 * be cut without changing the weights: the config of a GPT stays as it is.
 * @param atMost positions, a whole number of 1 or more
 * @throws RangeError when it is not
 */
export function shortenContext<C extends TransformerConfig>(config: C, atMost: number): C {
  if (!Number.isSafeInteger(atMost) || atMost < 1) throw new RangeError(`shortenContext: atMost is ${String(atMost)}; expected a whole number of at least 1.`);
  return isLlamaConfig(config) ? { ...config, contextLength: Math.min(config.contextLength, atMost) } : config;
}

/** How many numbers the parameters of a model with this config hold, without building it. */
export function countParameters(config: TransformerConfig): number {
  if (!isLlamaConfig(config)) return countGPTParameters(config);
  const sizes = llamaSizes(config);
  const { vocabSize, layers, width, heads, keyValueHeads, headSize, feedForwardWidth, tiedEmbeddings, feedForwardBias } = sizes;
  const { queryKeyValueBias, projectionBias } = attentionBiases(sizes);
  const outputs = (heads + 2 * keyValueHeads) * headSize;
  const matrices = (outputs + heads * headSize + 3 * feedForwardWidth) * width;
  const biases = (queryKeyValueBias ? outputs : 0) + (projectionBias ? width : 0) + (feedForwardBias ? 2 * feedForwardWidth + width : 0);
  return (tiedEmbeddings ? 1 : 2) * vocabSize * width + layers * (matrices + biases + 2 * width) + width;
}
