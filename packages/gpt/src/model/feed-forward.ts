// The position-wise feed-forward network of a transformer block (Vaswani et al. 2017, section 3.3), with GELU.
import { checkOptions, Linear, Module, type Activation, type Engine, type Layer, type OptionNames, type Random, type Tensor } from '@kk/nn-core';

export interface FeedForwardOptions {
  width: number;
  /** Default GPT-2's, 'gelu' in its tanh form. */
  activation?: Activation | undefined;
  /** Standard deviation of the initial weights of the expansion. */
  deviation: number;
  /** The same for the projection, which adds to the residual stream. */
  projectionDeviation: number;
}

const feedForwardOptionNames: OptionNames<FeedForwardOptions> = { width: 'required', activation: 'optional', deviation: 'required', projectionDeviation: 'required' };

export class FeedForward extends Module implements Layer {
  /** From width to 4 * width, with the activation. */
  expansion: Layer;
  /** From 4 * width to width. */
  projection: Layer;

  constructor(engine: Engine, options: FeedForwardOptions, random: Random) {
    checkOptions('FeedForward', options, feedForwardOptionNames);
    const { width, activation = 'gelu', deviation, projectionDeviation } = options;
    super();
    this.expansion = new Linear(engine, { inputs: width, outputs: 4 * width, activation, deviation }, random);
    this.projection = new Linear(engine, { inputs: 4 * width, outputs: width, deviation: projectionDeviation }, random);
  }

  /** (..., width) to the same shape; positions are independent. */
  forward(x: Tensor): Tensor {
    return this.projection.forward(this.expansion.forward(x));
  }
}
