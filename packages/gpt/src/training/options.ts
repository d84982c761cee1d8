// The options of a training run, besides the model and the text.
import { checkOptions, type OptionNames } from '@kk/nn-core';

/** A group of parameters with its own learning rate or weight decay. */
export interface NamedGroup {
  /** Names of parameters, or of modules that contain them, as in `Module.freeze`: `blocks.*.attention`. */
  readonly names: readonly string[];
  /** The highest learning rate of the group; the schedule scales it like that of the run. Default: that of the run. */
  readonly learningRate?: number;
  /** Default: that of the run. */
  readonly weightDecay?: number;
}

export interface TrainingOptions {
  /** The number of steps of the whole run. */
  steps: number;
  /** Highest learning rate, reached after the warm-up. */
  learningRate: number;
  /** Learning rate at the end of the cosine schedule. */
  minimumLearningRate: number;
  /** Steps in which the learning rate rises, at most `steps`. */
  warmupSteps: number;
  /** Default AdamW. */
  optimizer?: 'AdamW' | 'SGD';
  /** AdamW's decay rates of the two moments. */
  betas: readonly [number, number];
  /** SGD's momentum, default 0. */
  momentum?: number;
  /** Weight decay; with AdamW only of matrices and embeddings. */
  weightDecay: number;
  /**
   * Groups of parameters with their own learning rate or decay. A parameter belongs to the first group that names it; all others use the
   * options of the run. Default none.
   */
  groups?: readonly NamedGroup[];
  /** Gradients are scaled down to this global norm; Infinity turns clipping off. */
  maximumGradientNorm: number;
  /**
   * A step with a higher loss stops the training and changes nothing. Above 0; default Infinity, and for a `Trainer` ten times the loss of
   * guessing: 10 ln(vocabSize).
   */
  maximumLoss?: number;
  /** Determines dropout, and for a `Trainer` also the batches. */
  seed: number;
}

/** The options of pretraining. */
export interface TrainerOptions extends TrainingOptions {
  /** The number of windows of text that are computed at once. */
  batchSize: number;
  /**
   * The number of batches whose gradients are accumulated in each step. It has the effect of a batch that much larger, with the memory of
   * one.
   */
  accumulationSteps: number;
}

/** The settings of nanoGPT's training run on a CPU. */
export const defaultTrainingOptions: TrainingOptions = {
  steps: 2000,
  learningRate: 1e-3,
  minimumLearningRate: 1e-4,
  warmupSteps: 100,
  betas: [0.9, 0.99],
  weightDecay: 0.1,
  maximumGradientNorm: 1,
  seed: 1337,
};

/**
 * The options with defaults where they are left out. The lowest rate follows the highest one, as a tenth of it, and the warm-up of a short
 * run is a tenth of its steps.
 */
export function withDefaults<T extends TrainingOptions>(defaults: T, given: Partial<T>): T {
  const { learningRate, steps } = given;
  return {
    ...defaults,
    ...(learningRate === undefined ? {} : { minimumLearningRate: learningRate / 10 }),
    ...(steps === undefined ? {} : { warmupSteps: Math.min(defaults.warmupSteps, Math.floor(steps / 10)) }),
    ...given,
  };
}

/** The names of the options of every trainer. */
export const trainingOptionNames: OptionNames<Partial<TrainingOptions>> = {
  steps: 'optional',
  learningRate: 'optional',
  minimumLearningRate: 'optional',
  warmupSteps: 'optional',
  optimizer: 'optional',
  betas: 'optional',
  momentum: 'optional',
  weightDecay: 'optional',
  groups: 'optional',
  maximumGradientNorm: 'optional',
  maximumLoss: 'optional',
  seed: 'optional',
};

/** The names of the options of pretraining. */
export const trainerOptionNames: OptionNames<Partial<TrainerOptions>> = { ...trainingOptionNames, batchSize: 'optional', accumulationSteps: 'optional' };

const GROUP_NAMES: OptionNames<NamedGroup> = { names: 'required', learningRate: 'optional', weightDecay: 'optional' };

/** The same settings with nanoGPT's batches. */
export const defaultTrainerOptions: TrainerOptions = { ...defaultTrainingOptions, batchSize: 12, accumulationSteps: 1 };

/** The options that may change when a run is resumed from a checkpoint; changing any other would make it another run. */
export type ResumeChanges = Partial<Pick<TrainerOptions, (typeof changeableOptions)[number]>>;

export const changeableOptions = ['steps', 'learningRate', 'minimumLearningRate', 'warmupSteps', 'weightDecay', 'maximumGradientNorm', 'maximumLoss'] as const;

/** Throws a RangeError that names the first change that is not allowed. */
export function checkResumeChanges(changes: ResumeChanges): void {
  const wrong = Object.keys(changes).find((name) => !(changeableOptions as readonly string[]).includes(name));
  if (wrong !== undefined) throw new RangeError(`A run cannot go on with another ${wrong}: it would not be the same run. What may change is ${changeableOptions.join(', ')}.`);
}

/** Text in quotes, so that `"1e-3"` is seen to be text. */
const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value));

type WholeOption = 'batchSize' | 'accumulationSteps' | 'steps' | 'warmupSteps' | 'seed';

function checkWhole(options: Partial<TrainerOptions>, name: WholeOption, minimum: number): void {
  if (!Number.isSafeInteger(options[name]) || options[name]! < minimum) {
    throw new RangeError(`Trainer: ${name} is ${shown(options[name])}; expected a whole number of at least ${minimum}.`);
  }
}

/** Throws a RangeError that names the first invalid option. The optimizer checks betas, momentum and groups. */
export function checkTrainingOptions(options: TrainingOptions): void {
  checkWhole(options, 'steps', 1);
  checkWhole(options, 'warmupSteps', 0);
  checkWhole(options, 'seed', 0);
  for (const name of ['learningRate', 'minimumLearningRate', 'weightDecay'] as const) {
    if (typeof options[name] !== 'number' || !(options[name] >= 0 && options[name] < Infinity)) throw new RangeError(`Trainer: ${name} is ${shown(options[name])}; expected a number of at least 0.`);
  }
  if (options.minimumLearningRate > options.learningRate) {
    throw new RangeError(`Trainer: minimumLearningRate is ${options.minimumLearningRate}, above learningRate ${options.learningRate}, from which the learning rate falls: give a smaller minimumLearningRate.`);
  }
  for (const name of ['maximumGradientNorm', 'maximumLoss'] as const) {
    const most = options[name] ?? Infinity;
    if (typeof most !== 'number' || !(most > 0)) throw new RangeError(`Trainer: ${name} is ${shown(most)}; expected a number above 0, or Infinity.`);
  }
  if (options.warmupSteps > options.steps) {
    throw new RangeError(`Trainer: warmupSteps is ${options.warmupSteps}, but there are only ${options.steps} steps, so the learning rate would never be reached: give fewer warm-up steps or more steps.`);
  }
  for (const group of options.groups ?? []) checkOptions('Trainer: a group', group, GROUP_NAMES);
  if (!['AdamW', 'SGD'].includes(options.optimizer ?? 'AdamW')) throw new RangeError(`Trainer: optimizer is ${JSON.stringify(options.optimizer)}; expected "AdamW" or "SGD".`);
}

/** Like `checkTrainingOptions`, for pretraining. */
export function checkTrainerOptions(options: TrainerOptions): void {
  checkWhole(options, 'batchSize', 1);
  checkWhole(options, 'accumulationSteps', 1);
  checkTrainingOptions(options);
}
