// Resumes a run from its checkpoint, with the same model, data and order of batches. Some settings may be changed.
import { readCheckpoint, readModelConfig, resumeTrainer } from '@kk/gpt/node';
import type { Tokenizer } from '@kk/tokenizer';
import { loadTokenizer } from '@kk/tokenizer/node';
import { writerTo } from '@kk/whole-file';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { pathOf } from '../files/data.js';
import { modelFilesIn, tokenizerFile } from '../files/model-folder.js';
import { withOutputFolder } from '../files/output-folder.js';
import { fullPath, quotePath, shortPath } from '../files/paths.js';
import { type TextFacts, TextFiles } from '../files/text-files.js';
import { blasToGoOn, computedBy, otherBackend } from '../options/computed-by.js';
import { blasPath, openEngine, type Device } from '../options/device.js';
import { type WeightedFile, weightedFiles } from '../options/weighted-file.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { encodeSplit, type TrainingData } from './data.js';
import { refuseWeightedText } from './kind-of-data.js';
import { recordFromJSON, type RunRecord } from './record.js';
import { checkReport } from './report/report-file.js';
import { TrainingRun } from './run.js';
import { changeableNames, changeableOptions, checkSchedule, type ChangeableSettings } from './settings.js';
import { openTokenData } from './token-data.js';

const numbers = numberFormats('en');

export interface ResumeRunOptions {
  /** Full path. */
  folder: string;
  /** The new paths of the data, if it was moved. Files of tokens may have their weights again. */
  data: readonly string[] | undefined;
  /** Full path of the page about the run. */
  report: string | undefined;
  /** Whether to replace a page that is not of this run. */
  force: boolean;
  /** Default: the device that the run was started on. */
  device: Device | undefined;
  threads: number | undefined;
  /** Default: as before. */
  blas: string | undefined;
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

    const given = options.data && (await weightedFiles(context.io.cwd, options.data, 'kk train'));
    await checkReport(context, options.report, { force: options.force, reads: given?.map(({ path }) => pathOf(context, path)) ?? record.data, written: record.reports });
    const text = record.tokenFiles ? undefined : await readText(context, record, given, shown, options.quiet);
    const tokenizer = await loadTokenizer(tokenizerFile(folder));
    if (files.includes('config.json')) {
      const { vocabSize } = await readModelConfig(folder);
      if (tokenizer.vocabSize !== vocabSize) throw new Failure(`tokenizer.json in ${shown} has ${tokenizer.vocabSize} tokens, the model ${vocabSize}: they do not belong together.`, 'Put the tokenizer of the model there.');
    }
    const data = text ? await encodeSplit(context, text.files, text.facts, record.validation, tokenizer, options.quiet) : await openTokens(context, record, options, given, tokenizer, shown);
    context.throwIfInterrupted();

    const device = options.device ?? record.device;
    const blas = blasPath(context.io.cwd, options.blas) ?? (device === 'wasm' ? blasToGoOn(record.computedBy) : undefined);
    const engine = await openEngine({ device, threads: options.threads, blas });
    try {
      const { trainer } = await resumeTrainer(engine, folder, data.training, { changes: changeableOptions(settings) });
      const all = [...record.changes, ...changes.map((change) => ({ step: stepsDone, ...change }))];
      const reports = [...new Set([...record.reports, ...(options.report === undefined ? [] : [options.report])])];
      const run = new TrainingRun(context, engine, trainer, data, folder, { ...record, data: data.paths, reports, device, computedBy: computedBy(engine), settings, changes: all }, output);
      run.savedStep = stepsDone;
      run.changes = changes;
      run.backendBefore = otherBackend(record.computedBy, engine);
      return run;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  });
}

/**
 * Reads the text of the run.
 * @param given  its files, if they were moved
 * @throws {Failure} when it is another one
 */
async function readText(context: Context, record: RunRecord, given: readonly WeightedFile[] | undefined, shown: string, quiet: boolean): Promise<{ files: TextFiles; facts: TextFacts }> {
  if (given) refuseWeightedText(given);
  const files = new TextFiles(context, given?.map(({ path }) => path) ?? record.data.map((path) => shortPath(context.io.cwd, path)));
  const progress = new Progress(context.errors);
  const facts = await files.measure((share) => !quiet && progress.update(() => ` Reading the text: ${numbers.percent(share)}`));
  progress.done();
  if (facts.hash !== record.textHash) throw new Failure(`The text is not the one that ${shown} was trained on.`, SAME_FILES);
  return { files, facts };
}

/**
 * Opens the files of tokens of the run, with their weights.
 * @param given  the files, if they were moved. Where none of them has a weight, the run's weights are meant.
 * @throws {Failure} when they are other ones, or have other weights
 */
async function openTokens(context: Context, record: RunRecord, { data }: ResumeRunOptions, given: readonly WeightedFile[] | undefined, tokenizer: Tokenizer, shown: string): Promise<TrainingData> {
  const { weights, ...rows } = record.tokenFiles!;
  const paths = given?.map(({ path }) => fullPath(context.io.cwd, path)) ?? record.data;
  const others = new Failure(`The files of tokens are not those that ${shown} was trained on.`, SAME_FILES);
  if (paths.length !== weights.length) throw others;
  // A path that is shorter than what was typed had a weight behind it.
  if (given?.some(({ path }, i) => path !== data![i]) && given.some(({ weight }, i) => weight !== weights[i])) {
    const known = given.map(({ path }, i) => `${quotePath(path)}:${weights[i]}`).join(' ');
    throw new UsageError(`--data gives other weights than ${shown} was trained with; they cannot change.`, `Give the same: --data ${known}`);
  }
  const files = paths.map((path, i) => ({ path, weight: weights[i] }));
  const opened = await openTokenData({ files, tokenizer, validation: record.validation, ...rows }, () => context.throwIfInterrupted());
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
