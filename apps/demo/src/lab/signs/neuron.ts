// A single neuron: 784 weights and a bias. It learns to say yes to one digit and no to all others.
import type { Drawings } from '@kk/corpora/digits';
import { backward, binaryCrossEntropy, Linear, Random, reshape, SGD, type Engine } from '@kk/nn-core';
import { moveInto } from './batch.js';
import { NEURON_BATCH, NEURON_RATE, PIXELS } from './sizes.js';

export interface NeuronWeights {
  /** Shape (784,). */
  weight: Float32Array;
  bias: number;
}

/** Yields the neuron untrained and after each step. Half of the drawings of a step show the digit. */
export async function* trainNeuron(engine: Engine, drawings: Drawings, { digit, steps, seed }: { digit: number; steps: number; seed: number }): AsyncGenerator<NeuronWeights & { step: number }, void, void> {
  const random = new Random(seed);
  const neuron = new Linear(engine, { inputs: PIXELS, outputs: 1, deviation: 0 }, random);
  const optimizer = new SGD(neuron.parameters(), { learningRate: NEURON_RATE });
  const ofDigit = [...drawings.labels.keys()].filter((i) => drawings.labels[i] === digit);
  const others = [...drawings.labels.keys()].filter((i) => drawings.labels[i] !== digit);
  const x = new Float32Array(NEURON_BATCH * PIXELS);
  const isDigit = Float32Array.from({ length: NEURON_BATCH }, (_, i) => (i + 1) % 2);
  const now = async (step: number): Promise<NeuronWeights & { step: number }> => ({ step, weight: Float32Array.from(await neuron.weight.data()), bias: await neuron.bias!.item() });
  try {
    yield await now(0);
    for (let step = 1; step <= steps; step++) {
      for (let i = 0; i < NEURON_BATCH; i++) {
        const from = isDigit[i] ? ofDigit : others;
        moveInto(x.subarray(i * PIXELS, (i + 1) * PIXELS), drawings, from[random.integer(from.length)], random.integer(3) - 1, random.integer(3) - 1);
      }
      engine.scope(() => {
        const sums = reshape(neuron.forward(engine.tensor(x, [NEURON_BATCH, PIXELS])), [NEURON_BATCH]);
        backward(binaryCrossEntropy(sums, engine.tensor(isDigit, [NEURON_BATCH])));
        optimizer.step();
        optimizer.zeroGradients();
      });
      yield await now(step);
    }
  } finally {
    optimizer.dispose();
    neuron.dispose();
  }
}
