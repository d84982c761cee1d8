// A verb of `kk finetune`: the options that all of them have, and how a run is begun from what was typed.
import { basename, dirname, join } from 'node:path';
import { Option } from 'commander';
import type { Context } from '../context.js';
import { UsageError } from '../errors.js';
import { fullPath, outputPath } from '../files/paths.js';
import type { Example } from '../grammar/help.js';
import { Verb } from '../grammar/verb.js';
import { addDevice, type DeviceOptions } from '../options/device.js';
import { integer } from '../options/parse.js';
import { carryOut } from './carry-out.js';
import type { Method, RunParts } from './method.js';
import { readRecipe } from './recipe.js';
import { ConsoleTuningReporter, JsonTuningReporter } from './reporter.js';
import type { TuningRun } from './run.js';
import { commonSettings, settingNames, type Chosen, type SettingFlags, type TuningSettings } from './settings.js';
import { resumeTuning, startTuning } from './start.js';

/** The options that every verb has, besides those that define a run. */
interface RunFlags extends DeviceOptions {
  data?: string[];
  model?: string;
  recipe?: string;
  saveEvery?: number;
  out?: string;
  resume?: string;
  force?: boolean;
  quiet?: boolean;
  json?: boolean;
}

/** What a verb says, and its own settings. */
export interface VerbFacts<S extends TuningSettings, P extends RunParts, Flags extends SettingFlags> {
  readonly method: Method<S, P>;
  readonly summary: string;
  readonly description: string;
  /** What a line of the data holds. */
  readonly data: string;
  /** In the table of what it reads: `examples`. */
  readonly reads: Readonly<Record<string, string>> & { readonly data: string };
  /** Adds the options that define a run. */
  readonly addSettings: (verb: Verb) => Verb;
  /** The names of those that other verbs do not have. */
  readonly names: readonly string[];
  /** What these say. */
  readonly settings: (context: Context, options: Flags, counts: Chosen, recipe: S | undefined) => Promise<Partial<S>>;
  readonly notes: readonly string[];
  readonly examples: readonly Example[];
}

export function tuningVerb<S extends TuningSettings, P extends RunParts, Flags extends SettingFlags>(context: Context, facts: VerbFacts<S, P, Flags>): Verb {
  const { method } = facts;
  const { data: read, ...alsoRead } = facts.reads;
  const verb = new Verb(method.verb.split(' ').at(-1))
    .summary(facts.summary)
    .description(facts.description)
    .option('--data <file...>', facts.data)
    .option('--model <dir>', 'folder of the base')
    .option('--recipe <file>', 'run a recipe again: the recipe.json of an earlier run; options that are given have priority');
  return addDevice(facts.addSettings(verb))
    .addOption(new Option('--look-every <n>', 'steps between two looks at what is held out (default: a tenth of the steps)').argParser(integer(1)))
    .addOption(new Option('--save-every <n>', 'steps between two checkpoints (default: a tenth of the steps, at most 250)').argParser(integer(1)))
    .option('--out <dir>', 'folder for the result (default: runs/, the name of the base and that of the first file)')
    .option('--resume <dir>', 'go on with the run in this folder')
    .option('--force', 'replace what is in the folder')
    .option('--quiet', 'say only how it ended')
    .option('--json', 'one JSON object a line')
    .argumentFor('data', 'file')
    .requires(['data', 'recipe', 'resume'], 'See packages/finetune/README.md for what a line holds.')
    .excludes(['data', 'model', 'recipe', 'out', 'force', ...settingNames.filter((name) => verb.options.some((option) => option.attributeName() === name)), ...facts.names], 'resume')
    .flows({ reads: { data: read, model: 'a GPT with its tokenizer', recipe: 'a recipe', ...alsoRead, template: 'a chat template', resume: 'a run that was stopped' }, writes: { out: 'a GPT or an adapter, with its tokenizer, its recipe and a checkpoint', stdout: 'how it goes' } })
    .notes('Ctrl-C saves a checkpoint, and the weights so far; --resume goes on with the same bits, with the same BLAS. What is saved at the end are the weights that did best on what is held out, where that is at least 8 lines; else the last ones. --keep chooses.', ...facts.notes)
    .examples(...facts.examples)
    .does(async (options: RunFlags & Flags, self) => {
      const quiet = options.quiet === true;
      const reporter = options.json ? new JsonTuningReporter(context, quiet, method.words) : new ConsoleTuningReporter(context, quiet, method.words);
      const run = options.resume === undefined ? await start(context, facts, options, self) : await resumeTuning(context, method, { folder: fullPath(context.io.cwd, options.resume), device: options.device, threads: options.threads, blas: options.blas });
      try {
        await carryOut(run, options, reporter);
      } finally {
        run.dispose();
      }
    });
}

async function start<S extends TuningSettings, P extends RunParts, Flags extends SettingFlags>(context: Context, facts: VerbFacts<S, P, Flags>, options: RunFlags & Flags, self: Verb): Promise<TuningRun<P>> {
  const { cwd } = context.io;
  const { device, threads, blas, recipe: recipePath, force } = options;
  const { method } = facts;
  const recipe = recipePath === undefined ? undefined : await readRecipe<S>(fullPath(cwd, recipePath), recipePath, method);
  const model = options.model === undefined ? recipe?.settings.model : fullPath(cwd, options.model);
  if (model === undefined) throw new UsageError(`kk ${method.verb} needs --model DIR.`, self.helpHint);
  const data = options.data?.map((file) => fullPath(cwd, file)) ?? recipe?.settings.data;
  if (!data) throw new UsageError(`kk ${method.verb} needs --data FILE....`, self.helpHint);
  const isGiven: Chosen = (name) => self.isGiven(name);
  /** Options that are given have priority over those of a recipe; without a recipe, all have their defaults. */
  const counts: Chosen = (name) => recipe === undefined || isGiven(name);
  const settings = { ...(await commonSettings(context, options, counts, isGiven, recipe?.settings)), ...(await facts.settings(context, options, counts, recipe?.settings)), model, data } as S;
  const folder = options.out === undefined ? join(cwd, 'runs', `${basename(model)}-${basename(data[0]!).replace(/\.[^.]*$/, '')}`) : outputPath(cwd, options.out);
  const isOfBase = (file: string): boolean => dirname(file) === recipe?.settings.model;
  const checksums = recipe && new Map([...recipe.checksums].filter(([file]) => (isOfBase(file) ? !isGiven('model') : !isGiven('data') || recipe.settings.data.includes(file))));
  return startTuning(context, method, { settings, ...(checksums && { checksums }), folder, force: force === true, device, threads, blas });
}
