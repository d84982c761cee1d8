// Pretraining: trains a model to predict the next token of a text, step by step.
import { boundsOf, QuantizedLinear, type OptionNames } from '@kk/nn-core';
import type { Transformer } from '../model/transformer.js';
import { randomBatch } from './batches.js';
import { flopsPerToken } from './flops.js';
import { checkTrainerOptions, defaultTrainerOptions, trainerOptionNames, withDefaults, type TrainerOptions } from './options.js';
import { TaskTrainer, type TaskStepReport, type TaskTrainerMode } from './task-trainer.js';
import type { BatchArray, TrainingTask } from './task.js';
import { checkTokenIds, type TokenIds } from './token-ids.js';

export interface StepReport extends TaskStepReport {
  /** Tokens seen in this step. */
  readonly tokens: number;
  /** 10^9 floating-point operations per second, as counted by `flopsPerToken`. */
  readonly gigaflops: number;
}

export interface TrainerMode extends TaskTrainerMode {
  /**
   * Keeps only the output of each block in the forward pass, and recomputes its inner results for the gradient. It takes about a third more
   * time and much less memory (see `trainer.arenaBytes`). The numbers are the same. Default false.
   */
  activationCheckpointing?: boolean;
}

/** int32 (batchSize, contextLength) each: the ids, and at each place the next id. */
type Windows = Readonly<Record<'inputs' | 'targets', BatchArray>>;

export class Trainer<M extends Transformer = Transformer> extends TaskTrainer<M, Windows> {
  protected static override readonly optionNames = trainerOptionNames;
  protected static override readonly modeNames: OptionNames<TrainerMode> = { ...TaskTrainer.modeNames, activationCheckpointing: 'flag' };
  declare readonly options: TrainerOptions;

  /**
   * @param data the ids of the whole text, longer than the model's context
   * @throws RangeError when the text is too short, an id is not in the vocabulary, or an option is invalid; TypeError when the text is a
   * plain array, or an option is unknown; Error when the model has int8 weights
   */
  constructor(
    model: M,
    readonly data: TokenIds,
    options: Partial<TrainerOptions> = {},
    mode: TrainerMode = {},
  ) {
    const all: TrainerOptions = { maximumLoss: maximumLossOf(model), ...withDefaults(defaultTrainerOptions, options) };
    checkTrainerOptions(all);
    checkData(model, data);
    checkHasGradients(model);
    super(model, pretraining(model, data, all, mode.activationCheckpointing ?? false), all, mode);
  }

  override async step(): Promise<StepReport> {
    const report = await super.step();
    const tokens = this.options.batchSize * this.options.accumulationSteps * this.model.config.contextLength;
    return { ...report, tokens, gigaflops: (flopsPerToken(this.model.config) * tokens) / report.seconds / 1e9 };
  }
}

/** The loss of guessing is ln(vocabSize); no training recovers from ten times that. */
const maximumLossOf = ({ config }: Transformer): number => 10 * Math.log(Math.max(2, config.vocabSize));

function checkData({ config: { contextLength, vocabSize } }: Transformer, data: TokenIds): void {
  checkTokenIds('Trainer', data);
  if (data.length <= contextLength) {
    throw new RangeError(`Trainer: the text has ${data.length} tokens, but one window needs ${contextLength + 1}: give more text or a shorter context.`);
  }
  const { minimum, maximum } = boundsOf(data);
  if (minimum < 0 || maximum >= vocabSize) {
    throw new RangeError(`Trainer: the text holds ids from ${minimum} to ${maximum}, but the model's vocabulary ends at ${vocabSize - 1}: use the tokenizer that belongs to the model.`);
  }
}

/** Every gradient begins at the output layer, and goes back to the first parameter that is not frozen. */
function checkHasGradients(model: Transformer): void {
  if (model.outputEmbedding instanceof QuantizedLinear) throw new Error('Trainer: the model has int8 weights, through which no gradient goes: train first, then call quantizeModel().');
  const int8 = [...model.namedModules()].filter(([, module]) => module instanceof QuantizedLinear).map(([name]) => name);
  let trained: string | undefined;
  for (const [name, tensor] of model.namedTensors()) {
    const layer = int8.find((owner) => name.startsWith(`${owner}.`));
    if (layer !== undefined && trained !== undefined) throw new Error(`Trainer: ${layer} has int8 weights, through which no gradient goes to ${trained}: train first, then round, or freeze all that is before it.`);
    if (layer === undefined && tensor.requiresGradient) trained ??= name;
  }
}

/** Windows at random places of the text, with the cross-entropy of the next tokens. */
function pretraining(model: Transformer, data: TokenIds, { batchSize, accumulationSteps, seed }: TrainerOptions, activationCheckpointing: boolean): TrainingTask<Windows> {
  const { contextLength } = model.config;
  const batchTokens = batchSize * contextLength;
  return {
    batch(step) {
      const { inputs, targets } = randomBatch(data, { batchSize: batchSize * accumulationSteps, contextLength, seed, step });
      const part = (ids: Int32Array, i: number): BatchArray => ({ values: ids.subarray(i * batchTokens, (i + 1) * batchTokens), shape: [batchSize, contextLength] });
      return Array.from({ length: accumulationSteps }, (_, i) => ({ inputs: part(inputs, i), targets: part(targets, i) }));
    },
    loss({ inputs, targets }) {
      model.checkpointsActivations = activationCheckpointing;
      try {
        return model.loss(inputs, targets);
      } finally {
        model.checkpointsActivations = false;
      }
    },
  };
}
