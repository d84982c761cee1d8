// What defines a supervised tuning: the options of `kk finetune sft`, as they stand in a recipe.
import { type SupervisedOptions, type TrainedPart, type Truncation } from '@kk/finetune';
import { Option } from 'commander';
import { type Verb } from '../grammar/verb.js';
import { decimal, integer } from '../options/parse.js';
import { FEWEST_TO_CHOOSE, KEEP, type Keep } from './kept-weights.js';

export const LEARN = ['assistant', 'completion', 'all'] as const;
export const TRUNCATION = ['drop', 'left', 'right'] as const;

/** All paths are full. */
export interface TuningSettings {
  /** Folder of the base. */
  model: string;
  /** Files of examples. */
  data: string[];
  /** Text of the base that is mixed in. */
  replay?: { file: string; share: number };
  /** Text of the base that is only measured. */
  baseText?: string;
  /** The Jinja template of conversations. Absent: the one that is stored with the base, else ChatML. */
  template?: string;
  /** Whether prompts with completions are written as conversations. */
  asChat: boolean;
  learn: (typeof LEARN)[number];
  truncation: Truncation;
  packed: boolean;
  /** The share of the examples that is not learned from, but measured. */
  heldOut: number;
  /** Absent: the best where enough examples are held out, else the last. */
  keep?: Keep;
  trained: TrainedPart;
  /** Absent: as many as `SupervisedTuning` thinks enough. */
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
  seed: number;
}

/** The options as they are typed. */
export interface SettingFlags {
  replay?: string;
  baseText?: string;
  template?: string;
  asChat?: boolean;
  learn: TuningSettings['learn'];
  truncation: Truncation;
  pack: boolean;
  heldOut: number;
  full?: boolean;
  lastLayers?: number;
  lora?: number;
  loraAlpha?: number;
  loraDropout?: number;
  loraTargets?: string[];
  rsLora?: boolean;
  keep?: Keep;
  epochs?: number;
  steps?: number;
  batch?: number;
  accumulate: number;
  lr?: number;
  minLr?: number;
  warmup?: number;
  weightDecay: number;
  clip: number;
  seed: number;
}

/** The names of the options that define a run, as Commander knows them. */
export const settingNames: readonly (keyof SettingFlags)[] = ['replay', 'baseText', 'template', 'asChat', 'learn', 'truncation', 'pack', 'heldOut', 'keep', 'full', 'lastLayers', 'lora', 'loraAlpha', 'loraDropout', 'loraTargets', 'rsLora', 'epochs', 'steps', 'batch', 'accumulate', 'lr', 'minLr', 'warmup', 'weightDecay', 'clip', 'seed'];

