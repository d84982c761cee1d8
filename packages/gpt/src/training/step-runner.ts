// Computes a training step: gradients of its batches, clipping, the optimizer. It is captured once for each combination of batch shapes and
// replayed, or computed eagerly. It is independent of schedules, checkpoints and the number of steps.
import { add, backward, clipFactor, compileStep, concatenate, multiply, reshape, sumOfSquaredGradients, type Engine, type Module, type Optimizer, type Plan, type Tensor } from '@kk/nn-core';
import { batchWeights, isInteger, shapesOf, type BatchArrays, type BatchTensors, type TrainingTask } from './task.js';

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
}

/** The tensors of one combination of batch shapes, which every step refills, and the plan that reads them. */
interface Inputs<B extends BatchArrays> {
  readonly batches: readonly BatchTensors<B>[];
  /** One number per batch: its weight. Empty for a single batch. */
  readonly weights: readonly Tensor[];
  plan: Plan<Tensor> | null;
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
    const [loss, sumOfSquares] = await result.data(); // reads both at once from the device
    if (eager) result.dispose();
    return { loss: loss!, sumOfSquares: sumOfSquares! };
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
    return { batches: tensors, weights: batches.length > 1 ? batches.map(() => engine.keep(engine.zeros([]))) : [], plan: null };
  }

  /** Computes the step from the batches to the new weights; returns (2): the mean loss, and the sum of squares of the gradients. */
  #update(inputs: Inputs<B>): Tensor {
    const { optimizer, maximumGradientNorm, maximumLoss } = this.#options;
    const loss = this.#addGradients(inputs);
    const sumOfSquares = sumOfSquaredGradients(optimizer.parameters);
    optimizer.update(clipFactor(optimizer.parameters, maximumGradientNorm, { sumOfSquares, loss, maximumLoss }));
    optimizer.zeroGradients();
    return concatenate([reshape(loss, [1]), reshape(sumOfSquares, [1])]);
  }

  /** Forward and backward of all batches; returns the mean loss. */
  #addGradients({ batches, weights }: Inputs<B>): Tensor {
    const { engine, model } = this.#options;
    const losses = batches.map((batch, i) =>
      engine.scope(() => {
        model.setTraining(true);
        try {
          const mean = this.#lossOf(batch);
          const loss = weights.length > 0 ? multiply(mean, weights[i]!) : mean;
          backward(loss); // still in training mode, because recomputation must repeat the same dropout
          return loss;
        } finally {
          model.setTraining(false);
        }
      }),
    );
    return losses.reduce((sum, loss) => add(sum, loss));
  }

  #lossOf(batch: BatchTensors<B>): Tensor {
    const loss = this.#task.loss(batch);
    if (loss.size !== 1) throw new RangeError(`loss() of the training task gave a tensor of shape (${loss.shape.join(', ')}); expected a single number: take the mean over the targets.`);
    return loss.rank === 0 ? loss : reshape(loss, []);
  }
}

function release<B extends BatchArrays>({ batches, weights, plan }: Inputs<B>): void {
  plan?.dispose();
  for (const tensor of [...batches.flatMap((batch) => Object.values(batch) as Tensor[]), ...weights]) tensor.dispose();
}
