// A run of training, made ready: the text read and split, the tokenizer, the trainer, and where it is saved.
// New runs and resumed ones differ only here; what happens afterwards is the same.
import { join } from 'node:path';
import { GPT, Trainer } from '@kk/gpt';
import { readCheckpointExtra, resumeTrainer, saveCheckpoint } from '@kk/gpt/node';
import { type Engine } from '@kk/nn-core';
import { type Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { type Context } from '../context.js';
import { describe, Failure, isOutOfSpace } from '../errors.js';
import { modelFilesIn, makeFolder, tokenizerFile } from '../files/model-folder.js';
import { fullPath, quotePath, shortPath } from '../files/paths.js';
import { readData } from '../files/data.js';
import { encodeText, makeTokenizer, predictedBytes } from '../files/tokenizers.js';
import { openDevice } from '../options/choose-device.js';
import { openEngine, type Device, type DeviceOptions } from '../options/device.js';
import { type TokenizerSpec } from '../options/tokenizer-spec.js';
import { Progress } from '../terminal/progress.js';
import { hashText, recordFromJSON, recordToJSON, type RunRecord } from './record.js';
import { checkMemory, gptConfig, trainerOptions, type TrainingSettings } from './settings.js';
import { splitText } from './split.js';

/** A text, cut in two and turned into ids. */
export interface TrainingData {
  /** Full paths of the files. */
  paths: string[];
  textHash: string;
  characters: number;
  tokenizer: Tokenizer;
  /** Ids to train on. */
  training: Int32Array;
  /** Ids to check on. */
  validation: Int32Array;
  /** UTF-8 bytes of the validation text that are predicted, that is, without its first token. */
  validationBytes: number;
}

export class TrainingRun {
  /** The step of the checkpoint in the folder, if there is one. */
  savedStep: number | undefined;

  constructor(
    readonly context: Context,
    readonly engine: Engine,
    readonly trainer: Trainer,
    readonly data: TrainingData,
    readonly folder: string,
    readonly record: RunRecord,
  ) {}

  /** The folder as people read it. */
  get shownFolder(): string {
    return shortPath(this.context.io.cwd, this.folder);
  }

  /** What to type to go on with this run. */
  get resumeCommand(): string {
    return `${this.context.io.command} train --resume ${quotePath(this.shownFolder)}`;
  }

  /**
   * Saves model, tokenizer and checkpoint.
   * @throws {Failure} when that does not work; an earlier checkpoint is still there then
   */
  async save(): Promise<void> {
    const { stepsDone } = this.trainer;
    if (this.savedStep === stepsDone) return;
    try {
      await saveCheckpoint(this.folder, this.trainer, { tokenizer: this.data.tokenizer.toJSON(), extra: recordToJSON(this.record, this.folder) });
    } catch (error) {
      const why = isOutOfSpace(error) ? 'The disk is full' : describe(error).replace(/\.$/, '');
      const intact = this.savedStep === undefined ? '' : `The checkpoint of step ${this.savedStep} is intact: `;
      const remedy = this.savedStep === undefined ? 'Make room or choose another --out.' : `make room, then go on with ${this.resumeCommand}`;
      throw new Failure(`${why}: step ${stepsDone} could not be saved in ${this.shownFolder}.`, intact + remedy, { cause: error });
    }
    this.savedStep = stepsDone;
  }

  dispose(): void {
    this.trainer.dispose();
    this.engine.dispose();
  }
}

export interface NewRunOptions extends DeviceOptions {
  settings: TrainingSettings;
  data: readonly string[];
  tokenizer: TokenizerSpec;
  /** Full path. */
  folder: string;
  /** Replace a model that is in the folder. */
  force: boolean;
  /** No progress while the tokenizer learns. */
  quiet: boolean;
}

/** @throws {Error} naming what is missing, too short, in the way or impossible */
export async function startRun(context: Context, options: NewRunOptions): Promise<TrainingRun> {
  const { settings, folder, quiet } = options;
  const shown = shortPath(context.io.cwd, folder);
  const present = await modelFilesIn(folder);
  if (present.length > 0 && !options.force) {
    const resume = present.includes('checkpoint.safetensors') ? `Go on with it: --resume ${quotePath(shown)}. ` : '';
    throw new Failure(`${shown} already holds a model (${present.join(', ')}).`, `${resume}Replace it: --force. Or choose another folder: --out DIR.`);
  }
  const { text, paths } = await readData(context, options.data);
  const split = splitText(text, settings.validation);
  const progress = new Progress(context.errors);
  const tokenizer = await makeTokenizer(
    options.tokenizer,
    { all: text, training: split.training },
    { cwd: context.io.cwd, onProgress: ({ tokens, vocabSize }) => !options.quiet && progress.update(() => `Learning the tokenizer: ${tokens} of ${vocabSize} tokens`) },
  );
  progress.done();
  context.throwIfInterrupted();
  const data = encodeSplit(text, split, paths, tokenizer);
  checkLength(data, settings.context);
  const config = gptConfig(settings, tokenizer.vocabSize);
  checkMemory(config, settings.batch);
  await makeFolder(folder, shown);
  context.throwIfInterrupted();

  const { engine, device } = await openDevice(context, options, () => ({ config, batchSize: settings.batch }), quiet);
  try {
    const model = new GPT(engine, config, { seed: settings.seed });
    const trainer = new Trainer(model, data.training, trainerOptions(settings));
    const record: RunRecord = { verb: 'train', data: paths, textHash: data.textHash, validation: settings.validation, device };
    return new TrainingRun(context, engine, trainer, data, folder, record);
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

export interface ResumeOptions {
  /** Full path. */
  folder: string;
  /** Where the text is now, if it has moved. */
  data: readonly string[] | undefined;
  /** Default: the one that the run was started on. */
  device: Device | undefined;
  threads: number | undefined;
}

/** @throws {Error} when there is no checkpoint, it is damaged, or the text is another one */
export async function resumeRun(context: Context, options: ResumeOptions): Promise<TrainingRun> {
  const { folder } = options;
  const shown = shortPath(context.io.cwd, folder);
  if (!(await modelFilesIn(folder)).includes('checkpoint.safetensors')) throw new Failure(`There is no checkpoint in ${shown}.`, 'Start a new run: kk train --data FILE --out DIR');
  const record = recordFromJSON(await readCheckpointExtra(folder), folder, shown);
  if (record.verb === 'demo') throw new Failure(`The model in ${shown} is from kk demo, which keeps no text to go on with.`, 'Train one of your own: kk train --data FILE');
  const { text, paths } = await readData(context, options.data ?? record.data.map((path) => shortPath(context.io.cwd, path)));
  if (hashText(text) !== record.textHash) {
    throw new Failure(`The text is not the one that ${shown} was trained on.`, 'Give the same files in the same order with --data, or start a new run.');
  }
  const tokenizer = await loadTokenizer(tokenizerFile(folder));
  const data = encodeSplit(text, splitText(text, record.validation), paths, tokenizer);
  context.throwIfInterrupted();

  const device = options.device ?? record.device;
  const engine = await openEngine({ device, threads: options.threads });
  try {
    const { trainer } = await resumeTrainer(engine, folder, data.training);
    const run = new TrainingRun(context, engine, trainer, data, folder, { ...record, data: paths, device });
    run.savedStep = trainer.stepsDone;
    return run;
  } catch (error) {
    engine.dispose();
    throw error;
  }
}

function encodeSplit(text: string, split: { training: string; validation: string }, paths: string[], tokenizer: Tokenizer): TrainingData {
  const validation = encodeText(tokenizer, split.validation);
  return {
    paths,
    textHash: hashText(text),
    characters: text.length,
    tokenizer,
    training: encodeText(tokenizer, split.training),
    validation,
    validationBytes: predictedBytes(tokenizer, split.validation, validation),
  };
}

function checkLength({ training }: TrainingData, context: number): void {
  if (training.length > context) return;
  const have = `The text to train on has ${training.length} ${training.length === 1 ? 'token' : 'tokens'}`;
  throw new Failure(`${have}, but one context of ${context} needs ${context + 1}.`, 'Give more text, or a shorter --context.');
}

/** The folder of a run whose user did not name one. */
export function defaultFolder(cwd: string, firstFile: string): string {
  const name = firstFile.split(/[\\/]/).at(-1) ?? '';
  return fullPath(cwd, join('runs', name.replace(/\.[^.]*$/, '') || 'model'));
}
