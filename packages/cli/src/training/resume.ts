// Resumes a run from its checkpoint, with the same model, data and order of batches. Some settings may be changed.
import { readCheckpoint, readModelConfig, resumeTrainer } from '@kk/gpt/node';
import { type Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { writerTo } from '@kk/whole-file';
import { type Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { modelFilesIn, tokenizerFile } from '../files/model-folder.js';
import { withOutputFolder } from '../files/output-folder.js';
import { fullPath, shortPath } from '../files/paths.js';
import { type TextFacts, TextFiles } from '../files/text-files.js';
import { openEngine, type Device } from '../options/device.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { encodeSplit, type TrainingData } from './data.js';
import { recordFromJSON, type RunRecord } from './record.js';
import { TrainingRun } from './run.js';
import { changeableNames, changeableOptions, checkSchedule, type ChangeableSettings } from './settings.js';
import { openTokenData } from './token-data.js';

const numbers = numberFormats('en');

export interface ResumeRunOptions {
  /** Full path. */
  folder: string;
  /** The new paths of the text, if it was moved. */
  data: readonly string[] | undefined;
  /** Default: the device that the run was started on. */
  device: Device | undefined;
  threads: number | undefined;
  /** The changed settings. */
  settings: Partial<ChangeableSettings>;
  /** Whether to hide the progress of reading the text. */
  quiet: boolean;
}

/** @throws {Error} when there is no checkpoint, it is damaged, the text has changed, or a setting is invalid */
export async function resumeRun(context: Context, options: ResumeRunOptions): Promise<TrainingRun> {
  const { folder } = options;
  const shown = shortPath(context.io.cwd, folder);
  const files = await modelFilesIn(folder);
  if (!files.includes('checkpoint.safetensors')) throw await missingCheckpoint(folder, shown);
  return withOutputFolder(folder, shown, async (output) => {
    const { stepsDone, extra } = await readCheckpoint(folder);
    const record = recordFromJSON(extra, folder, shown);
    if (record.verb === 'demo') throw new Failure(`The model in ${shown} is from kk demo, which keeps no text to go on with.`, 'Train one of your own: kk train --data FILE');
    const settings = { ...record.settings, ...options.settings };
    if (settings.steps < stepsDone) throw new UsageError(`--steps ${settings.steps} is below the ${stepsDone} steps that the run in ${shown} has done.`, 'Give more steps, or leave it out.');
    if (options.settings.evalEvery !== undefined && record.validation === 0) {
      throw new UsageError(`--eval-every has no effect: the run in ${shown} keeps no text for checking (--validation 0).`, 'Leave --eval-every out.');
    }
    checkSchedule(settings, options.settings);
    const changes = changeableNames.map((name) => ({ name, from: record.settings[name], to: settings[name] })).filter(({ from, to }) => from !== to);

    const text = record.tokenFiles ? undefined : await readText(context, record, options, shown);
    const tokenizer = await loadTokenizer(tokenizerFile(folder));
    if (files.includes('config.json')) {
      const { vocabSize } = await readModelConfig(folder);
      if (tokenizer.vocabSize !== vocabSize) throw new Failure(`tokenizer.json in ${shown} has ${tokenizer.vocabSize} tokens, the model ${vocabSize}: they do not belong together.`, 'Put the tokenizer of the model there.');
    }
    const data = text ? await encodeSplit(context, text.files, text.facts, record.validation, tokenizer, options.quiet) : await openTokens(context, record, options, tokenizer, shown);
    context.throwIfInterrupted();

    const device = options.device ?? record.device;
    const engine = await openEngine({ device, threads: options.threads });
    try {
      const { trainer } = await resumeTrainer(engine, folder, data.training, { changes: changeableOptions(settings) });
      const all = [...record.changes, ...changes.map((change) => ({ step: stepsDone, ...change }))];
      const run = new TrainingRun(context, engine, trainer, data, folder, { ...record, data: data.paths, device, settings, changes: all }, output);
      run.savedStep = stepsDone;
      run.changes = changes;
      return run;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  });
}

/**
 * Reads the text of the run.
 * @throws {Failure} when it is another one
 */
async function readText(context: Context, record: RunRecord, { data, quiet }: ResumeRunOptions, shown: string): Promise<{ files: TextFiles; facts: TextFacts }> {
  const files = new TextFiles(context, data ?? record.data.map((path) => shortPath(context.io.cwd, path)));
  const progress = new Progress(context.errors);
  const facts = await files.measure((share) => !quiet && progress.update(() => ` Reading the text: ${numbers.percent(share)}`));
  progress.done();
  if (facts.hash !== record.textHash) throw new Failure(`The text is not the one that ${shown} was trained on.`, SAME_FILES);
  return { files, facts };
}

/**
 * Opens the files of tokens of the run, with their weights.
 * @throws {Failure} when they are other ones
 */
async function openTokens(context: Context, record: RunRecord, { data }: ResumeRunOptions, tokenizer: Tokenizer, shown: string): Promise<TrainingData> {
  const { weights, ...options } = record.tokenFiles!;
  const paths = data?.map((file) => fullPath(context.io.cwd, file)) ?? record.data;
  const others = new Failure(`The files of tokens are not those that ${shown} was trained on.`, SAME_FILES);
  if (paths.length !== weights.length) throw others;
  const files = paths.map((path, i) => ({ path, weight: weights[i] }));
  const opened = await openTokenData({ files, tokenizer, validation: record.validation, ...options }, () => context.throwIfInterrupted());
  if (opened.textHash !== record.textHash) throw others;
  return opened;
}

const SAME_FILES = 'Give the same files in the same order with --data, or start a new run.';

/** The error for a folder without a checkpoint. A run that is at work there may write one soon. */
async function missingCheckpoint(folder: string, shown: string): Promise<Failure> {
  const writer = await writerTo(folder);
  if (writer === undefined) return new Failure(`There is no checkpoint in ${shown}.`, 'Start a new run: kk train --data FILE --out DIR');
  const where = writer.machine === undefined ? '' : ` on ${writer.machine}`;
  return new Failure(`There is no checkpoint in ${shown} yet: process ${writer.pid}${where} is at work in it.`, 'Wait for its first checkpoint and its end, or start a run in another folder: kk train --data FILE --out DIR');
}
