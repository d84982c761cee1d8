// A fully connected layer with LoRA adapters (Hu et al. 2021, arXiv:2106.09685): y = act(x (W + sum of scale * down up) + b).
import { add, dropout, gelu, geluErf, Linear, lowRankMatmul, lowRankSum, matmul, matmulInt8, Module, QuantizedLinear, relu, scale, silu, type Activation, type Layer, type Tensor } from '@kk/nn-core';
import type { LowRankWeights } from './low-rank-weights.js';
import { MergedWeight } from './merged-weight.js';

const ACTIVATIONS: Readonly<Record<Activation, (x: Tensor) => Tensor>> = { none: (x) => x, relu, gelu, geluErf, silu };

export class LoraLinear extends Module implements Layer {
  /** The layer in whose place this one is: a `Linear`, or its int8 form for generation. */
  base: Layer;
  /** By the names of their adapters. */
  readonly adapters = new Map<string, LowRankWeights>();
  readonly #merged: MergedWeight;

  constructor(base: Linear) {
    super();
    this.base = base;
    this.#merged = new MergedWeight(base.weight);
  }

  /** (..., inputs) to (..., outputs) */
  forward(x: Tensor): Tensor {
    const { base } = this;
    const added = [...this.adapters.values()].filter(({ isActive, isMerged }) => isActive && !isMerged);
    if (added.length === 0) return base.forward(x);
    const drops = this.training && added.some((adapter) => adapter.dropout > 0);
    if (!(base instanceof Linear) || drops || !hasManyRows(x, base.weight)) return this.#apart(x, added);
    const { weight, bias, activation } = base;
    return lowRankMatmul(x, weight, added.map(({ down, up, scale }) => ({ down, up, scale })), { bias, activation });
  }

  /** Computes the weight from its own numbers and those of the adapters that are merged. */
  applyMerged(): void {
    const updates = [...this.adapters.values()].filter(({ isMerged }) => isMerged);
    this.#merged.put(updates.length === 0 ? null : (original) => lowRankSum(original, updates.map(({ down, up, scale }) => ({ down, up, scale }))));
  }

  /** Merged numbers become the weight's own. */
  settle(): void {
    this.#merged.settle();
  }

  /** Each row goes through down and up: for few rows, for dropout, and for int8 weights, to which nothing can be added. */
  #apart(x: Tensor, added: readonly LowRankWeights[]): Tensor {
    const { base } = this;
    if (!(base instanceof Linear || base instanceof QuantizedLinear)) throw new TypeError('LoraLinear: another layer was put in the place of its base; expected a Linear or a QuantizedLinear.');
    const { bias, activation } = base;
    let y = base instanceof Linear ? matmul(x, base.weight, { bias }) : matmulInt8(x, base.weight, { bias });
    for (const weights of added) {
      const input = this.training ? dropout(x, weights.dropout) : x;
      y = add(y, matmul(scale(matmul(input, weights.down), weights.scale), weights.up));
    }
    return ACTIVATIONS[activation](y);
  }
}

/** Whether sending the rows through down and up takes more products than adding down up to the weight. */
function hasManyRows(x: Tensor, { shape: [inputs, outputs] }: Tensor): boolean {
  return (x.size / inputs!) * (inputs! + outputs!) > inputs! * outputs!;
}
