// What defines every tuning: the options that the verbs of `kk finetune` have in common, as they stand in a recipe.
import type { TrainedPart, Truncation } from '@kk/finetune';
import type { TrainerOptions } from '@kk/gpt';
import { chatMLTemplate } from '@kk/tokenizer';
import { Option } from 'commander';
import { CHATML } from '../chat/choose-template.js';
import type { Context } from '../context.js';
import { readTextFile } from '../files/data.js';
import type { Verb } from '../grammar/verb.js';
import { decimal, integer } from '../options/parse.js';
import { type Field, flag, isNumber, number, oneOf, optional, text, whole } from './field.js';
import { FEWEST_TO_CHOOSE, KEEP, type Keep } from './kept-weights.js';

export const TRUNCATION = ['drop', 'left', 'right'] as const;

/** All paths are full. */
export interface TuningSettings {
  /** Folder of the base. */
  model: string;
  /** Files of examples. */
  data: string[];
  /** The Jinja template of conversations. Absent: the one that is stored with the base, else ChatML. */
  template?: string;
  /** Whether prompts with completions are written as conversations. */
  asChat: boolean;
  truncation: Truncation;
  /** The share of the examples that is not learned from, but measured. */
  heldOut: number;
  /** Absent: the best where enough examples are held out, else the last. */
  keep?: Keep;
  trained: TrainedPart;
  /** Absent: as many as the tuning thinks enough. */
  epochs?: number;
  /** Instead of `epochs`. */
  steps?: number;
  /** Absent: 8, or fewer where there are fewer rows. */
  batch?: number;
  accumulate: number;
  /** Absent: one that suits what is trained. */
  lr?: number;
  minLr?: number;
  warmup?: number;
  weightDecay: number;
  /** 0 turns clipping off. */
  clip: number;
  /** Steps between two looks at what is held out: they decide which weights are the best. Absent: a tenth of the steps. */
  lookEvery?: number;
  seed: number;
}

/** The options as they are typed. */
export interface SettingFlags extends Omit<TuningSettings, 'model' | 'data' | 'trained'> {
  full?: boolean;
  lastLayers?: number;
  lora?: number;
  loraAlpha?: number;
  loraDropout?: number;
  loraTargets?: string[];
  rsLora?: boolean;
}

/** Of the options, and of the same settings in a recipe. */
const LARGEST_BATCH = 100_000;
const MOST_EPOCHS = 10_000;

const TRAINED: readonly (keyof SettingFlags)[] = ['full', 'lastLayers', 'lora', 'loraAlpha', 'loraDropout', 'loraTargets', 'rsLora'];
/** The options of an adapter, as they stand in a recipe. */
const LORA: readonly string[] = ['rank', 'alpha', 'dropout', 'targets', 'rsLora'];
/** Those that stand in a recipe under their own names. */
const PLAIN = ['truncation', 'heldOut', 'keep', 'epochs', 'steps', 'batch', 'accumulate', 'lr', 'minLr', 'warmup', 'weightDecay', 'clip', 'lookEvery', 'seed'] as const satisfies readonly (keyof SettingFlags & keyof TuningSettings)[];

/** What the examples are called in help. */
export interface ExampleWords {
  /** `example` */
  readonly one: string;
  /** `examples` */
  readonly many: string;
  /** What a batch counts: `rows`. */
  readonly rows: string;
  /** Whether those that are too long may be cut; default true. */
  readonly isCut?: boolean;
}

