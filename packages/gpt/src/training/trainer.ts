// Pretraining: step by step, the model gets better at guessing the next token of a text.
import { add, AdamW, backward, boundsOf, clipFactor, compileStep, scale, warmupCosine, type Plan, type Tensor } from '@kk/nn-core';
import type { GPT } from '../model/gpt.js';
import { randomBatch } from './batches.js';
import { yieldToEventLoop } from './event-loop.js';
import { flopsPerToken } from './flops.js';
import { checkTrainerOptions, defaultTrainerOptions, type TrainerOptions } from './options.js';
import type { TokenIds } from './token-ids.js';

export interface StepReport {
  /** Number of this step, 1 is the first. */
  readonly step: number;
  /** Mean cross-entropy in nats per token over the step's batch, before the weights changed. */
  readonly loss: number;
  readonly learningRate: number;
  /** Tokens seen in this step. */
  readonly tokens: number;
  readonly seconds: number;
  /** 10^9 floating-point operations a second, by the count of `flopsPerToken`. */
  readonly gigaflops: number;
}

export interface TrainerMode {
  /**
   * Compute each step operation by operation, with tensors and a tape, instead of replaying a captured plan. The numbers
   * are the same; it is slower, and can be stepped through in a debugger. Default false.
   */
  eager?: boolean;
  /**
   * Activation checkpointing: keep only each block's output in the forward pass and compute its inner results again for the
   * gradient, about a third more time for much less memory (`trainer.arenaBytes` says how much). The numbers are the same. Default false.
   */
  activationCheckpointing?: boolean;
}

export class Trainer {
  readonly options: TrainerOptions;
  readonly optimizer: AdamW;
  /** Steps done so far; a checkpoint sets it. */
  stepsDone = 0;
  /** Each (batchSize, contextLength), one pair for each of the batches that are added up in a step. */
  readonly #batches: readonly { inputs: Tensor; targets: Tensor }[];
  /** Made at the first step, unless `eager`. */
  #plan: Plan<Tensor> | null = null;

  readonly #mode: TrainerMode;

  /**
   * @param data the ids of the whole text, longer than the model's context
   * @throws RangeError when the text is too short, an id is not in the vocabulary, or an option cannot be
   */
  constructor(
    readonly model: GPT,
    readonly data: TokenIds,
    options: Partial<TrainerOptions> = {},
    mode: TrainerMode = {},
  ) {
    this.#mode = mode;
    this.options = { ...defaultTrainerOptions, ...options };
    checkTrainerOptions(this.options);
    const { contextLength, vocabSize } = model.config;
    if (data.length <= contextLength) {
      throw new RangeError(`Trainer: the text has ${data.length} tokens, but one window needs ${contextLength + 1}: give more text or a shorter context.`);
    }
    const { minimum, maximum } = boundsOf(data);
    if (minimum < 0 || maximum >= vocabSize) {
      throw new RangeError(`Trainer: the text holds ids from ${minimum} to ${maximum}, but the model's vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
    }
    const { betas, weightDecay, learningRate, batchSize, accumulationSteps } = this.options;
    const { engine } = model;
    this.optimizer = new AdamW(model.parameters(), { learningRate, betas, weightDecay });
    const empty = new Int32Array(batchSize * contextLength);
    const ids = (): Tensor => engine.keep(engine.tensor(empty, [batchSize, contextLength], 'int32'));
    this.#batches = Array.from({ length: accumulationSteps }, () => ({ inputs: ids(), targets: ids() }));
  }

  /** Bytes that a step's activations and gradients share; 0 before the first step and in eager mode. */
  get arenaBytes(): number {
    return this.#plan?.arenaBytes ?? 0;
  }

  get isDone(): boolean {
    return this.stepsDone >= this.options.steps;
  }

  /**
   * One step: a batch, its loss, all gradients, clipping, AdamW.
   * @throws Error when the loss is no longer a number
   */
  async step(): Promise<StepReport> {
    const started = performance.now();
    const { batchSize, accumulationSteps, seed, steps, warmupSteps } = this.options;
    const { contextLength } = this.model.config;
    const step = this.stepsDone;
    const learningRate = warmupCosine(step, {
      maximum: this.options.learningRate,
      minimum: this.options.minimumLearningRate,
      warmupSteps,
      totalSteps: steps,
    });
    const drawn = randomBatch(this.data, { batchSize: batchSize * accumulationSteps, contextLength, seed, step });
    const batchTokens = batchSize * contextLength;
    this.#batches.forEach(({ inputs, targets }, i) => {
      inputs.set(drawn.inputs.subarray(i * batchTokens, (i + 1) * batchTokens));
      targets.set(drawn.targets.subarray(i * batchTokens, (i + 1) * batchTokens));
    });
    const { engine } = this.model;
    engine.dropoutState.begin(seed, step);
    this.optimizer.prepare(learningRate);
    const loss = this.#mode.eager ? await this.#eagerStep() : await this.#replayedStep();
    this.stepsDone = step + 1;
    await yieldToEventLoop();
    if (!Number.isFinite(loss)) throw new Error(`Training broke down in step ${step + 1}: the loss is ${loss}. Use a lower learning rate or clip the gradients.`);
    const tokens = batchTokens * accumulationSteps;
    const seconds = (performance.now() - started) / 1000;
    return { step: step + 1, loss, learningRate, tokens, seconds, gigaflops: (flopsPerToken(this.model.config) * tokens) / seconds / 1e9 };
  }

  #replayedStep(): Promise<number> {
    this.#plan ??= compileStep(this.model.engine, () => this.#update());
    return this.#plan.replay().item();
  }

  async #eagerStep(): Promise<number> {
    const lossTensor = this.model.engine.scope(() => this.#update());
    const loss = await lossTensor.item();
    lossTensor.dispose();
    return loss;
  }

  /** Everything between the batches and the new weights; returns the mean loss. */
  #update(): Tensor {
    const { maximumGradientNorm } = this.options;
    const { engine } = this.model;
    const losses = this.#batches.map((batch) => engine.scope(() => this.#addGradients(batch)));
    this.optimizer.update(maximumGradientNorm === Infinity ? null : clipFactor(this.optimizer.parameters, maximumGradientNorm));
    this.optimizer.zeroGradients();
    return losses.reduce((sum, loss) => add(sum, loss));
  }

  /** Forward and backward of one batch; returns its share of the step's loss. */
  #addGradients({ inputs, targets }: { inputs: Tensor; targets: Tensor }): Tensor {
    const { model } = this;
    model.setTraining(true);
    model.checkpointsActivations = this.#mode.activationCheckpointing ?? false;
    let loss = model.loss(inputs, targets);
    if (this.#batches.length > 1) loss = scale(loss, 1 / this.#batches.length);
    backward(loss); // still in training mode: what is recomputed must drop what was dropped
    model.checkpointsActivations = false;
    model.setTraining(false);
    return loss;
  }

  /** Frees the optimizer's memory; the model stays. */
  dispose(): void {
    this.#plan?.dispose();
    this.#plan = null;
    this.optimizer.dispose();
    for (const { inputs, targets } of this.#batches) {
      inputs.dispose();
      targets.dispose();
    }
  }
}
