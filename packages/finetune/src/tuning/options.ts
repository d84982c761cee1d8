// Declares what every tuning is told: which part of the model is trained, for how long, and how the trainer works.
import type { TaskTrainerMode, TrainerOptions } from '@kk/gpt';
import type { OptionNames } from '@kk/nn-core';
import type { TrainedPart } from './trained-part.js';

export interface TuningOptions {
  /** What is trained; default `'full'`. */
  trained?: TrainedPart;
  /** Ids of tokens that the model has not been trained on: their embeddings are trained whatever `trained` is. Default none. */
  newTokens?: readonly number[];
  /** How often each example is learned, unless `training.steps` is given. Above 0; default 3, or more where that is fewer than 60 steps. */
  epochs?: number;
  /**
   * Options of the trainer. Defaults that differ from pretraining: a learning rate that suits what is trained, batches of 8, or of fewer where a step
   * would otherwise learn examples twice, 10 % of the steps to warm up, no weight decay.
   */
  training?: Partial<TrainerOptions>;
  /** How the steps are computed. */
  mode?: TaskTrainerMode;
}

export const tuningOptionNames: OptionNames<TuningOptions> = { trained: 'optional', newTokens: 'optional', epochs: 'optional', training: 'optional', mode: 'optional' };
