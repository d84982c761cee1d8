// The fully connected layer: y = act(x W + b).
import { checkOptions, type OptionNames } from '@kk/options';
import type { Engine } from '../core/engine.js';
import { activationCode, type Activation } from '../ops/shared/fused-activation.js';
import { matmul } from '../ops/matmul.js';
import type { Random } from '@kk/random';
import type { Tensor } from '../core/tensor.js';
import { expectEngine, expectRandom, expectSizes } from './check.js';
import type { Layer } from './layer.js';
import { Module } from './module.js';

export interface LinearOptions {
  inputs: number;
  outputs: number;
  /** Default true. */
  bias?: boolean;
  activation?: Activation;
  /** Standard deviation of the initial weights, which are normal with mean 0. Default 1 / sqrt(inputs). */
  deviation?: number;
}

const linearOptions: OptionNames<LinearOptions> = { inputs: 'required', outputs: 'required', bias: 'flag', activation: 'optional', deviation: 'optional' };

export class Linear extends Module implements Layer {
  /** (inputs, outputs) */
  readonly weight: Tensor;
  /** (outputs), zero at first. */
  readonly bias: Tensor | undefined;
  readonly activation: Activation;

  /** @throws TypeError when an argument or an option is missing or unknown; RangeError when a size is no whole number of 1 or more */
  constructor(engine: Engine, options: LinearOptions, random: Random) {
    super();
    expectEngine('Linear', engine);
    checkOptions('Linear', options, linearOptions);
    expectRandom('Linear', random);
    const { inputs, outputs, bias = true, activation = 'none', deviation = 1 / Math.sqrt(inputs) } = options;
    expectSizes('Linear', { inputs, outputs });
    activationCode('Linear', activation); // throws where there is none of that name
    this.weight = engine.parameter(engine.randomNormal([inputs, outputs], random, 0, deviation));
    this.bias = bias ? engine.parameter(engine.zeros([outputs])) : undefined;
    this.activation = activation;
  }

  /** (..., inputs) to (..., outputs) */
  forward(x: Tensor): Tensor {
    const { weight, bias, activation } = this;
    return matmul(x, weight, { bias, activation });
  }
}
