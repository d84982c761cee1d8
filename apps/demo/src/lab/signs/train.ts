// Trains a network on drawings, a step at a time: 64 drawings, the loss, its gradient, and every weight a little downhill.
import type { Drawings } from '@kk/corpora/digits';
import { backward, crossEntropy, Random, SGD, type Engine } from '@kk/nn-core';
import { fillBatch } from './batch.js';
import { SignNetwork } from './network.js';
import { BATCH, PIXELS } from './sizes.js';

export interface TrainingSettings {
  /** How many hidden neurons. */
  hidden: number;
  /** The learning rate of the first step; it falls evenly to 0. */
  rate: number;
  /** Learns from the first so many drawings. */
  examples: number;
  steps: number;
  seed: number;
}

/** Yields the network untrained and after each step, with the step's loss. When this ends, its memory is given back. */
export async function* trainNetwork(engine: Engine, drawings: Drawings, { hidden, rate, examples, steps, seed }: TrainingSettings): AsyncGenerator<{ network: SignNetwork; step: number; loss: number }, void, void> {
  const random = new Random(seed);
  const network = new SignNetwork(engine, { hidden, signs: drawings.signs.length }, random);
  const optimizer = new SGD(network.parameters(), { learningRate: rate });
  const batch = { x: new Float32Array(BATCH * PIXELS), labels: new Int32Array(BATCH) };
  try {
    yield { network, step: 0, loss: NaN };
    for (let step = 0; step < steps; step++) {
      fillBatch(batch, drawings, examples, random);
      const value = engine.scope(() => {
        const loss = crossEntropy(network.forward(engine.tensor(batch.x, [BATCH, PIXELS])), engine.tensor(batch.labels, [BATCH], 'int32'));
        backward(loss);
        optimizer.step({ learningRate: rate * (1 - step / steps) });
        optimizer.zeroGradients();
        return loss;
      });
      const loss = await value.item();
      value.dispose();
      yield { network, step: step + 1, loss };
    }
  } finally {
    optimizer.dispose();
    network.dispose();
  }
}
