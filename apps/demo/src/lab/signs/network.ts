// The network that reads signs: 784 pixels, a layer of hidden neurons, and an output for each sign.
import { Linear, Module, type Engine, type Random, type Tensor } from '@kk/nn-core';
import { PIXELS, START } from './sizes.js';
import type { Weights } from './weights.js';

export class SignNetwork extends Module {
  readonly hidden: Linear;
  readonly output: Linear;

  constructor(engine: Engine, { hidden, signs }: { hidden: number; signs: number }, random: Random) {
    super();
    this.hidden = new Linear(engine, { inputs: PIXELS, outputs: hidden, activation: 'relu', deviation: START }, random);
    this.output = new Linear(engine, { inputs: hidden, outputs: signs }, random);
  }

  /** Drawings (batch, 784) to the logits of the signs (batch, signs). */
  forward(x: Tensor): Tensor {
    return this.output.forward(this.hidden.forward(x));
  }

  /** A copy of all numbers, outside of the engine. */
  async weights(): Promise<Weights> {
    const copy = async (tensor: Tensor): Promise<Float32Array> => Float32Array.from(await tensor.data());
    const { hidden, output } = this;
    return { hidden: hidden.bias!.size, signs: output.bias!.size, hiddenWeight: await copy(hidden.weight), hiddenBias: await copy(hidden.bias!), outputWeight: await copy(output.weight), outputBias: await copy(output.bias!) };
  }
}
