// The feed-forward network of today's models, SwiGLU (Shazeer 2020): one product decides how much of each number of another one passes.
import { checkOptions, Linear, Module, swiglu, type Engine, type Layer, type OptionNames, type Random, type Tensor } from '@kk/nn-core';

export interface GatedFeedForwardOptions {
  width: number;
  /** The width between the products. */
  innerWidth: number;
  /** Whether the three products have biases. */
  bias: boolean;
  /** Standard deviation of the initial weights of gate and value. */
  deviation: number;
  /** The same for the projection, which adds to the residual stream. */
  projectionDeviation: number;
}

const gatedFeedForwardOptionNames: OptionNames<GatedFeedForwardOptions> = { width: 'required', innerWidth: 'required', bias: 'required', deviation: 'required', projectionDeviation: 'required' };

export class GatedFeedForward extends Module implements Layer {
  /** From width to innerWidth. */
  gate: Layer;
  /** From width to innerWidth. */
  value: Layer;
  /** From innerWidth to width. */
  projection: Layer;

  constructor(engine: Engine, options: GatedFeedForwardOptions, random: Random) {
    checkOptions('GatedFeedForward', options, gatedFeedForwardOptionNames);
    const { width, innerWidth, bias, deviation, projectionDeviation } = options;
    super();
    this.gate = new Linear(engine, { inputs: width, outputs: innerWidth, bias, deviation }, random);
    this.value = new Linear(engine, { inputs: width, outputs: innerWidth, bias, deviation }, random);
    this.projection = new Linear(engine, { inputs: innerWidth, outputs: width, bias, deviation: projectionDeviation }, random);
  }

  /** projection(silu(gate(x)) * value(x)): (..., width) to the same shape; positions are independent. */
  forward(x: Tensor): Tensor {
    return this.projection.forward(swiglu(this.gate.forward(x), this.value.forward(x)));
  }
}
