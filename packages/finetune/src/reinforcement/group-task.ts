// The training task of answers that were compared with their group: rollouts, rewards and advantages make the batches, GRPO's loss is computed of them.
import { type BatchArray, type BatchArrays, type BatchTensors, type Measure, type TrainingTask, type Transformer } from '@kk/gpt';
import { permutedIndex } from '@kk/gpt/data';
import { abs, divide, max, multiply, sum, subtract, type Tensor } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import { answerRows } from '../preferences/data/answer-rows.js';
import { tokenLogProbabilities } from '../preferences/log-probabilities.js';
import { groupAdvantages, type GroupAdvantagesOptions } from './group-advantages.js';
import { grpoLoss, type GrpoOptions } from './losses/grpo.js';
import { rewardAll, type RewardFunction } from './rewards/reward-function.js';
import { rollouts, type Rollout } from './rollouts.js';

/** (answers, positions) unless another shape is said. */
export interface GroupBatch extends BatchArrays {
  /** int32 */
  readonly inputs: BatchArray;
  /** int32: at each place the next id where it belongs to the answer, elsewhere -1. */
  readonly targets: BatchArray;
  /** Log-probabilities of the targets when they were drawn. */
  readonly old: BatchArray;
  /** 1 where a target stands, else 0. */
  readonly mask: BatchArray;
  /** (answers) */
  readonly advantages: BatchArray;
  /** A single number: what this batch weighs in the mean of the step, above 0 to 1. */
  readonly weight: BatchArray;
}

/** What is known of the answers of a step before it is made. */
export interface RolloutMeasures {
  /** Mean reward of an answer. */
  readonly reward: number;
  /** The standard deviation of the rewards of all answers. */
  readonly rewardSpread: number;
  /** The share of groups whose answers all have the same reward, from 0 to 1: they teach nothing. */
  readonly withoutVariance: number;
  /** Mean tokens of an answer, with the stop token. */
  readonly meanTokens: number;
  /** The share of answers that ended with a stop token, from 0 to 1. */
  readonly endsByItself: number;
  /** Nats a token: the entropy of the model's distribution, estimated by the tokens that were drawn from it. */
  readonly entropy: number;
}

/** The answers to the prompts of a step, with what they are worth. */
export interface RewardedRollouts {
  /** Counted from 0; `updates` steps are made on each. */
  readonly round: number;
  readonly answers: readonly Rollout[];
  readonly rewards: readonly number[];
}

export interface GroupTaskOptions {
  readonly model: Transformer;
  readonly prompts: readonly Int32Array[];
  readonly reward: RewardFunction;
  readonly decode: (ids: number[]) => string;
  readonly loss: GrpoOptions;
  readonly advantages: GroupAdvantagesOptions;
  readonly stopTokens: readonly number[];
  readonly maxTokens: number;
  /** Prompts of a batch. */
  readonly batchSize: number;
  readonly accumulationSteps: number;
  /** Steps on the same answers. */
  readonly updates: number;
  readonly seed: number;
  /** The model without it, another model, or none. */
  readonly reference: Adapter | Transformer | undefined;
}

/** Sums over the answers of a step, by the names under which the trainer has them. */
export const SUMS = { disagreement: 'sum of greatest differences', clippedLow: 'tokens clipped low', clippedHigh: 'tokens clipped high', kl: 'sum of kl' } as const;

export class GroupTask implements TrainingTask<GroupBatch> {
  readonly #options: GroupTaskOptions;
  readonly #positions: number;
  #current: RewardedRollouts | undefined;
  /** Ends the writing of answers. */
  signal: AbortSignal | undefined;

  constructor(options: GroupTaskOptions) {
    this.#options = options;
    const { prompts, maxTokens, model } = options;
    this.#positions = Math.min(model.config.contextLength, Math.max(...prompts.map(({ length }) => length)) + maxTokens - 1);
  }

