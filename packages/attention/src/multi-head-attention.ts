// Multi-head attention in general (Vaswani et al. 2017): of one sequence to itself or to another, with any mask.
import { Linear, Module, type Engine, type Layer, type Random, type Tensor } from '@kk/nn-core';
import { joinHeads, splitHeads } from './heads.js';
import { scaledDotProductAttention } from './scaled-dot-product.js';

export class MultiHeadAttention extends Module {
  /** Each from width to width. */
  query: Layer;
  key: Layer;
  value: Layer;
  projection: Layer;
  readonly heads: number;

  constructor(engine: Engine, options: { width: number; heads: number }, random: Random) {
    super();
    const { width, heads } = options;
    if (!Number.isInteger(heads) || heads < 1 || width % heads !== 0) {
      throw new RangeError(`MultiHeadAttention: width ${width} cannot be split into ${heads} heads: choose a number of heads that divides it.`);
    }
    this.heads = heads;
    const linear = (): Linear => new Linear(engine, { inputs: width, outputs: width }, random);
    this.query = linear();
    this.key = linear();
    this.value = linear();
    this.projection = linear();
  }

  /**
   * @param x (batch, queries, width): who looks
   * @param memory (batch, keys, width): what is looked at; x itself by default
   * @param mask added to the scores, any shape that broadcasts to (batch, heads, queries, keys)
   * @returns output (batch, queries, width) and attentionWeights (batch, heads, queries, keys)
   */
  forward(x: Tensor, memory: Tensor = x, mask?: Tensor): { output: Tensor; attentionWeights: Tensor } {
    const split = (layer: Layer, input: Tensor): Tensor => splitHeads(layer.forward(input), this.heads);
    const { output, attentionWeights } = scaledDotProductAttention(split(this.query, x), split(this.key, memory), split(this.value, memory), { mask });
    return { output: this.projection.forward(joinHeads(output)), attentionWeights };
  }
}
