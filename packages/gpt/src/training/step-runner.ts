// Computes a training step: gradients of its batches, clipping, the optimizer. It is captured once for each combination of batch shapes and
// replayed, or computed eagerly. It is independent of schedules, checkpoints and the number of steps.
import { add, backward, clipFactor, compileStep, concatenate, multiply, reshape, sumOfSquaredGradients, type Engine, type Module, type Optimizer, type Plan, type Tensor } from '@kk/nn-core';
import { batchWeights, isInteger, shapesOf, type BatchArrays, type BatchTensors, type Measure, type TrainingTask } from './task.js';

export interface StepRunnerOptions {
  readonly engine: Engine;
  readonly model: Module;
  readonly optimizer: Optimizer;
  readonly maximumGradientNorm: number;
  readonly maximumLoss: number;
  readonly eager: boolean;
}

export interface StepNumbers {
  /** Mean loss over all targets of the step, before the weights changed. */
  readonly loss: number;
  /** The sum of squares of all gradients before clipping; its root is the global norm. */
  readonly sumOfSquares: number;
  /** What the task measures, by names; absent where it measures nothing. */
  readonly measures?: Readonly<Record<string, number>>;
}

/** The tensors of one combination of batch shapes, which every step refills, and the plan that reads them. */
interface Inputs<B extends BatchArrays> {
  readonly batches: readonly BatchTensors<B>[];
  /** One number per batch: its weight. Empty for a single batch. */
  readonly weights: readonly Tensor[];
  plan: Plan<Tensor> | null;
  /** The names of what the task measures, in the order of the plan's numbers. */
  measured: readonly string[];
}

// Every plan has its own arena, so the number of plans must be limited when batch shapes keep changing.
const MOST_PLANS = 8;

export class StepRunner<B extends BatchArrays> {
  readonly #task: TrainingTask<B>;
  readonly #options: StepRunnerOptions;
  /** Inputs by shapes; the most recently used is last. */
  readonly #inputs = new Map<string, Inputs<B>>();

  constructor(task: TrainingTask<B>, options: StepRunnerOptions) {
    this.#task = task;
    this.#options = options;
  }

