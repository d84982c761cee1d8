// `kk finetune sft`: supervised tuning on examples of prompts and answers.
import { basename, join } from 'node:path';
import { chatMLTemplate } from '@kk/tokenizer';
import { Option } from 'commander';
import { CHATML } from '../chat/choose-template.js';
import { type Context } from '../context.js';
import { exitCodes, Interrupted, UsageError } from '../errors.js';
import { readTextFile } from '../files/data.js';
import { fullPath, outputPath, quotePath } from '../files/paths.js';
import { answersTo } from '../finetune/answers.js';
import { keptWeights } from '../finetune/kept-weights.js';
import { readRecipe, RECIPE } from '../finetune/recipe.js';
import { ConsoleTuningReporter, JsonTuningReporter, type TuningReporter } from '../finetune/reporter.js';
import { divergenceOf, type TuningRun } from '../finetune/run.js';
import { addSettings, settingNames, trainedPart, type SettingFlags, type TuningSettings } from '../finetune/settings.js';
import { resumeTuning, startTuning } from '../finetune/start.js';
import { Verb } from '../grammar/verb.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { integer } from '../options/parse.js';
import { sharedFile } from '../options/shared-file.js';

interface SftOptions extends SettingFlags, DeviceOptions {
  data?: string[];
  model?: string;
  recipe?: string;
  lookEvery?: number;
  saveEvery: number;
  out?: string;
  resume?: string;
  force?: boolean;
  quiet?: boolean;
  json?: boolean;
}

export function finetuneSftCommand(context: Context): Verb {
  const verb = new Verb('sft')
    .summary('tune a model on prompts and answers')
    .description('Tunes a model on examples, of which only the answers are learned: all weights, the last layers, or a LoRA adapter.')
    .option('--data <file...>', 'examples, one JSON object a line: {"messages": [...]}, {"prompt", "completion"} or {"text"}')
    .option('--model <dir>', 'folder of the base')
    .option('--recipe <file>', 'run a recipe again: the recipe.json of an earlier run; options that are given have priority');
  return addDevice(addSettings(verb))
    .addOption(new Option('--look-every <n>', 'steps between two looks at what is held out (default: a tenth of the steps)').argParser(integer(1)))
    .addOption(new Option('--save-every <n>', 'steps between two checkpoints').argParser(integer(1)).default(250))
    .option('--out <dir>', 'folder for the result (default: runs/, the name of the base and that of the first file)')
    .option('--resume <dir>', 'go on with the run in this folder')
    .option('--force', 'replace what is in the folder')
    .option('--quiet', 'say only how it ended')
    .option('--json', 'one JSON object a line')
    .argumentFor('data', 'file')
    .requires(['data', 'recipe', 'resume'], 'See packages/finetune/README.md for what a line holds.')
    .excludes(['data', 'model', 'recipe', 'out', 'force', ...settingNames], 'resume')
    .flows({ reads: { data: 'examples', model: 'a GPT with its tokenizer', recipe: 'a recipe', replay: 'a text', baseText: 'a text', template: 'a chat template', resume: 'a run that was stopped' }, writes: { out: 'a GPT or an adapter, with its tokenizer, its recipe and a checkpoint', stdout: 'how it goes' } })
    .notes(
      'Ctrl-C saves a checkpoint, and the weights so far; --resume goes on with the same bits. What is saved at the end are the weights with the lowest loss on unseen answers, where at least 8 examples are held out; else the last ones. --keep chooses.',
      'Without --replay a model forgets what it knew; with --replay FILE half of the rows are texts like those it learned from.',
    )
    .examples('kk finetune sft questions.jsonl --model runs/stories --replay stories.txt:0.5', 'kk finetune sft pirate.jsonl --model runs/stories --lora 8 --epochs 10 --out runs/pirate', 'kk finetune sft --recipe runs/pirate/recipe.json --seed 2 --out runs/pirate-2', 'kk finetune sft --resume runs/pirate')
    .does(async (options: SftOptions, self) => {
      const quiet = options.quiet === true;
      const reporter = options.json ? new JsonTuningReporter(context, quiet) : new ConsoleTuningReporter(context, quiet);
      const run = options.resume === undefined ? await start(context, options, self) : await resumeTuning(context, { folder: fullPath(context.io.cwd, options.resume), device: options.device, threads: options.threads });
      try {
        await carryOut(run, options, reporter);
      } finally {
        run.dispose();
      }
    });
}

async function start(context: Context, options: SftOptions, self: Verb): Promise<TuningRun> {
  const { cwd } = context.io;
  const { device, threads, recipe: recipePath, force } = options;
  const recipe = recipePath === undefined ? undefined : await readRecipe(fullPath(cwd, recipePath), recipePath);
  const settings = await settingsOf(context, options, (name) => recipe === undefined || self.isGiven(name), recipe?.settings, self);
  const folder = options.out === undefined ? join(cwd, 'runs', `${basename(settings.model)}-${basename(settings.data[0]!).replace(/\.[^.]*$/, '')}`) : outputPath(cwd, options.out);
  const checksums = recipe && new Map([...recipe.checksums].filter(([file]) => !self.isGiven('data') || recipe.settings.data.includes(file)));
  return startTuning(context, { settings, ...(checksums && { checksums }), folder, force: force === true, device, threads });
}

