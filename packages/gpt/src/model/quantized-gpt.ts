// A GPT that computes with int8 copies of its matrices: the four of each block and the output layer. The lookup of embeddings,
// biases and norms stay in float32. It is no second model: everything else is the model's own, which must outlive it, and a
// model that is trained on needs new copies.
import type { KeyValueCache } from '@kk/attention';
import { QuantizedMatrix, type Engine, type QuantizedWeights, type Tensor } from '@kk/nn-core';
import type { GPTConfig } from './config.js';
import type { GPT } from './gpt.js';
import type { LanguageModel } from './language-model.js';

export class QuantizedGPT implements LanguageModel {
  readonly engine: Engine;
  readonly config: GPTConfig;

  /** Made by `quantizeModel`. */
  constructor(
    readonly model: GPT,
    readonly weights: QuantizedWeights,
  ) {
    this.engine = model.engine;
    this.config = model.config;
  }

  /** As of `GPT`; no gradient: call it inside `engine.noGradient()`. */
  forward(ids: Tensor): Tensor {
    return this.model.forward(ids, this.weights);
  }

  /** As of `GPT`; no gradient: call it inside `engine.noGradient()`. */
  loss(ids: Tensor, targets: Tensor): Tensor {
    return this.model.loss(ids, targets, this.weights);
  }

  createCache(batch?: number): KeyValueCache {
    return this.model.createCache(batch);
  }

  forwardCached(ids: Tensor, cache: KeyValueCache, last = 1): Tensor {
    return this.model.forwardCached(ids, cache, last, this.weights);
  }

  /** Bytes of the int8 copies. */
  get bytes(): number {
    return [...this.weights.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Frees the copies; the model stays. */
  dispose(): void {
    for (const matrix of this.weights.values()) matrix.dispose();
  }
}

/**
 * Rounds a model's matrices to int8, one scale a column (see `quantize` of @kk/nn-core), for generation that reads a quarter of the
 * bytes. What it costs in loss is `evaluate` of the result against `evaluate` of the model.
 */
export async function quantizeModel(model: GPT): Promise<QuantizedGPT> {
  const weights = new Map<Tensor, QuantizedMatrix>();
  try {
    for (const { attention, networkIn, networkOut } of model.blocks) {
      for (const { weight } of [attention.queryKeyValue, attention.projection, networkIn, networkOut]) weights.set(weight, await QuantizedMatrix.of(weight));
    }
    weights.set(model.tokens.weight, await QuantizedMatrix.of(model.tokens.weight, { transposed: true }));
  } catch (error) {
    for (const matrix of weights.values()) matrix.dispose();
    throw error;
  }
  return new QuantizedGPT(model, weights);
}
