// Trains a model to predict the next token of a text, step by step.
import { boundsOf, QuantizedLinear, type OptionNames } from '@kk/nn-core';
import type { RowBatch, TrainingRows } from '../data/training-rows.js';
import type { Transformer } from '../model/transformer.js';
import { randomBatch } from './batches.js';
import { flopsPerToken } from './flops.js';
import { checkTrainerOptions, defaultTrainerOptions, trainerOptionNames, withDefaults, type TrainerOptions } from './options.js';
import { packedLoss } from './packed-loss.js';
import { TaskTrainer, type TaskStepReport, type TaskTrainerMode } from './task-trainer.js';
import type { BatchArray, BatchArrays, TrainingTask } from './task.js';
import { checkTokenIds, type TokenIds } from './token-ids.js';

export interface StepReport extends TaskStepReport {
  /** Tokens seen in this step; of packed rows, all places, filler included. */
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

/** int32 (batchSize, contextLength) each: the ids, and at each place the next id; packed rows also have `segments` and `positions`. */
type PretrainingBatch = BatchArrays & Readonly<Record<'inputs' | 'targets', BatchArray>>;

export class Trainer<M extends Transformer = Transformer> extends TaskTrainer<M, PretrainingBatch> {
  protected static override readonly optionNames = trainerOptionNames;
  protected static override readonly modeNames: OptionNames<TrainerMode> = { ...TaskTrainer.modeNames, activationCheckpointing: 'flag' };
  declare readonly options: TrainerOptions;

  /**
   * @param data the ids of a text that is longer than the model's context, of which each step draws windows at random places; or rows in an
   *   order of their own, such as `ShuffledWindows`, `PackedDocuments` and `MixedRows` of `@kk/gpt/data`
   * @throws RangeError when the text is too short, its rows are of another length than the context, an id is not in the vocabulary, or an
   * option is invalid; TypeError when the text is a plain array, or an option is unknown; Error when the model has int8 weights
   */
  constructor(
    model: M,
    readonly data: TokenIds | TrainingRows,
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

function checkData({ config: { contextLength, vocabSize } }: Transformer, data: TokenIds | TrainingRows): void {
  const wrongTokenizer = 'use the tokenizer that belongs to the model';
  if (isRows(data)) {
    if (data.contextLength !== contextLength) throw new RangeError(`Trainer: the rows have ${data.contextLength} positions, but the model's context has ${contextLength}: make the rows with contextLength ${contextLength}.`);
    if (data.vocabSize > vocabSize) throw new RangeError(`Trainer: the rows are of a vocabulary of ${data.vocabSize} tokens, but the model has ${vocabSize}: ${wrongTokenizer}; where tokens were added to it, give the model rows for them: resizeVocabulary(model, ${data.vocabSize}). Open a file that does not say its vocabulary with { vocabSize }.`);
    return;
  }
  checkTokenIds('Trainer', data);
  if (data.length <= contextLength) {
    throw new RangeError(`Trainer: the text has ${data.length} tokens, but one window needs ${contextLength + 1}: give more text or a shorter context.`);
  }
  const { minimum, maximum } = boundsOf(data);
  if (minimum < 0 || maximum >= vocabSize) {
    throw new RangeError(`Trainer: the text holds ids from ${minimum} to ${maximum}, but the model's vocabulary ends at ${vocabSize - 1}: ${wrongTokenizer}.`);
  }
}

const isRows = (data: TokenIds | TrainingRows): data is TrainingRows => 'rows' in Object(data) && typeof (data as TrainingRows).rows === 'function';

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

/** The cross-entropy of the next tokens, in rows of the text. */
function pretraining(model: Transformer, data: TokenIds | TrainingRows, options: TrainerOptions, activationCheckpointing: boolean): TrainingTask<PretrainingBatch> {
  return {
    batch: isRows(data) ? (step) => consecutiveRows(data, options, step) : (step) => windows(data, model.config.contextLength, options, step),
    loss(batch) {
      const { inputs, targets, segments, positions } = batch;
      model.checkpointsActivations = activationCheckpointing;
      try {
        return segments && positions ? packedLoss(model, { inputs, targets, segments, positions }) : model.loss(inputs, targets);
      } finally {
        model.checkpointsActivations = false;
      }
    },
    // Windows of a text have as many targets in every batch.
    ...(isRows(data) && { targetCount: ({ targets }) => countTargets(targets.values) }),
  };
}

function countTargets(targets: BatchArray['values']): number {
  let count = 0;
  for (const target of targets) if (target >= 0) count++;
  return count;
}

/** Windows at random places of the text. */
function windows(data: TokenIds, contextLength: number, options: TrainerOptions, step: number): PretrainingBatch[] {
  const { batchSize, accumulationSteps, seed } = options;
  return inBatches(randomBatch(data, { batchSize: batchSize * accumulationSteps, contextLength, seed, step }), contextLength, options);
}

/** The rows after those of the earlier steps. */
async function consecutiveRows(data: TrainingRows, options: TrainerOptions, step: number): Promise<PretrainingBatch[]> {
  const count = options.batchSize * options.accumulationSteps;
  const rows = await data.rows(Array.from({ length: count }, (_, i) => step * count + i));
  return inBatches(rows, data.contextLength, options);
}

/** Cuts the rows of a step into the batches whose gradients are accumulated. */
function inBatches(rows: RowBatch, contextLength: number, { batchSize, accumulationSteps }: TrainerOptions): PretrainingBatch[] {
  const size = batchSize * contextLength;
  return Array.from({ length: accumulationSteps }, (_, i) => {
    const part = (ids: Int32Array): BatchArray => ({ values: ids.subarray(i * size, (i + 1) * size), shape: [batchSize, contextLength] });
    const { inputs, targets, segments, positions } = rows;
    return { inputs: part(inputs), targets: part(targets), ...(segments && positions && { segments: part(segments), positions: part(positions) }) };
  });
}