/** Options that are given have priority over those of a recipe; without a recipe, all have their defaults. */
async function settingsOf(context: Context, options: SftOptions, counts: (name: string) => boolean, recipe: TuningSettings | undefined, self: Verb): Promise<TuningSettings> {
  const { cwd } = context.io;
  const model = options.model === undefined ? recipe?.model : fullPath(cwd, options.model);
  if (model === undefined) throw new UsageError('kk finetune sft needs --model DIR.', self.helpHint);
  const data = options.data?.map((file) => fullPath(cwd, file)) ?? recipe?.data;
  if (!data) throw new UsageError('kk finetune sft needs --data FILE....', self.helpHint);
  const replay = options.replay === undefined ? undefined : await sharedFile(cwd, options.replay);
  const isTrainedGiven = ['full', 'lora', 'lastLayers', 'loraAlpha', 'loraDropout', 'loraTargets', 'rsLora'].some((name) => self.isGiven(name));
  const template = options.template === undefined ? undefined : options.template === CHATML ? chatMLTemplate : await readTextFile(context, options.template, { quiet: true });
  const chosen = <K extends keyof TuningSettings>(key: K, flag: string, value: TuningSettings[K]): Partial<TuningSettings> => (counts(flag) && value !== undefined ? ({ [key]: value } as unknown as Partial<TuningSettings>) : {});
  return {
    ...recipe,
    // --epochs takes the place of the recipe's steps.
    ...(self.isGiven('epochs') && { steps: undefined }),
    model,
    data,
    ...(replay && { replay: { file: fullPath(cwd, replay.path), share: replay.share } }),
    ...chosen('baseText', 'baseText', options.baseText === undefined ? undefined : fullPath(cwd, options.baseText)),
    ...chosen('template', 'template', template),
    ...chosen('asChat', 'asChat', options.asChat === true),
    ...chosen('learn', 'learn', options.learn),
    ...chosen('truncation', 'truncation', options.truncation),
    ...chosen('packed', 'pack', options.pack),
    ...chosen('heldOut', 'heldOut', options.heldOut),
    ...(recipe === undefined || isTrainedGiven ? { trained: trainedPart(options) } : {}),
    ...chosen('keep', 'keep', options.keep),
    ...chosen('epochs', 'epochs', options.epochs),
    ...chosen('steps', 'steps', options.steps),
    ...chosen('batch', 'batch', options.batch),
    ...chosen('accumulate', 'accumulate', options.accumulate),
    ...chosen('lr', 'lr', options.lr),
    ...chosen('minLr', 'minLr', options.minLr),
    ...chosen('warmup', 'warmup', options.warmup),
    ...chosen('weightDecay', 'weightDecay', options.weightDecay),
    ...chosen('clip', 'clip', options.clip),
    ...chosen('seed', 'seed', options.seed),
  } as TuningSettings;
}

async function carryOut(run: TuningRun, { lookEvery, saveEvery, json }: SftOptions, reporter: TuningReporter): Promise<void> {
  const { context, parts } = run;
  const { tuning, questions, tokenizer, endTokens } = parts;
  const { trainer } = tuning;
  const signal = context.io.interrupt;
  const started = performance.now();
  if (!json && trainer.isDone && tuning.looks.at(-1)?.step === trainer.stepsDone) {
    await run.saveResult(); // the run may have ended right before
    return sayFinished(run);
  }
  reporter.started(run);
  try {
    for await (const event of tuning.run({ ...(lookEvery !== undefined && { lookEvery }), saveEvery, signal })) {
      if (event.type === 'save') await run.save();
      reporter.happened(event);
    }
    const seconds = (performance.now() - started) / 1000;
    await run.saveResult();
    const answers = await answersTo(questions, tuning.model, tokenizer, endTokens, signal);
    const after = (keptWeights(parts) === 'best' ? tuning.best : undefined) ?? tuning.looks.at(-1)!;
    reporter.finished(run, { steps: trainer.stepsDone, seconds, before: tuning.looks[0]!, after, answers });
  } catch (error) {
    const divergence = divergenceOf(error);
    if (divergence) throw await run.saveRemains(divergence);
    if (!signal.aborted || error !== signal.reason) throw error;
    await run.save();
    if (trainer.stepsDone > 0 && !trainer.isDone) await run.saveResult(); // before the first step nothing is learned
    throw stopped(run, signal.reason);
  }
}

/** What a run says that has nothing left to do. */
function sayFinished({ context, parts, shownFolder }: TuningRun): void {
  const { terminal, io } = context;
  const { steps } = parts.tuning.trainer.options;
  terminal.paragraph(`${shownFolder} is already finished: all ${steps} steps are done. To train longer, run its recipe again with more steps:`, { indent: 1 });
  terminal.command(`${io.command} finetune sft --recipe ${quotePath(join(shownFolder, RECIPE))} --steps ${2 * steps} --out ${quotePath(`${shownFolder}-longer`)}`);
}

/** The message after Ctrl-C. Also used if nobody reads the output any more, because that run is not complete either. */
function stopped({ parts, shownFolder, resumeCommand }: TuningRun, reason: unknown): Interrupted {
  const { stepsDone, options } = parts.tuning.trainer;
  const exitCode = reason instanceof Interrupted && reason.exitCode !== exitCodes.success ? reason.exitCode : exitCodes.interrupted;
  return new Interrupted(`Stopped after step ${stepsDone} of ${options.steps}; saved in ${shownFolder}.`, exitCode, { about: 'Go on with it:', command: resumeCommand });
}