export function addSettings<V extends Verb>(verb: V, { one, many, rows, isCut = true }: ExampleWords): V {
  const before = verb
    .option('--full', 'train all weights (default)')
    .addOption(new Option('--lora <rank>', 'train a LoRA adapter of this rank, such as 8; the model stays as it is').argParser(integer(1, 65_536)))
    .addOption(new Option('--last-layers <n>', 'train only the last n layers').argParser(integer(1)))
    .addOption(new Option('--lora-alpha <a>', 'what an adapter adds is multiplied with alpha / rank (default: the rank)').argParser(decimal(0, Infinity, { above: true })))
    .option('--lora-targets <layer...>', 'which linear layers get the adapter, such as blocks.*.attention (default: all in the blocks)')
    .option('--rs-lora', 'alpha / sqrt(rank) instead, for high ranks')
    .option('--template <file>', 'how conversations are written: chatml, or a file with a Jinja template (default: the one stored with the model, else chatml)')
    .option('--as-chat', 'write prompts and their answers as conversations');
  const cut = isCut ? before.addOption(new Option('--truncation <how>', `what happens to ${many} that are longer than the context: left out, or cut at their beginning or end`).choices(TRUNCATION).default('drop')) : before;
  return cut
    .addOption(new Option('--held-out <share>', `share of the ${many} that is not learned from, but measured`).argParser(decimal(0, 1, { below: true })).default(0.1))
    .addOption(new Option('--keep <which>', `which weights are saved: those that did best on what is held out (best), or those after the last step (default: best, but last where fewer than ${FEWEST_TO_CHOOSE} ${many} are held out)`).choices(KEEP))
    .addOption(new Option('--epochs <n>', `how often each ${one} is learned (default: 3, or more where that is fewer than 60 steps)`).argParser(decimal(0, MOST_EPOCHS, { above: true })))
    .addOption(new Option('--steps <n>', 'training steps, instead of --epochs').argParser(integer(1)))
    .addOption(new Option('--batch <n>', `${rows} that are computed at once (default: 8, or fewer where an epoch has fewer)`).argParser(integer(1, LARGEST_BATCH)))
    .addOption(new Option('--accumulate <n>', 'batches in each step, as good as one that much larger').argParser(integer(1, LARGEST_BATCH)).default(1))
    .addOption(new Option('--lr <rate>', 'learning rate after the warm-up (default: one that suits the width of the model and what is trained)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--min-lr <rate>', 'learning rate at the end (default: a tenth of --lr)').argParser(decimal(0)))
    .addOption(new Option('--warmup <n>', 'steps in which the learning rate rises (default: a tenth of the steps)').argParser(integer(0)))
    .addOption(new Option('--weight-decay <d>', 'AdamW: decay of the weights').argParser(decimal(0)).default(0))
    .addOption(new Option('--clip <norm>', 'largest norm of all gradients together, 0 for any').argParser(decimal(0)).default(1))
    .addOption(new Option('--seed <n>', 'seed of all chance: the same seed, the same model').argParser(integer(0)).default(1337))
    .excludes(['lora', 'lastLayers'], 'full')
    .excludes(['lora'], 'lastLayers')
    .needs(['loraAlpha', 'loraTargets', 'rsLora'], 'lora')
    .excludes(['epochs'], 'steps')
    .suggests('template', [CHATML]);
}

/** The names of these options, as Commander knows them. */
export const settingNames: readonly string[] = [...TRAINED.filter((name) => name !== 'loraDropout'), 'template', 'asChat', ...PLAIN];

/** Those of the settings that count: all without a recipe, else those that are given. */
export type Chosen = (name: string) => boolean;

/** @param recipe what is taken where nothing else is given */
export async function commonSettings(context: Context, options: SettingFlags, counts: Chosen, isGiven: Chosen, recipe: TuningSettings | undefined): Promise<Omit<TuningSettings, 'model' | 'data'>> {
  const template = options.template === undefined ? undefined : options.template === CHATML ? chatMLTemplate : await readTextFile(context, options.template, { quiet: true });
  return {
    ...recipe,
    // --epochs takes the place of the recipe's steps.
    ...(isGiven('epochs') && { steps: undefined }),
    ...(template !== undefined && { template }),
    ...(counts('asChat') && { asChat: options.asChat === true }),
    ...(recipe === undefined || TRAINED.some(isGiven) ? { trained: trainedPart(options) } : {}),
    ...chosenOf(options, PLAIN, counts),
  } as Omit<TuningSettings, 'model' | 'data'>;
}

