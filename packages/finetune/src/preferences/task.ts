// The training task of preferences: the batches of a step, their loss, and what is logged of them.
import type { BatchArray, BatchArrays, BatchTensors, Measure, TrainingTask, Transformer } from '@kk/gpt';
import { logProbabilities, mean, slice, sum, type Tensor } from '@kk/nn-core';
import type { Adapter } from '../lora/adapter.js';
import type { PreferenceBatch, PreferenceRows } from './data/preference-rows.js';
import { answerLogProbabilities } from './log-probabilities.js';
import { rewardMeasures } from './losses/measures.js';
import type { Pair } from './losses/pair.js';
import { objectiveLoss, objectiveNeedsPrompts, objectiveNeedsReference, type PreferenceObjective } from './objective.js';

/** What is logged of pairs: means over them. */
export interface PreferenceMeasures {
  /** Rewards of the loss: see there. */
  readonly chosenReward: number;
  readonly rejectedReward: number;
  /** chosenReward - rejectedReward. */
  readonly margin: number;
  /** In how many pairs the chosen answer has the higher reward, from 0 to 1. */
  readonly accuracy: number;
  /** Nats, summed over the tokens of an answer. */
  readonly chosenLogProbability: number;
  readonly rejectedLogProbability: number;
  /** Tokens. */
  readonly chosenLength: number;
  readonly rejectedLength: number;
  /** The negative log-likelihood of the chosen answers, with ORPO and SimPO. */
  readonly nll?: number;
}

/** Log-probabilities of the reference for pairs that were scored before training: at 2 i that of the chosen answer of pair i, at 2 i + 1 of the rejected one. */
export type ReferenceScores = Float64Array;

export interface PreferencePairs {
  readonly rows: PreferenceRows;
  readonly scores: ReferenceScores | undefined;
}

export interface PreferenceTaskOptions {
  readonly model: Transformer;
  readonly objective: PreferenceObjective;
  /** The reference is the model without it, where it was not scored before. */
  readonly adapter: Adapter | undefined;
  readonly batchSize: number;
  readonly accumulationSteps: number;
}

type Arrays = PreferenceBatch & BatchArrays;

/** What a batch holds besides the rows, where the loss needs it. */
interface More {
  /** (2 n) */
  readonly reference?: Tensor;
  readonly promptTargets?: Tensor;
  readonly promptLengths?: Tensor;
}

export class PreferenceTask implements TrainingTask<Arrays> {
  readonly #pairs: PreferencePairs;
  readonly #options: PreferenceTaskOptions;

  constructor(pairs: PreferencePairs, options: PreferenceTaskOptions) {
    this.#pairs = pairs;
    this.#options = options;
  }

  batch(step: number): Arrays[] {
    const { batchSize, accumulationSteps } = this.#options;
    const first = step * batchSize * accumulationSteps;
    return Array.from({ length: accumulationSteps }, (_, i) => this.batchOf(this.#pairs, Array.from({ length: batchSize }, (_, at) => this.#pairs.rows.pairAt(first + i * batchSize + at))));
  }

  /** @param indices of the pairs of `rows`, which may be others than those of training */
  batchOf({ rows, scores }: PreferencePairs, indices: readonly number[]): Arrays {
    const reference: BatchArray | undefined = scores && { values: Float64Array.from([...indices.map((i) => scores[2 * i]!), ...indices.map((i) => scores[2 * i + 1]!)]), shape: [2 * indices.length] };
    return { ...rows.batch(indices), ...(reference && { reference }), ...(objectiveNeedsPrompts(this.#options.objective) && rows.promptBatch(indices)) };
  }

  /**
   * No dropout, as in TRL: it would make the policy differ from the reference before anything is learned, and log-ratios noisy.
   */
  loss(batch: BatchTensors<Arrays>, measure?: Measure): Tensor {
    const { model, objective } = this.#options;
    const { inputs, targets, lengths } = batch;
    const { promptTargets, promptLengths } = batch as More;
    model.setTraining(false);
    const reference = this.#reference(batch);
    const logits = model.forward(inputs);
    const policy = halves(sum(logProbabilities(logits, targets), 1));
    const answers = halves(lengths);
    const prompt = promptTargets && promptLengths && { logProbabilities: sum(logProbabilities(halves(logits).chosen, promptTargets), 1), lengths: promptLengths };
    const { loss, rewards, nll } = objectiveLoss(objective, { policy, lengths: answers, ...(reference && { reference }), ...(prompt && { prompt }) });
    if (measure) model.engine.noGradient(() => report(measure, rewards, policy, answers, nll));
    return loss;
  }

  /** Log-probabilities of the reference, without a gradient. */
  #reference(batch: BatchTensors<Arrays>): Pair<Tensor> | undefined {
    const { model, objective, adapter } = this.#options;
    const { reference } = batch as More;
    if (reference) return halves(reference);
    if (!objectiveNeedsReference(objective) || !adapter) return undefined;
    return adapter.without(() => model.engine.noGradient(() => halves(answerLogProbabilities(model, batch.inputs, batch.targets))));
  }
}

/** The chosen answers, and the rejected ones: the two halves of the first axis. */
function halves(x: Tensor): Pair<Tensor> {
  const pairs = x.shape[0]! / 2;
  return { chosen: slice(x, 0, 0, pairs), rejected: slice(x, 0, pairs, pairs) };
}

function report(measure: Measure, rewards: Pair<Tensor>, policy: Pair<Tensor>, lengths: Pair<Tensor>, nll: Tensor | undefined): void {
  const { margin, accuracy } = rewardMeasures(rewards);
  const measures = {
    chosenReward: mean(rewards.chosen), rejectedReward: mean(rewards.rejected), margin, accuracy,
    chosenLogProbability: mean(policy.chosen), rejectedLogProbability: mean(policy.rejected),
    chosenLength: mean(lengths.chosen), rejectedLength: mean(lengths.rejected),
    ...(nll && { nll }),
  } satisfies Record<keyof Omit<PreferenceMeasures, 'nll'>, Tensor>;
  for (const [name, value] of Object.entries(measures)) measure(name, value);
}
