// Holds what tasks have in common that train a model on its own answers: which prompts are asked, what is written and rewarded, and how answers become batches.
import type { BatchArray, BatchArrays, BatchTensors, Measure, TrainingTask, Transformer } from '@kk/gpt';
import { permutedIndex } from '@kk/gpt/data';
import { logProbabilities, scale, type Tensor } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import { answerRows } from '../preferences/data/answer-rows.js';
import { rewardAll, type RewardFunction } from './rewards/reward-function.js';
import { rollouts, type Rollout } from './rollouts.js';

/** (answers, positions) unless another shape is said. */
export interface RolloutBatch extends BatchArrays {
  /** int32 */
  readonly inputs: BatchArray;
  /** int32: at each place the next id where it belongs to the answer, elsewhere -1. */
  readonly targets: BatchArray;
  /** 1 where a target stands, else 0. */
  readonly mask: BatchArray;
  /** A single number: what this batch weighs in the mean of the step, above 0 to 1. */
  readonly weight: BatchArray;
}

/** What is known of the answers of a step before it is made. */
export interface RolloutMeasures {
  /** Mean reward of an answer. */
  readonly reward: number;
  /** The standard deviation of the rewards of all answers. */
  readonly rewardSpread: number;
  /** Mean tokens of an answer, with the stop token. */
  readonly meanTokens: number;
  /** The share of answers that ended with a stop token, from 0 to 1. */
  readonly endsByItself: number;
  /** Nats a token: the entropy of the distribution that is drawn from, estimated by the tokens that were drawn. */
  readonly entropy: number;
}

/** The answers to the prompts of a step, with what they are worth. */
export interface RewardedRollouts {
  /** Counted from 0; `updates` steps are made on each. */
  readonly round: number;
  readonly answers: readonly Rollout[];
  readonly rewards: readonly number[];
}

export interface RolloutTaskOptions {
  readonly model: Transformer;
  readonly prompts: readonly Int32Array[];
  readonly reward: RewardFunction;
  readonly decode: (ids: number[]) => string;
  readonly stopTokens: readonly number[];
  readonly maxTokens: number;
  readonly temperature: number;
  /** Answers to each prompt. */
  readonly groupSize: number;
  /** Prompts of a batch. */
  readonly batchSize: number;
  readonly accumulationSteps: number;
  /** Steps on the same answers. */
  readonly updates: number;
  readonly seed: number;
  /** The model without it, another model, or none. */
  readonly reference: Adapter | Transformer | undefined;
}

/** The answers of one batch of a step: where they stand among all, and what the batch weighs. */
export interface Part {
  readonly start: number;
  readonly answers: readonly Rollout[];
  readonly weight: number;
}

/** By how much the log-probability of a token may differ, in nats, between writing it and training on it. */
export const AGREEMENT = 1e-4;

export abstract class RolloutTask<B extends RolloutBatch, R extends RewardedRollouts = RewardedRollouts> implements TrainingTask<B> {
  /** The answers that were written last. */
  current: R | undefined;
  /** Ends the writing of answers. */
  signal: AbortSignal | undefined;
  protected readonly positions: number;

  constructor(protected readonly rolloutOptions: RolloutTaskOptions) {
    const { prompts, maxTokens, model } = rolloutOptions;
    this.positions = Math.min(model.config.contextLength, Math.max(...prompts.map(({ length }) => length)) + maxTokens - 1);
  }

  /** The loss of a batch. */
  abstract loss(batch: BatchTensors<B>, measure?: Measure): Tensor;
  /** What the steps on these answers need besides. */
  protected abstract prepared(rollouts: RewardedRollouts): R | Promise<R>;
  protected abstract batchesOf(rollouts: R): B[];
  /** Whether each token counts the same, whatever batch it is in, or each batch does. */
  protected abstract readonly countsTokens: boolean;

  /** The prompts of a round of answers. Each is asked once in an epoch, and in another order in the next one. */
  promptsAt(round: number): Int32Array[] {
    const { prompts, batchSize, accumulationSteps, seed } = this.rolloutOptions;
    const count = batchSize * accumulationSteps;
    return Array.from({ length: count }, (_, i) => {
      const number = round * count + i;
      return prompts[permutedIndex(number % prompts.length, prompts.length, { seed, epoch: Math.floor(number / prompts.length) })]!;
    });
  }

