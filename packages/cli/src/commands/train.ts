// `kk train`: trains a GPT on text files, or on files of tokens.
import type { Language } from '@kk/corpora';
import { DivergenceError, train } from '@kk/gpt';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { exitCodes, Interrupted, UsageError } from '../errors.js';
import { STANDARD_INPUT } from '../files/data.js';
import { fullPath, outputPath } from '../files/paths.js';
import { Verb } from '../grammar/verb.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { systemLanguage } from '../options/language.js';
import { integer } from '../options/parse.js';
import { TOKENIZERS, tokenizerNames, tokenizerSpec, type TokenizerSpec } from '../options/tokenizer-spec.js';
import { uiLanguageOption } from '../options/ui-language.js';
import { KeptCheckpoints } from '../training/keep.js';
import { estimateOf } from '../training/measured.js';
import { reportPath } from '../training/report/report-file.js';
import { ReportWriter } from '../training/report/write-report.js';
import { ConsoleReporter, JsonReporter, type TrainingReporter } from '../training/reporter.js';
import { resumeRun } from '../training/resume.js';
import type { TrainingRun } from '../training/run.js';
import { addSettings, changeableNames, checkSettings, flagOf, settingNames, type ChangeableSettings, type TrainingSettings } from '../training/settings.js';
import { speedOf } from '../training/speed.js';
import { defaultFolder, startRun } from '../training/start.js';
import { summarize } from '../training/summary.js';

interface TrainOptions extends TrainingSettings, DeviceOptions {
  data?: string[];
  tokenizer?: TokenizerSpec;
  report?: string;
  uiLang?: Language;
  out?: string;
  resume?: string;
  force?: boolean;
  quiet?: boolean;
  json?: boolean;
}

export function trainCommand(context: Context): Verb {
  const verb = new Verb('train')
    .summary('train a GPT on text files')
    .description('Trains a GPT on text files, or on files of tokens, and saves it as a Hugging Face folder, with a checkpoint to go on from.')
    .option('--data <file...>', 'text files, joined in this order; - is standard input; or files of tokens, FILE:3 for three times as many as of another')
    .addOption(new Option('--tokenizer <tokenizer>', `${TOKENIZERS} (default: char; of files of tokens, the one beside them)`).argParser(tokenizerSpec));
  addSettings(verb);
  return addDevice(verb)
    .addOption(new Option('--eval-every <n>', 'steps between two looks at unseen text').argParser(integer(1)).default(250))
    .addOption(new Option('--save-every <n>', 'steps between two checkpoints').argParser(integer(1)).default(250))
    .option('--out <dir>', 'folder for the model (default: runs/ and the name of the first file)')
    .option('--resume <dir>', 'go on with the checkpoint in this folder')
    .addOption(new Option('--keep <n>', 'earlier checkpoints to keep in checkpoints/ of the folder: the last n, and the best one').argParser(integer(0)).default(0))
    .option('--report <file>', 'a page (.html) that shows the run, with what the model writes on the way')
    .addOption(uiLanguageOption())
    .option('--force', 'replace a model that is in the folder, and a report that is there')
    .option('--quiet', 'say only how it ended')
    .option('--json', 'one JSON object a line')
    .argumentFor('data', 'file')
    .excludes(['evalEvery'], 'validation', 0)
    .needs(['uiLang'], 'report')
    .excludes(['dropout'], 'architecture', 'llama')
    .suggests('tokenizer', tokenizerNames)
    .requires(['data', 'resume'], 'For a text to try: kk corpus write --lang en --bytes 1MB --out stories.txt')
    .flows({ reads: { data: 'texts, or files of tokens', tokenizer: 'a tokenizer', resume: 'a checkpoint' }, writes: { out: 'a GPT with its tokenizer and a checkpoint', report: 'a page', stdout: 'how it goes' } })
    .notes(
      "The options' defaults are nanoGPT's run for one CPU. Ctrl-C saves a checkpoint and stops.",
      'With --json the last line holds valLoss, trainLoss, seconds, tokensPerSecond, gigaflops and peakShare.',
    )
    .examples('kk train book.txt', 'kk train a.txt b.txt --tokenizer bpe:1000 --steps 5000 --out runs/books', 'kk train --resume runs/books', 'kk train news.bin:3 books.bin --architecture llama --report run.html --keep 2')
    .does(async (options: TrainOptions, self) => {
      const reporter = options.json ? new JsonReporter(context, options.quiet === true) : new ConsoleReporter(context, options.quiet === true);
      const report = options.report === undefined ? undefined : reportPath(context, options.report);
      const run = options.resume === undefined ? await start(context, options, report) : await resume(context, options, options.resume, report, self);
      try {
        run.report = report;
        if (run.record.settings.keep > 0) run.kept = await KeptCheckpoints.open(run);
        await carryOut(run, options, reporter, report === undefined ? undefined : new ReportWriter(report, options.uiLang ?? systemLanguage(context.io.env), run.savedStep));
      } finally {
        run.dispose();
      }
    });
}