/** The options of these names that count and have a value. */
export const chosenOf = <Options extends object, K extends keyof Options & string>(options: Options, names: readonly K[], counts: Chosen): Partial<Pick<Options, K>> =>
  Object.fromEntries(names.filter((name) => counts(name) && options[name] !== undefined).map((name) => [name, options[name]])) as Partial<Pick<Options, K>>;

function trainedPart({ lora, lastLayers, loraAlpha, loraDropout, loraTargets, rsLora }: SettingFlags): TrainedPart {
  if (lora !== undefined) return { lora: { rank: lora, ...(loraAlpha !== undefined && { alpha: loraAlpha }), ...(loraDropout !== undefined && { dropout: loraDropout }), ...(loraTargets && { targets: loraTargets }), ...(rsLora && { rsLora }) } };
  return lastLayers === undefined ? 'full' : { lastLayers };
}

/** For people. */
export function trainedInWords(trained: TrainedPart): string {
  if (trained === 'full') return 'all weights';
  return 'lora' in trained ? `a LoRA adapter of rank ${trained.lora.rank}` : `the last ${trained.lastLayers === 1 ? 'layer' : `${trained.lastLayers} layers`}`;
}

/** As the tunings of @kk/finetune take them. */
export function trainingOptions({ trained, epochs, steps, batch, accumulate, lr, minLr, warmup, weightDecay, clip, seed }: TuningSettings): { trained: TrainedPart; epochs?: number; training: Partial<TrainerOptions> } {
  return {
    trained,
    ...(epochs !== undefined && { epochs }),
    training: {
      ...(batch !== undefined && { batchSize: batch }),
      accumulationSteps: accumulate,
      weightDecay,
      maximumGradientNorm: clip === 0 ? Infinity : clip,
      seed,
      ...(steps !== undefined && { steps }),
      ...(lr !== undefined && { learningRate: lr }),
      ...(minLr !== undefined && { minimumLearningRate: minLr }),
      ...(warmup !== undefined && { warmupSteps: warmup }),
    },
  };
}

/** Whether a value of a file says what is trained; the options of an adapter are checked where it is made. */
function isTrainedPart(value: unknown): value is TrainedPart {
  if (value === 'full') return true;
  const { lastLayers, lora } = Object(value) as { lastLayers?: unknown; lora?: unknown };
  if (lora !== undefined) return lastLayers === undefined && typeof lora === 'object' && lora !== null && Number.isSafeInteger((lora as { rank?: unknown }).rank) && Object.keys(lora).every((name) => LORA.includes(name));
  return Number.isSafeInteger(lastLayers);
}

/** As they stand in a recipe. */
export const commonFields: Readonly<Record<keyof TuningSettings, Field>> = {
  model: { expected: 'the path of a folder', holds: text.holds },
  data: { expected: 'a list of paths', holds: (value) => Array.isArray(value) && value.length > 0 && value.every((path) => typeof path === 'string') },
  template: optional({ expected: 'the text of a Jinja template', holds: text.holds }),
  asChat: flag,
  truncation: oneOf(TRUNCATION),
  heldOut: { expected: 'a share from 0 to below 1', holds: (value) => isNumber(0, 1)(value) && value !== 1 },
  trained: { expected: `"full", { lastLayers } or { lora }, an object with ${LORA.join(', ')}`, holds: isTrainedPart },
  keep: optional(oneOf(KEEP)),
  epochs: optional(number(0, MOST_EPOCHS)),
  steps: optional(whole(1)),
  batch: optional(whole(1, LARGEST_BATCH)),
  accumulate: whole(1, LARGEST_BATCH),
  lr: optional(number(0)),
  minLr: optional(number(0)),
  warmup: optional(whole(0)),
  weightDecay: number(0),
  clip: number(0),
  lookEvery: optional(whole(1)),
  seed: whole(0),
};
