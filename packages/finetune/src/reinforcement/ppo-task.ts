// The training task of proximal policy optimization: answers are scored when they are written, and steps on them stay near to those numbers.
import type { BatchArray, BatchTensors, Measure } from '@kk/gpt';
import { subtract, type Tensor } from '@kk/nn-core';
import type { ActorCritic } from './actor-critic.js';
import { ppoLoss, type PpoOptions } from './losses/ppo.js';
import { counted, k3, maskedMean } from './losses/token-rows.js';
import { AGREEMENT, RolloutTask, type Part, type RewardedRollouts, type RolloutBatch, type RolloutTaskOptions } from './rollout-task.js';
import { generalizedAdvantages, tokenRewards, type GeneralizedAdvantagesOptions, type TokenRewardsOptions } from './token-advantages.js';

/** (answers, positions) */
export interface PpoBatch extends RolloutBatch {
  /** Log-probabilities of the targets and what the value head expected, when the answers were written. */
  readonly old: BatchArray;
  readonly oldValues: BatchArray;
  /** Log-probabilities of the reference; those of the model when it wrote where there is none. */
  readonly reference: BatchArray;
  readonly advantages: BatchArray;
  readonly returns: BatchArray;
}

/** With numbers for each token of each answer. */
export interface ScoredRollouts extends RewardedRollouts {
  /** Log-probabilities by the model that wrote, computed as in training. */
  readonly old: readonly (readonly number[])[];
  readonly values: readonly (readonly number[])[];
  /** Absent where there is no reference. */
  readonly reference?: readonly (readonly number[])[];
}

export interface PpoTaskOptions extends RolloutTaskOptions {
  readonly actorCritic: ActorCritic;
  readonly loss: PpoOptions;
  readonly rewards: TokenRewardsOptions;
  readonly advantages: GeneralizedAdvantagesOptions;
}

/** What is logged of the losses of a step: means over its tokens. */
export interface PpoLossMeasures {
  readonly policyLoss: number;
  readonly valueLoss: number;
  /** The share of tokens whose ratio is limited, from 0 to 1: 0 on the first step on new answers. */
  readonly clippedPolicy: number;
  /** The share whose value is limited: likewise. */
  readonly clippedValue: number;
  /** How far the model went from the one that wrote the answers, in nats a token, 0 or more. */
  readonly approximateKl: number;
}

const MEASURES: readonly (keyof PpoLossMeasures)[] = ['policyLoss', 'valueLoss', 'clippedPolicy', 'clippedValue', 'approximateKl'];

export class PpoTask extends RolloutTask<PpoBatch, ScoredRollouts> {
  readonly #options: PpoTaskOptions;
  protected override readonly countsTokens = true;

  constructor(options: PpoTaskOptions) {
    super(options);
    this.#options = options;
  }

  override loss({ inputs, targets, mask, reference, old, oldValues, advantages, returns }: BatchTensors<PpoBatch>, measure?: Measure): Tensor {
    const { model, loss: options, reference: hasReference } = this.#options;
    const { policy, values } = this.#scores(inputs, targets);
    const found = ppoLoss({ policy, values, old, oldValues, advantages, returns, mask }, options);
    if (measure) {
      model.engine.noGradient(() => {
        for (const name of MEASURES) measure(name, found[name]);
        if (hasReference) measure('kl', maskedMean(k3(subtract(counted(mask, reference), counted(mask, policy))), mask));
      });
    }
    return found.loss;
  }

  /** @throws Error when the model scores an answer otherwise than it wrote it */
  protected override async prepared(rollouts: RewardedRollouts): Promise<ScoredRollouts> {
    const parts = await Promise.all(this.partsOf(rollouts.answers).map((part) => this.#score(part)));
    const { answers } = rollouts;
    const old = parts.flatMap((part) => part.old);
    const disagreement = Math.max(...old.flatMap((own, i) => own.map((value, at) => Math.abs(value - answers[i]!.logProbabilities[at]!))));
    if (!(disagreement <= AGREEMENT)) throw new Error(`PpoTuning: the model scores a token that it wrote by up to ${disagreement.toPrecision(2)} nats otherwise than when it drew it; expected at most ${AGREEMENT}: take a model that computes the same in training and in generation.`);
    return { ...rollouts, old, values: parts.flatMap(({ values }) => values), ...(this.#options.reference && { reference: parts.flatMap(({ reference }) => reference!) }) };
  }

  protected override batchesOf({ answers, rewards: scores, old, values, reference = old }: ScoredRollouts): PpoBatch[] {
    const { rewards: rewardOptions, advantages: advantageOptions } = this.#options;
    const { mask } = this.rowsOf({ start: 0, answers, weight: 1 });
    const [oldRows, valueRows, referenceRows] = [old, values, reference].map((numbers) => this.atTokens(answers, numbers).values) as [Float64Array, Float64Array, Float64Array];
    const { rewards } = tokenRewards({ scores, old: oldRows, reference: referenceRows, mask: mask.values }, rewardOptions);
    const { advantages, returns } = generalizedAdvantages({ rewards, values: valueRows, mask: mask.values, answers: answers.length }, advantageOptions);
    return this.partsOf(answers).map((part) => {
      const [first, shape] = [part.start * this.positions, [part.answers.length, this.positions]];
      const rowsOf = (all: Float64Array): BatchArray => ({ values: all.subarray(first, first + part.answers.length * this.positions), shape });
      return { ...this.rowsOf(part), old: rowsOf(oldRows), oldValues: rowsOf(valueRows), reference: rowsOf(referenceRows), advantages: rowsOf(advantages), returns: rowsOf(returns) };
    });
  }

  /** (answers, positions) each */
  #scores(inputs: Tensor, targets: Tensor): { readonly policy: Tensor; readonly values: Tensor } {
    const { actorCritic } = this.#options;
    actorCritic.setTraining(false);
    const { logits, values } = actorCritic.forward(inputs);
    return { policy: this.logProbabilitiesOf(logits, targets), values };
  }

  /** In the arrangement of a step, so that the first one on these answers computes the same bits. */
  async #score(part: Part): Promise<Pick<ScoredRollouts, 'old' | 'values' | 'reference'>> {
    const { engine } = this.#options.model;
    const { inputs, targets } = this.rowsOf(part);
    const tensors = engine.scope(() =>
      engine.noGradient(() => {
        const [ids, next] = [inputs, targets].map(({ values, shape }) => engine.tensor(values, shape, 'int32')) as [Tensor, Tensor];
        const { policy, values } = this.#scores(ids, next);
        const reference = this.referenceOf(ids, next);
        return [policy, values, ...(reference ? [reference] : [])];
      }),
    );
    const [old, values, reference] = await Promise.all(tensors.map(async (tensor) => this.ofTokens(part.answers, await tensor.data())));
    tensors.forEach((tensor) => tensor.dispose());
    return { old: old!, values: values!, ...(reference && { reference }) };
  }
}
