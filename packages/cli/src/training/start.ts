// Starts a new run: reads and splits the text, makes the tokenizer and initializes the model.
import { join } from 'node:path';
import { createTransformer, Trainer } from '@kk/gpt';
import type { Context } from '../context.js';
import { Failure, UsageError } from '../errors.js';
import { pathOf } from '../files/data.js';
import { tokenizerBeside } from '../files/token-files.js';
import { refuseReplacingInput } from '../files/new-file.js';
import { withOutputFolder } from '../files/output-folder.js';
import { fullPath, quotePath, shortPath } from '../files/paths.js';
import { RUN_FILES, runFilesIn } from '../files/run-files.js';
import { TextFiles } from '../files/text-files.js';
import { askedInVain, learningInWords, loadTokenizerFile, makeTokenizer, noTexts } from '../files/tokenizers.js';
import { openDevice } from '../options/choose-device.js';
import { computedBy } from '../options/computed-by.js';
import type { DeviceOptions } from '../options/device.js';
import type { TokenizerSpec } from '../options/tokenizer-spec.js';
import { type WeightedFile, weightedFiles } from '../options/weighted-file.js';
import { numberFormats } from '../terminal/numbers.js';
import { Progress } from '../terminal/progress.js';
import { encodeSplit, type TrainingData } from './data.js';
import { areTokens } from './kind-of-data.js';
import type { RunRecord } from './record.js';
import { checkReport } from './report/report-file.js';
import { TrainingRun } from './run.js';
import { changeableOf, checkMemory, modelConfig, trainerOptions, type TrainingSettings } from './settings.js';
import { smallPieces } from './small-pieces.js';
import { trainingCharacters } from './split.js';
import { openTokenData } from './token-data.js';

const numbers = numberFormats('en');

export interface NewRunOptions extends DeviceOptions {
  settings: TrainingSettings;
  data: readonly string[];
  /** Undefined: characters of a text; for files of tokens, the one beside them. */
  tokenizer: TokenizerSpec | undefined;
  /** Full path. */
  folder: string;
  /** Full path of the page about the run. */
  report: string | undefined;
  /** Whether to replace an existing model in the folder, and an existing page. */
  force: boolean;
  /** Whether to hide the progress of reading the text and training the tokenizer. */
  quiet: boolean;
}

/** @throws {Error} naming what is missing, too short, already there or impossible */
export async function startRun(context: Context, options: NewRunOptions): Promise<TrainingRun> {
  const { folder } = options;
  const shown = shortPath(context.io.cwd, folder);
  const files = await weightedFiles(context.io.cwd, options.data, 'kk train');
  const reads = files.map(({ path }) => pathOf(context, path));
  for (const name of RUN_FILES) await refuseReplacingInput(join(folder, name), shortPath(context.io.cwd, join(folder, name)), reads);
  await checkReport(context, options.report, { force: options.force, reads });
  return withOutputFolder(folder, shown, async (output) => {
    const present = await runFilesIn(folder);
    if (present.length > 0 && !options.force) {
      const resume = present.includes('checkpoint.safetensors') ? `Go on with it: --resume ${quotePath(shown)}. ` : '';
      throw new Failure(`${shown} already holds a model (${present.join(', ')}).`, `${resume}Replace it: --force. Or choose another folder: --out DIR.`);
    }
    const { settings, quiet } = options;
    const data = (await areTokens(context, files)) ? await prepareTokens(context, options, files) : await prepareText(context, options, files);
    checkLength(data, settings.context);
    const config = modelConfig(settings, data.tokenizer.vocabSize);
    checkMemory(config, settings.batch);
    context.throwIfInterrupted();

    const { engine, device } = await openDevice(context, options, () => ({ config, batchSize: settings.batch }), quiet);
    try {
      const model = createTransformer(engine, config, { seed: settings.seed });
      const trainer = new Trainer(model, data.training, trainerOptions(settings));
      const { paths, weights, textHash } = data;
      const record: RunRecord = { verb: 'train', data: paths, ...(weights && { tokenFiles: { weights, context: settings.context, seed: settings.seed } }), reports: options.report === undefined ? [] : [options.report], textHash, validation: settings.validation, device, computedBy: computedBy(engine), settings: changeableOf(settings, trainer.options), changes: [] };
      return new TrainingRun(context, engine, trainer, data, folder, record, output);
    } catch (error) {
      engine.dispose();
      throw error;
    }
  });
}

/** Opens files of tokens with their tokenizer. */
async function prepareTokens(context: Context, { tokenizer: spec, settings }: NewRunOptions, files: readonly WeightedFile[]): Promise<TrainingData> {
  const { cwd, interrupt: signal } = context.io;
  if (spec && spec.kind !== 'file' && spec.kind !== 'ready-made') throw new UsageError(`--tokenizer ${spec.kind} is learned from a text, but ${files[0].path} holds tokens.`, 'Give the tokenizer that they were made with, or leave --tokenizer out where it is beside them.');
  const tokenizer = await (spec ? makeTokenizer(spec, noTexts, { cwd, signal }) : loadTokenizerFile(tokenizerBeside(files[0].path), { cwd, signal }));
  const full = files.map(({ path, weight }) => ({ path: fullPath(cwd, path), weight }));
  return openTokenData({ files: full, tokenizer, validation: settings.validation, context: settings.context, seed: settings.seed }, () => context.throwIfInterrupted());
}

/** Reads the text, makes the tokenizer, and encodes the text. */
async function prepareText(context: Context, { tokenizer: spec = { kind: 'char' }, settings, quiet }: NewRunOptions, files: readonly WeightedFile[]): Promise<TrainingData> {
  const text = new TextFiles(context, files.map(({ path }) => path));
  const { io } = context;
  const progress = new Progress(context.errors);
  const facts = await text.measure((share) => !quiet && progress.update(() => ` Reading the text: ${numbers.percent(share)}`));
  const characters = trainingCharacters(facts.characters, settings.validation);
  const training = counted(smallPieces(context, text.between(0, characters)), (read) => !quiet && progress.update(() => ` Reading the text for the tokenizer: ${numbers.percent(Math.min(1, read / characters))}`));
  const started = performance.now();
  const tokenizer = await makeTokenizer(
    spec,
    { alphabet: facts.alphabet, training },
    { cwd: io.cwd, signal: io.interrupt, onProgress: (state) => !quiet && progress.update(() => ` Learning the tokenizer: ${learningInWords(state, started)}`) },
  );
  progress.done();
  context.throwIfInterrupted();
  return { ...(await encodeSplit(context, text, facts, settings.validation, tokenizer, quiet)), requestedVocabSize: askedInVain(spec, tokenizer) };
}

/** The same chunks; tells the UTF-16 units that were read so far. */
async function* counted(chunks: AsyncIterable<string>, onProgress: (units: number) => void): AsyncGenerator<string, void, undefined> {
  let units = 0;
  for await (const chunk of chunks) {
    yield chunk;
    units += chunk.length;
    onProgress(units);
  }
}

function checkLength({ trainingTokens }: TrainingData, context: number): void {
  if (trainingTokens > context) return;
  const have = `The text to train on has ${trainingTokens} ${trainingTokens === 1 ? 'token' : 'tokens'}`;
  throw new Failure(`${have}, but one context of ${context} needs ${context + 1}.`, 'Give more text, or a shorter --context.');
}

/** The default folder of a run. */
export function defaultFolder(cwd: string, firstFile: string): string {
  const name = firstFile.split(/[\\/]/).at(-1) ?? '';
  return fullPath(cwd, join('runs', name.replace(/\.[^.]*$/, '') || 'model'));
}