function start(context: Context, options: TrainOptions, report: string | undefined): Promise<TrainingRun> {
  const { data = [] } = options;
  checkSettings(options);
  const { cwd } = context.io;
  const folder = options.out === undefined ? defaultFolder(cwd, data[0] === STANDARD_INPUT ? 'stdin' : data[0].replace(/:\d+$/, '')) : outputPath(cwd, options.out);
  return startRun(context, { settings: options, data, tokenizer: options.tokenizer, device: options.device, threads: options.threads, blas: options.blas, folder, report, force: options.force === true, quiet: isQuiet(options) });
}

function resume(context: Context, options: TrainOptions, folder: string, report: string | undefined, self: Verb): Promise<TrainingRun> {
  const isGiven = (name: string): boolean => self.isGiven(name);
  const fixed = [...settingNames.filter((name) => !changeableNames.some((changeable) => changeable === name)), 'tokenizer', 'out', ...(report === undefined ? ['force'] : [])].filter(isGiven);
  if (fixed.length > 0) {
    throw new UsageError(
      `--resume goes on with the model, the tokenizer and the batches of the checkpoint; ${fixed.map(flagOf).join(', ')} cannot be given with it.`,
      `Leave it out, or start a new run. What may change: ${changeableNames.map(flagOf).join(', ')}.`,
    );
  }
  const settings: Partial<ChangeableSettings> = Object.fromEntries(changeableNames.filter(isGiven).map((name) => [name, options[name]]));
  const device = self.isGiven('device') ? options.device : undefined;
  if (device === 'auto') throw new UsageError('--device auto chooses for a new run; one that is resumed goes on where it was.', 'Leave it out, or name a device.');
  return resumeRun(context, { folder: fullPath(context.io.cwd, folder), data: options.data, report, force: options.force === true, device, threads: options.threads, blas: options.blas, settings, quiet: isQuiet(options) });
}

const isQuiet = ({ quiet, json }: TrainOptions): boolean => quiet === true || json === true;

async function carryOut(run: TrainingRun, { quiet }: TrainOptions, reporter: TrainingReporter, report: ReportWriter | undefined): Promise<void> {
  const { trainer, data, context } = run;
  const { evalEvery, saveEvery } = run.record.settings;
  const signal = context.io.interrupt;
  const started = performance.now();
  let stepSeconds = 0;
  let tokens = 0;
  reporter.started(run);
  try {
    for await (const event of train(trainer, { evaluate: estimateOf(trainer.model, data.validation), evaluateEvery: evalEvery, saveEvery, signal })) {
      if (event.type === 'step') {
        stepSeconds += event.report.seconds;
        tokens += event.report.tokens;
      }
      if (event.type === 'save') await run.save();
      reporter.happened(event);
      await report?.happened(run, event);
    }
    const seconds = (performance.now() - started) / 1000;
    const speed = speedOf(trainer.model, tokens, stepSeconds, quiet !== true);
    const summary = await summarize(run, { seconds, ...speed }, { signal, onProgress: (done, total) => reporter.measuring(done, total) });
    await report?.finish(run, summary);
    reporter.finished(run, summary);
  } catch (error) {
    if (error instanceof DivergenceError) throw run.brokenDown(error);
    if (!signal.aborted || error !== signal.reason) throw error;
    await run.save();
    await report?.finish(run, undefined);
    throw stopped(run, signal.reason);
  }
}

/** The message after Ctrl-C. Also used if nobody reads the output any more, because that run is not complete either. */
function stopped({ trainer, shownFolder, resumeCommand }: TrainingRun, reason: unknown): Interrupted {
  const exitCode = reason instanceof Interrupted && reason.exitCode !== exitCodes.success ? reason.exitCode : exitCodes.interrupted;
  const where = trainer.isDone ? `Stopped after the last step; the model is saved in ${shownFolder}.` : `Stopped after step ${trainer.stepsDone} of ${trainer.options.steps}; saved in ${shownFolder}.`;
  return new Interrupted(where, exitCode, trainer.isDone ? undefined : { about: 'Go on with it:', command: resumeCommand });
}