  /** In `'dapo'` each token counts the same, whatever batch it is in; in the others each batch does. */
  get #countsTokens(): boolean {
    return this.#options.loss.reduction === 'dapo';
  }

  /** The answers that were written last. */
  get current(): RewardedRollouts | undefined {
    return this.#current;
  }

  set current(rollouts: RewardedRollouts | undefined) {
    this.#current = rollouts;
  }

  /** The prompts of a round of answers. Each is asked once in an epoch, and in another order in the next one. */
  promptsAt(round: number): Int32Array[] {
    const { prompts, batchSize, accumulationSteps, seed } = this.#options;
    const count = batchSize * accumulationSteps;
    return Array.from({ length: count }, (_, i) => {
      const number = round * count + i;
      return prompts[permutedIndex(number % prompts.length, prompts.length, { seed, epoch: Math.floor(number / prompts.length) })]!;
    });
  }

  /** The answers of the step are written by the model as it is now, unless earlier steps were made on them. */
  async batch(step: number): Promise<GroupBatch[]> {
    const round = Math.floor(step / this.#options.updates);
    if (this.#current?.round !== round) this.#current = await this.#rollOut(round);
    return this.#batchesOf(this.#current);
  }

  /** What counts is known of all batches of the step together. */
  targetCount({ weight }: GroupBatch): number {
    return weight.values[0]!;
  }

  loss({ inputs, targets, old, mask, advantages, weight }: BatchTensors<GroupBatch>, measure?: Measure): Tensor {
    const { model, loss: options } = this.#options;
    const { engine } = model;
    model.setTraining(false);
    const reference = engine.noGradient(() => this.#reference(inputs, targets));
    const policy = tokenLogProbabilities(model, inputs, targets);
    const found = grpoLoss({ policy, old, ...(reference && { reference }), advantages, mask }, options);
    if (measure) {
      engine.noGradient(() => {
        const tokens = sum(mask);
        const sums: [string, Tensor][] = [
          [SUMS.disagreement, max(abs(multiply(subtract(policy, old), mask)))],
          [SUMS.clippedLow, multiply(found.clippedLow, tokens)],
          [SUMS.clippedHigh, multiply(found.clippedHigh, tokens)],
          ...(found.tokenKl ? [[SUMS.kl, sum(found.tokenKl)] as [string, Tensor]] : []),
        ];
        // The trainer adds up what the batches measure by their weights.
        for (const [name, value] of sums) measure(name, divide(value, weight));
      });
    }
    return found.loss;
  }

  /** Of the answers that were written last. */
  measures(): RolloutMeasures {
    const { answers, rewards } = this.#current!;
    const { groupSize } = this.#options.advantages;
    const { withoutVariance } = groupAdvantages(rewards, this.#options.advantages);
    const reward = meanOf(rewards);
    const tokens = tokensOf(answers);
    return {
      reward,
      rewardSpread: Math.sqrt(meanOf(rewards.map((value) => (value - reward) ** 2))),
      withoutVariance: withoutVariance / (answers.length / groupSize),
      meanTokens: tokens / answers.length,
      endsByItself: meanOf(answers.map(({ endsByItself }) => Number(endsByItself))),
      entropy: -answers.reduce((total, { logProbabilities }) => total + logProbabilities.reduce((sum, value) => sum + value, 0), 0) / tokens,
    };
  }

  async #rollOut(round: number): Promise<RewardedRollouts> {
    const { model, reward, decode, stopTokens, maxTokens, seed, advantages: { groupSize } } = this.#options;
    const answers = await rollouts(model, this.promptsAt(round), { groupSize, stopTokens, maxTokens, seed, round, signal: this.signal });
    return { round, answers, rewards: [...(await rewardAll(reward, answers, decode, this.signal))] };
  }

  #batchesOf({ answers, rewards }: RewardedRollouts): GroupBatch[] {
    const { accumulationSteps, advantages: options } = this.#options;
    const { advantages } = groupAdvantages(rewards, options);
    const size = answers.length / accumulationSteps;
    const parts = Array.from({ length: accumulationSteps }, (_, i) => ({ answers: answers.slice(i * size, (i + 1) * size), advantages: advantages.subarray(i * size, (i + 1) * size) }));
    const total = tokensOf(answers);
    return parts.map((part) => this.#batchOf(part.answers, part.advantages, this.#countsTokens ? tokensOf(part.answers) / total : 1 / accumulationSteps));
  }

  #batchOf(answers: readonly Rollout[], advantages: Float64Array, weight: number): GroupBatch {
    const positions = this.#positions;
    const { inputs, targets } = answerRows(answers.map(({ promptIds, ids }) => ({ prompt: promptIds, answer: ids })), positions, 0);
    const old = new Float64Array(targets.length);
    answers.forEach(({ promptIds, logProbabilities }, row) => old.set(logProbabilities, row * positions + promptIds.length - 1));
    const shape = [answers.length, positions];
    return {
      inputs: { values: inputs, shape },
      targets: { values: targets, shape },
      old: { values: old, shape },
      mask: { values: Float64Array.from(targets, (target) => Number(target >= 0)), shape },
      advantages: { values: advantages, shape: [answers.length] },
      weight: { values: Float64Array.of(weight), shape: [] },
    };
  }

  #reference(inputs: Tensor, targets: Tensor): Tensor | undefined {
    const { model, reference } = this.#options;
    if (!reference) return undefined;
    if (!('disable' in reference)) return tokenLogProbabilities(reference, inputs, targets);
    reference.disable();
    try {
      return tokenLogProbabilities(model, inputs, targets);
    } finally {
      reference.enable();
    }
  }
}

const tokensOf = (answers: readonly Rollout[]): number => answers.reduce((sum, { ids }) => sum + ids.length, 0);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
