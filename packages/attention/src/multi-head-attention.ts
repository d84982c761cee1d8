// General multi-head attention (Vaswani et al. 2017): from one sequence to itself or to another, with any mask.
import { attention, attentionWeights, Linear, Module, type AttentionOptions, type Engine, type Layer, type Random, type Tensor } from '@kk/nn-core';

export interface MultiHeadAttentionOptions extends Pick<AttentionOptions, 'heads' | 'keyValueHeads' | 'causal' | 'window'> {
  /** The width of queries, keys and values. `heads` must divide it. */
  width: number;
}

/** The masks of one batch; see `AttentionOptions` of @kk/nn-core. */
export type AttentionMasks = Pick<AttentionOptions, 'keyRanges' | 'segments' | 'keySegments'>;

export class MultiHeadAttention extends Module {
  /** From width to width. */
  query: Layer;
  /** From width to keyValueHeads * headSize. */
  key: Layer;
  /** From width to keyValueHeads * headSize. */
  value: Layer;
  /** From width to width. */
  projection: Layer;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly causal: boolean;
  /** The attention window in positions; 0: no limit. */
  readonly window: number;

  constructor(engine: Engine, options: MultiHeadAttentionOptions, random: Random) {
    super();
    const { width, heads, keyValueHeads = heads, causal = false, window = 0 } = options;
    if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
      throw new RangeError(`MultiHeadAttention: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
    }
    if (!Number.isInteger(keyValueHeads) || keyValueHeads < 1 || heads % keyValueHeads !== 0) {
      throw new RangeError(`MultiHeadAttention: ${heads} heads cannot share ${keyValueHeads} heads of keys and values: choose a number of keyValueHeads that divides ${heads}.`);
    }
    this.heads = heads;
    this.keyValueHeads = keyValueHeads;
    this.causal = causal;
    this.window = window;
    const linear = (outputs: number): Linear => new Linear(engine, { inputs: width, outputs }, random);
    this.query = linear(width);
    this.key = linear((width / heads) * keyValueHeads);
    this.value = linear((width / heads) * keyValueHeads);
    this.projection = linear(width);
  }

  /**
   * @param x (batch, queries, width): the queries
   * @param memory (batch, keys, width): the keys and values; x itself by default
   * @param masks which keys are hidden from which queries
   * @returns (batch, queries, width); the attention weights are never stored on cpu and wasm
   */
  forward(x: Tensor, memory: Tensor = x, masks: AttentionMasks = {}): Tensor {
    return this.projection.forward(attention(this.query.forward(x), this.key.forward(memory), this.value.forward(memory), this.#options(masks)));
  }

  /** The attention weights of each head: (batch, heads, queries, keys); rows sum to one. No gradient. */
  attentionWeights(x: Tensor, memory: Tensor = x, masks: AttentionMasks = {}): Tensor {
    return attentionWeights(this.query.forward(x), this.key.forward(memory), this.#options(masks));
  }

  #options(masks: AttentionMasks): AttentionOptions {
    const { heads, keyValueHeads, causal, window } = this;
    return { heads, keyValueHeads, causal, window, ...masks };
  }
}