export function addSettings<V extends Verb>(verb: V): V {
  return verb
    .option('--full', 'train all weights (default)')
    .addOption(new Option('--lora <rank>', 'train a LoRA adapter of this rank, such as 8; the model stays as it is').argParser(integer(1, 65_536)))
    .addOption(new Option('--last-layers <n>', 'train only the last n layers').argParser(integer(1)))
    .addOption(new Option('--lora-alpha <a>', 'what an adapter adds is multiplied with alpha / rank (default: the rank)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--lora-dropout <share>', 'share of the inputs of an adapter dropped in training (default: 0)').argParser(decimal(0, 1, { below: true })))
    .option('--lora-targets <layer...>', 'which linear layers get the adapter, such as blocks.*.attention (default: all in the blocks)')
    .option('--rs-lora', 'alpha / sqrt(rank) instead, for high ranks')
    .option('--replay <file>', 'text like that of the base, mixed in so that it is not forgotten; FILE:0.5 for half of all rows, which is also the default')
    .option('--base-text <file>', 'text like that of the base, only to measure how much is forgotten')
    .option('--template <file>', 'how conversations are written: chatml, or a file with a Jinja template (default: the one stored with the model, else chatml)')
    .option('--as-chat', 'write prompts and completions as conversations')
    .addOption(new Option('--learn <what>', 'what is learned of a conversation: all answers of the assistant, the last one alone (completion), or everything').choices(LEARN).default('assistant'))
    .addOption(new Option('--truncation <how>', 'what happens to examples that are longer than the context: left out, or cut at their beginning or end').choices(TRUNCATION).default('drop'))
    .option('--no-pack', 'one example in each row, instead of as many as fit')
    .addOption(new Option('--held-out <share>', 'share of the examples that is not learned from, but measured').argParser(decimal(0, 1, { below: true })).default(0.1))
    .addOption(new Option('--keep <which>', `which weights are saved: those with the lowest loss on what is held out (best), or those after the last step (default: best, but last where fewer than ${FEWEST_TO_CHOOSE} examples are held out)`).choices(KEEP))
    .addOption(new Option('--epochs <n>', 'how often each example is learned (default: 3, or more where that is fewer than 60 steps)').argParser(decimal(0, 10_000, { above: true })))
    .addOption(new Option('--steps <n>', 'training steps, instead of --epochs').argParser(integer(1)))
    .addOption(new Option('--batch <n>', 'rows that are computed at once (default: 8, or fewer where an epoch has fewer)').argParser(integer(1, 100_000)))
    .addOption(new Option('--accumulate <n>', 'batches in each step, as good as one that much larger').argParser(integer(1, 100_000)).default(1))
    .addOption(new Option('--lr <rate>', 'learning rate after the warm-up (default: one that suits the width of the model and what is trained)').argParser(decimal(0, Infinity, { above: true })))
    .addOption(new Option('--min-lr <rate>', 'learning rate at the end (default: a tenth of --lr)').argParser(decimal(0)))
    .addOption(new Option('--warmup <n>', 'steps in which the learning rate rises (default: a tenth of the steps)').argParser(integer(0)))
    .addOption(new Option('--weight-decay <d>', 'AdamW: decay of the weights').argParser(decimal(0)).default(0))
    .addOption(new Option('--clip <norm>', 'largest norm of all gradients together, 0 for any').argParser(decimal(0)).default(1))
    .addOption(new Option('--seed <n>', 'seed of all chance: the same seed, the same model').argParser(integer(0)).default(1337))
    .excludes(['lora', 'lastLayers'], 'full')
    .excludes(['lora'], 'lastLayers')
    .needs(['loraAlpha', 'loraDropout', 'loraTargets', 'rsLora'], 'lora')
    .excludes(['baseText'], 'replay')
    .excludes(['epochs'], 'steps')
    .suggests('template', ['chatml']);
}

export function trainedPart({ lora, lastLayers, loraAlpha, loraDropout, loraTargets, rsLora }: SettingFlags): TrainedPart {
  if (lora !== undefined) return { lora: { rank: lora, ...(loraAlpha !== undefined && { alpha: loraAlpha }), ...(loraDropout !== undefined && { dropout: loraDropout }), ...(loraTargets && { targets: loraTargets }), ...(rsLora && { rsLora }) } };
  return lastLayers === undefined ? 'full' : { lastLayers };
}

/** For people. */
export function trainedInWords(trained: TrainedPart): string {
  if (trained === 'full') return 'all weights';
  return 'lora' in trained ? `a LoRA adapter of rank ${trained.lora.rank}` : `the last ${trained.lastLayers === 1 ? 'layer' : `${trained.lastLayers} layers`}`;
}

export function trainingOptions({ trained, epochs, steps, batch, accumulate, lr, minLr, warmup, weightDecay, clip, seed }: TuningSettings): Pick<SupervisedOptions, 'trained' | 'epochs' | 'training'> {
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
export function isTrainedPart(value: unknown): value is TrainedPart {
  if (value === 'full') return true;
  const { lastLayers, lora } = Object(value) as { lastLayers?: unknown; lora?: unknown };
  if (lora !== undefined) return lastLayers === undefined && typeof lora === 'object' && lora !== null && Number.isSafeInteger((lora as { rank?: unknown }).rank);
  return Number.isSafeInteger(lastLayers);
}
