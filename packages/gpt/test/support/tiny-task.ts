// A task that is no language model: a matrix learns to tell three kinds of points apart, some of which are masked.
import { crossEntropy, Linear, Module, Random, type Engine, type Tensor } from '@kk/nn-core';
import type { BatchArray, TrainingTask } from '../../src/index.js';

export const FEATURES = 4;
export const KINDS = 3;

export class Classifier extends Module {
  readonly hidden: Linear;
  readonly output: Linear;

  constructor(engine: Engine, seed = 1) {
    super();
    const random = new Random(seed);
    this.hidden = new Linear(engine, { inputs: FEATURES, outputs: FEATURES, activation: 'gelu' }, random);
    this.output = new Linear(engine, { inputs: FEATURES, outputs: KINDS }, random);
  }

  forward(points: Tensor): Tensor {
    return this.output.forward(this.hidden.forward(points));
  }
}

export type Points = Readonly<Record<'points' | 'kinds', BatchArray>>;

/** Points of a step; those behind `counted` are masked. */
export function points(step: number, rows: number, counted = rows): Points {
  const random = new Random({ seed: 5, stream: step });
  const values = new Float32Array(rows * FEATURES);
  random.fillNormal(values, 0, 1);
  const kinds = Int32Array.from({ length: rows }, (_, row) => (row < counted ? (values[row * FEATURES]! > 0.5 ? 2 : values[row * FEATURES + 1]! > 0 ? 1 : 0) : -1));
  return { points: { values, shape: [rows, FEATURES] }, kinds: { values: kinds, shape: [rows] } };
}

/** The rows of several batches as one batch. */
export function joined(batches: readonly Points[]): Points {
  const rows = batches.reduce((sum, { kinds }) => sum + kinds.shape[0]!, 0);
  return {
    points: { values: Float32Array.from(batches.flatMap(({ points: { values } }) => [...values])), shape: [rows, FEATURES] },
    kinds: { values: Int32Array.from(batches.flatMap(({ kinds: { values } }) => [...values])), shape: [rows] },
  };
}

export const countTargets = ({ kinds }: Points): number => [...kinds.values].filter((kind) => kind >= 0).length;

export function classification(model: Classifier, batch: TrainingTask<Points>['batch']): TrainingTask<Points> {
  return { batch, loss: ({ points, kinds }) => crossEntropy(model.forward(points), kinds), targetCount: countTargets };
}