  /** The answers of the step are written by the model as it is now, unless earlier steps were made on them. */
  async batch(step: number): Promise<B[]> {
    const round = Math.floor(step / this.rolloutOptions.updates);
    if (this.current?.round !== round) this.current = await this.prepared(await this.#rollOut(round));
    return this.batchesOf(this.current);
  }

  /** What counts is known of all batches of the step together. */
  targetCount({ weight }: B): number {
    return weight.values[0]!;
  }

  /** Of the answers that were written last. */
  measures(): RolloutMeasures {
    const { answers, rewards } = this.current!;
    const reward = meanOf(rewards);
    const tokens = tokensOf(answers);
    return {
      reward,
      rewardSpread: Math.sqrt(meanOf(rewards.map((value) => (value - reward) ** 2))),
      meanTokens: tokens / answers.length,
      endsByItself: meanOf(answers.map(({ endsByItself }) => Number(endsByItself))),
      entropy: -answers.reduce((total, { logProbabilities: own }) => total + own.reduce((sum, value) => sum + value, 0), 0) / tokens,
    };
  }

  /** The batches of a step. */
  protected partsOf(answers: readonly Rollout[]): Part[] {
    const { accumulationSteps } = this.rolloutOptions;
    const size = answers.length / accumulationSteps;
    const total = tokensOf(answers);
    return Array.from({ length: accumulationSteps }, (_, i) => {
      const own = answers.slice(i * size, (i + 1) * size);
      return { start: i * size, answers: own, weight: this.countsTokens ? tokensOf(own) / total : 1 / accumulationSteps };
    });
  }

  protected rowsOf({ answers, weight }: Part): RolloutBatch {
    const { inputs, targets } = answerRows(answers.map(({ promptIds, ids }) => ({ prompt: promptIds, answer: ids })), this.positions, 0);
    const shape = [answers.length, this.positions];
    return {
      inputs: { values: inputs, shape },
      targets: { values: targets, shape },
      mask: { values: Float64Array.from(targets, (target) => Number(target >= 0)), shape },
      weight: { values: Float64Array.of(weight), shape: [] },
    };
  }

  /** Numbers of each token of answers, (answers, positions): each stands where its token is the target. */
  protected atTokens(answers: readonly Rollout[], numbers: readonly (readonly number[])[]): BatchArray & { readonly values: Float64Array } {
    const values = new Float64Array(answers.length * this.positions);
    answers.forEach(({ promptIds }, row) => values.set(numbers[row]!, row * this.positions + promptIds.length - 1));
    return { values, shape: [answers.length, this.positions] };
  }

  /** The numbers of each token again. */
  protected ofTokens(answers: readonly Rollout[], values: ArrayLike<number>): number[][] {
    return answers.map(({ promptIds, ids }, row) => Array.from(ids, (_, i) => values[row * this.positions + promptIds.length - 1 + i]!));
  }

  /** The log-probability of each target in the distribution that answers are drawn from: (answers, positions). */
  protected logProbabilitiesOf(logits: Tensor, targets: Tensor): Tensor {
    const { temperature } = this.rolloutOptions;
    return logProbabilities(temperature === 1 ? logits : scale(logits, 1 / temperature), targets);
  }

  /** The same of the reference, without a gradient; undefined where there is none. */
  protected referenceOf(inputs: Tensor, targets: Tensor): Tensor | undefined {
    const { model, reference } = this.rolloutOptions;
    if (!reference) return undefined;
    const of = (other: Transformer): Tensor => this.logProbabilitiesOf(other.forward(inputs), targets);
    return model.engine.noGradient(() => ('without' in reference ? reference.without(() => of(model)) : of(reference)));
  }

  async #rollOut(round: number): Promise<RewardedRollouts> {
    const { model, reward, decode, stopTokens, maxTokens, temperature, groupSize, seed } = this.rolloutOptions;
    const answers = await rollouts(model, this.promptsAt(round), { groupSize, stopTokens, maxTokens, temperature, seed, round, signal: this.signal });
    return { round, answers, rewards: [...(await rewardAll(reward, answers, decode, this.signal))] };
  }
}

/** How many tokens the answers have. */
export const tokensOf = (answers: readonly Rollout[]): number => answers.reduce((sum, { ids }) => sum + ids.length, 0);

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
