// Everything that decides how a training run goes, besides the model and the text.

export interface TrainerOptions {
  /** Windows of text that are computed at once. */
  batchSize: number;
  /** Batches whose gradients are added up in each step: as good as a batch that much larger, in the memory of one. */
  accumulationSteps: number;
  /** Steps of the whole run. */
  steps: number;
  /** Highest learning rate, reached after the warm-up. */
  learningRate: number;
  /** Learning rate at the end of the cosine. */
  minimumLearningRate: number;
  warmupSteps: number;
  /** AdamW's decay rates of the two moments. */
  betas: [number, number];
  /** AdamW's decay of matrices and embeddings. */
  weightDecay: number;
  /** Gradients are scaled down to this global norm; Infinity turns clipping off. */
  maximumGradientNorm: number;
  /** Decides batches and dropout. */
  seed: number;
}

/** The settings of nanoGPT's training run on a CPU. */
export const defaultTrainerOptions: TrainerOptions = {
  batchSize: 12,
  accumulationSteps: 1,
  steps: 2000,
  learningRate: 1e-3,
  minimumLearningRate: 1e-4,
  warmupSteps: 100,
  betas: [0.9, 0.99],
  weightDecay: 0.1,
  maximumGradientNorm: 1,
  seed: 1337,
};

/** What may be changed when a run goes on from a checkpoint: everything else would make it another run. */
export type ResumeChanges = Partial<Pick<TrainerOptions, (typeof changeableOptions)[number]>>;

const changeableOptions = ['steps', 'learningRate', 'minimumLearningRate', 'warmupSteps', 'weightDecay', 'maximumGradientNorm'] as const;

/** Throws a RangeError that names the first change that would break the run. */
export function checkResumeChanges(changes: ResumeChanges): void {
  const wrong = Object.keys(changes).find((name) => !(changeableOptions as readonly string[]).includes(name));
  if (wrong !== undefined) throw new RangeError(`A run cannot go on with another ${wrong}: it would not be the same run. What may change is ${changeableOptions.join(', ')}.`);
}

/** Throws a RangeError that names the first option that cannot be. */
export function checkTrainerOptions(options: TrainerOptions): void {
  const whole = (name: 'batchSize' | 'accumulationSteps' | 'steps' | 'warmupSteps' | 'seed', minimum: number): void => {
    if (!Number.isSafeInteger(options[name]) || options[name] < minimum) {
      throw new RangeError(`Trainer: ${name} is ${String(options[name])}; expected a whole number of at least ${minimum}.`);
    }
  };
  whole('batchSize', 1);
  whole('accumulationSteps', 1);
  whole('steps', 1);
  whole('warmupSteps', 0);
  whole('seed', 0);
  for (const name of ['learningRate', 'minimumLearningRate', 'weightDecay'] as const) {
    if (!(options[name] >= 0 && options[name] < Infinity)) throw new RangeError(`Trainer: ${name} is ${String(options[name])}; expected a number of at least 0.`);
  }
  if (!(options.maximumGradientNorm > 0)) throw new RangeError(`Trainer: maximumGradientNorm is ${String(options.maximumGradientNorm)}; expected a number above 0, or Infinity.`);
}