  /** The bytes of the activations and gradients of the captured steps. */
  get arenaBytes(): number {
    return [...this.#inputs.values()].reduce((bytes, { plan }) => bytes + (plan?.arenaBytes ?? 0), 0);
  }

  /** Runs one step. If the loss or the norm is not finite, or the loss exceeds its maximum, weights and moments do not change. */
  async run(batches: readonly B[]): Promise<StepNumbers> {
    const { engine, eager } = this.#options;
    const inputs = this.#fill(batches);
    let result: Tensor;
    if (eager) result = engine.scope(() => this.#update(inputs));
    else result = (inputs.plan ??= compileStep(engine, () => this.#update(inputs))).replay();
    const [loss, sumOfSquares, ...values] = await result.data(); // reads all at once from the device
    if (eager) result.dispose();
    const measures = inputs.measured.length > 0 && { measures: Object.fromEntries(inputs.measured.map((name, i) => [name, values[i]!])) };
    return { loss: loss!, sumOfSquares: sumOfSquares!, ...measures };
  }

  /** The loss of a batch with the current weights, outside training mode and without gradient. */
  async lossOf(batch: B): Promise<number> {
    const { engine, model } = this.#options;
    const [tensors] = this.#fill([batch]).batches;
    model.setTraining(false);
    const result = engine.scope(() => engine.noGradient(() => this.#lossOf(tensors!)));
    const loss = await result.item();
    result.dispose();
    return loss;
  }

  /** The gradient norm of every trained parameter for these batches, computed eagerly; changes nothing. */
  async gradientNorms(batches: readonly B[]): Promise<Map<Tensor, number>> {
    const { engine, optimizer } = this.#options;
    const inputs = this.#fill(batches);
    const sums = engine.scope(() => {
      this.#addGradients(inputs);
      const sums = new Map(optimizer.parameters.map((parameter) => [parameter, sumOfSquaredGradients([parameter])]));
      optimizer.zeroGradients();
      return sums;
    });
    const norms = new Map<Tensor, number>();
    for (const [parameter, sum] of sums) {
      norms.set(parameter, Math.sqrt(await sum.item()));
      sum.dispose();
    }
    return norms;
  }

  dispose(): void {
    for (const inputs of this.#inputs.values()) release(inputs);
    this.#inputs.clear();
  }

  /** The tensors for these batches, filled with their values. */
  #fill(batches: readonly B[]): Inputs<B> {
    const key = shapesOf(batches);
    const inputs = this.#inputs.get(key) ?? this.#allocate(batches);
    this.#inputs.delete(key);
    this.#inputs.set(key, inputs);
    if (this.#inputs.size > MOST_PLANS) {
      const [oldest, least] = [...this.#inputs][0]!;
      this.#inputs.delete(oldest);
      release(least);
    }
    batches.forEach((batch, i) => {
      for (const [name, { values }] of Object.entries(batch)) inputs.batches[i]![name]!.set(values);
    });
    if (inputs.weights.length > 0) batchWeights(this.#task, batches).forEach((weight, i) => inputs.weights[i]!.set([weight]));
    return inputs;
  }

  #allocate(batches: readonly B[]): Inputs<B> {
    const { engine } = this.#options;
    const tensors = batches.map((batch) => {
      const named = Object.entries(batch).map(([name, { values, shape }]) => [name, engine.keep(engine.tensor(values, shape, isInteger(values) ? 'int32' : 'float'))] as const);
      return Object.fromEntries(named) as BatchTensors<B>;
    });
    return { batches: tensors, weights: batches.length > 1 ? batches.map(() => engine.keep(engine.zeros([]))) : [], plan: null, measured: [] };
  }

  /** Computes the step from the batches to the new weights; returns (2 + measures): the mean loss, the sum of squares of the gradients, and what is measured. */
  #update(inputs: Inputs<B>): Tensor {
    const { optimizer, maximumGradientNorm, maximumLoss } = this.#options;
    const { loss, measures } = this.#addGradients(inputs);
    inputs.measured = [...measures.keys()];
    const sumOfSquares = sumOfSquaredGradients(optimizer.parameters);
    optimizer.update(clipFactor(optimizer.parameters, maximumGradientNorm, { sumOfSquares, loss, maximumLoss }));
    optimizer.zeroGradients();
    return concatenate([loss, sumOfSquares, ...measures.values()].map((value) => reshape(value, [1])));
  }

  /** Forward and backward of all batches; returns the mean loss, and the means of what is measured. */
  #addGradients({ batches, weights }: Inputs<B>): Measured {
    const { engine, model } = this.#options;
    const found = batches.map((batch, i) =>
      engine.scope((): Measured => {
        model.setTraining(true);
        try {
          const weighted = (mean: Tensor): Tensor => (weights.length > 0 ? multiply(mean, weights[i]!) : mean);
          const measures = new Map<string, Tensor>();
          const loss = weighted(this.#lossOf(batch, (name, value) => measures.set(name, engine.noGradient(() => weighted(single(`what the training task measures as ${name}`, value))))));
          backward(loss); // still in training mode, because recomputation must repeat the same dropout
          return { loss, measures };
        } finally {
          model.setTraining(false);
        }
      }),
    );
    return found.reduce(sumOf);
  }

  #lossOf(batch: BatchTensors<B>, measure?: Measure): Tensor {
    return single('loss() of the training task', this.#task.loss(batch, measure));
  }
}

/** The loss of one or more batches, and what was measured of them, as single numbers. */
interface Measured {
  readonly loss: Tensor;
  readonly measures: ReadonlyMap<string, Tensor>;
}

function sumOf(a: Measured, b: Measured): Measured {
  const names = [...a.measures.keys()];
  if (names.join() !== [...b.measures.keys()].join()) throw new RangeError(`The training task measures ${names.join(', ') || 'nothing'} of one batch of a step and ${[...b.measures.keys()].join(', ') || 'nothing'} of another; expected the same names in the same order.`);
  return { loss: add(a.loss, b.loss), measures: new Map([...a.measures].map(([name, value]) => [name, add(value, b.measures.get(name)!)])) };
}

function single(what: string, value: Tensor): Tensor {
  if (value.size !== 1) throw new RangeError(`${what} gave a tensor of shape (${value.shape.join(', ')}); expected a single number: take the mean over the targets.`);
  return value.rank === 0 ? value : reshape(value, []);
}

function release<B extends BatchArrays>({ batches, weights, plan }: Inputs<B>): void {
  plan?.dispose();
  for (const tensor of [...batches.flatMap((batch) => Object.values(batch) as Tensor[]), ...weights]) tensor.dispose();
}
