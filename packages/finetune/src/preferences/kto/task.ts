// The training task of KTO: the batches of a step, their loss, and what is logged of them.
import type { BatchTensors, Measure, TrainingTask, Transformer } from '@kk/gpt';
import { clip, divide, multiply, slice, sum, subtract, mean, scale, type Tensor } from '@kk/nn-core';
import type { Adapter } from '../../lora/adapter.js';
import { answerLogProbabilities } from '../log-probabilities.js';
import { ktoLoss, type KtoOptions } from '../losses/kto.js';
import type { RatedBatch, RatedRows } from './rated-rows.js';

/** What is logged of answers: means over them. */
export interface KtoMeasures {
  /** Of wanted answers, 0 where a batch has none: beta (log pi - log pi_ref). */
  readonly desirableReward: number;
  /** Of the others. */
  readonly undesirableReward: number;
  /** desirableReward - undesirableReward. */
  readonly margin: number;
  /** z0, the estimate of the KL divergence from the reference that the loss is computed with, in nats an answer, 0 or more. */
  readonly kl: number;
}

export interface KtoTaskOptions {
  readonly model: Transformer;
  readonly loss: KtoOptions;
  /** The model without it, or another model. */
  readonly reference: Adapter | Transformer;
  readonly batchSize: number;
  readonly accumulationSteps: number;
}

export class KtoTask implements TrainingTask<RatedBatch> {
  readonly #rows: RatedRows;
  readonly #options: KtoTaskOptions;

  constructor(rows: RatedRows, options: KtoTaskOptions) {
    this.#rows = rows;
    this.#options = options;
  }

  batch(step: number): RatedBatch[] {
    const { batchSize, accumulationSteps } = this.#options;
    const first = step * batchSize * accumulationSteps;
    return Array.from({ length: accumulationSteps }, (_, i) => this.#rows.batch(Array.from({ length: batchSize }, (_one, at) => this.#rows.answerAt(first + i * batchSize + at))));
  }

  /** No dropout: it would make the policy differ from the reference before anything is learned. */
  loss({ inputs, targets, desirable }: BatchTensors<RatedBatch>, measure?: Measure): Tensor {
    const { model, loss: options } = this.#options;
    const { engine } = model;
    model.setTraining(false);
    const answers = desirable.size;
    const reference = engine.noGradient(() => this.#reference(inputs, targets));
    const own = slice(inputs, 0, 0, answers);
    const policy = answerLogProbabilities(model, own, slice(targets, 0, 0, answers));
    // No gradient flows through the mismatched answers.
    const mismatched = engine.noGradient(() => answerLogProbabilities(model, slice(inputs, 0, answers, answers), slice(targets, 0, answers, answers)));
    const found = ktoLoss({ policy, reference: slice(reference, 0, 0, answers), desirable, mismatched: { policy: mismatched, reference: slice(reference, 0, answers, answers) } }, options);
    if (measure) engine.noGradient(() => report(measure, found.rewards, desirable, found.kl));
    return found.loss;
  }

  /** (2 n) */
  #reference(inputs: Tensor, targets: Tensor): Tensor {
    const { model, reference } = this.#options;
    return 'without' in reference ? reference.without(() => answerLogProbabilities(model, inputs, targets)) : answerLogProbabilities(reference, inputs, targets);
  }
}

function report(measure: Measure, rewards: Tensor, desirable: Tensor, kl: Tensor): void {
  const undesirable = scale(desirable, -1, 1);
  const meanOf = (those: Tensor): Tensor => divide(sum(multiply(rewards, those)), clip(sum(those), 1, Infinity));
  const [wanted, others] = [meanOf(desirable), meanOf(undesirable)];
  measure('desirableReward', wanted);
  measure('undesirableReward', others);
  measure('margin', subtract(wanted, others));
  measure('kl', mean(kl));
}
