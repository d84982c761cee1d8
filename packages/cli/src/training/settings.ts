// The options of `kk train`: names, defaults and checks.
import { countParameters, defaultTrainerOptions, isLlamaConfig, type LlamaConfig, type ResumeChanges, type TrainerOptions, type Transformer, type TransformerConfig } from '@kk/gpt';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.js';
import { decimal, integer } from '../options/parse.js';

/** The kinds of models that can be trained. */
export const architectures = ['gpt2', 'llama'] as const;
export type Architecture = (typeof architectures)[number];

/** What a kind of model is called. */
export const architectureOf = ({ config }: Transformer): string => (isLlamaConfig(config) ? 'Llama' : 'GPT-2');

/** The options that define a training run; a resumed run reads them from its checkpoint. */
export interface TrainingSettings {
  architecture: Architecture;
  layers: number;
  heads: number;
  width: number;
  context: number;
  dropout: number;
  batch: number;
  accumulate: number;
  steps: number;
  lr: number;
  /** Default: a tenth of `lr`. */
  minLr?: number;
  /** Default: 100, and a tenth of the steps in a short run. */
  warmup?: number;
  beta1: number;
  beta2: number;
  weightDecay: number;
  /** 0 turns clipping off. */
  clip: number;
  seed: number;
  validation: number;
  /** Steps between two estimates of the validation loss. */
  evalEvery: number;
  /** Steps between two checkpoints. */
  saveEvery: number;
  /** How many of the last checkpoints are kept, besides the best one; 0 for none. */
  keep: number;
}

/**
 * The settings that may change when a run is resumed. It stays the same run, because the model, its data and the order of batches stay the
 * same.
 */
export const changeableNames = ['steps', 'lr', 'minLr', 'warmup', 'weightDecay', 'clip', 'evalEvery', 'saveEvery', 'keep'] as const;

export type ChangeableSettings = Record<(typeof changeableNames)[number], number>;

/** A changed setting. */
export interface SettingChange {
  readonly name: keyof ChangeableSettings;
  readonly from: number;
  readonly to: number;
}

export const isChangeableSettings = (value: unknown): value is ChangeableSettings =>
  value !== null && typeof value === 'object' && changeableNames.every((name) => typeof (value as Record<string, unknown>)[name] === 'number');

/** `--min-lr` for `minLr`. */
export const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The names of the options that define a run, as Commander knows them. */
export const settingNames = ['architecture', 'layers', 'heads', 'width', 'context', 'dropout', 'batch', 'accumulate', 'steps', 'lr', 'minLr', 'warmup', 'beta1', 'beta2', 'weightDecay', 'clip', 'seed', 'validation'] as const;

const { batchSize, accumulationSteps, steps, learningRate, warmupSteps, betas, weightDecay, maximumGradientNorm, seed } = defaultTrainerOptions;

export function addSettings(command: Command): Command {
  const option = (flags: string, description: string, parse: (text: string) => number, value?: number): void => {
    const made = new Option(flags, description).argParser(parse);
    command.addOption(value === undefined ? made : made.default(value));
  };
  command.addOption(new Option('--architecture <name>', 'gpt2 (learned positions, layer norm, GELU), or llama (rotary positions, RMSNorm, SwiGLU)').choices(architectures).default('gpt2'));
  option('--layers <n>', 'transformer blocks', integer(1, 1000), 4);
  option('--heads <n>', 'attention heads in each block; must divide the width', integer(1, 1000), 4);
  option('--width <n>', 'numbers in the vector of each token', integer(1, 100_000), 128);
  option('--context <n>', 'tokens that the model looks back on', integer(1, 100_000), 64);
  option('--dropout <share>', 'share of activations dropped in training', decimal(0, 1, { below: true }), 0);
  option('--batch <n>', 'pieces of text that are computed at once', integer(1, 100_000), batchSize);
  option('--accumulate <n>', 'batches in each step, as good as one that much larger', integer(1, 100_000), accumulationSteps);
  option('--steps <n>', 'training steps', integer(1), steps);
  option('--lr <rate>', 'learning rate after the warm-up', decimal(0, Infinity, { above: true }), learningRate);
  option('--min-lr <rate>', 'learning rate at the end (default: a tenth of --lr)', decimal(0));
  option('--warmup <n>', `steps in which the learning rate rises (default: ${warmupSteps}, at most a tenth of --steps)`, integer(0));
  option('--beta1 <b>', 'AdamW: decay of the first moment', decimal(0, 1, { below: true }), betas[0]);
  option('--beta2 <b>', 'AdamW: decay of the second moment', decimal(0, 1, { below: true }), betas[1]);
  option('--weight-decay <d>', 'AdamW: decay of the weights', decimal(0), weightDecay);
  option('--clip <norm>', 'largest norm of all gradients together, 0 for any', decimal(0), maximumGradientNorm);
  option('--seed <n>', 'seed of all chance: the same seed, the same model', integer(0), seed);
  option('--validation <share>', 'share of the characters, from the end, kept for checking', decimal(0, 1, { below: true }), 0.1);
  return command;
}

export function modelConfig({ architecture, context, layers, heads, width, dropout }: TrainingSettings, vocabSize: number): TransformerConfig {
  const sizes = { vocabSize, contextLength: context, layers, heads, width };
  return architecture === 'gpt2' ? { ...sizes, dropout } : ({ ...sizes, family: 'llama', feedForwardWidth: gatedWidth(width), tiedEmbeddings: true } satisfies LlamaConfig);
}

/** SwiGLU has three matrices where GELU has two: 8/3 of the width has the parameters of GPT-2's 4 (Shazeer 2020), rounded up to a multiple of 8. */
const gatedWidth = (width: number): number => 8 * Math.ceil(width / 3);

/** The options for the trainer, which knows the defaults of those that are left out. */
export function trainerOptions(settings: TrainingSettings): Partial<TrainerOptions> {
  return {
    batchSize: settings.batch,
    accumulationSteps: settings.accumulate,
    betas: [settings.beta1, settings.beta2],
    seed: settings.seed,
    ...changeableOptions(settings),
  };
}

/** The trainer options that may change when a run is resumed. */
export function changeableOptions({ steps, lr, minLr, warmup, weightDecay, clip }: ChangeableSettings | TrainingSettings): ResumeChanges {
  return {
    steps,
    learningRate: lr,
    ...(minLr === undefined ? {} : { minimumLearningRate: minLr }),
    ...(warmup === undefined ? {} : { warmupSteps: warmup }),
    weightDecay,
    maximumGradientNorm: clip === 0 ? Infinity : clip,
  };
}

/** The changeable settings of a new run, with what the trainer chose where the user gave nothing. */
export function changeableOf(settings: TrainingSettings, { minimumLearningRate, warmupSteps }: TrainerOptions): ChangeableSettings {
  const all = { ...settings, minLr: minimumLearningRate, warmup: warmupSteps };
  return Object.fromEntries(changeableNames.map((name) => [name, all[name]])) as ChangeableSettings;
}

/**
 * Checks the settings before any work is done.
 * @throws {UsageError} naming the options and the remedy
 */
export function checkSettings({ architecture, width, heads, ...schedule }: TrainingSettings): void {
  if (width % heads !== 0) {
    const lower = Math.floor(width / heads) * heads;
    const near = [lower, lower + heads].filter((value) => value > 0).join(' or ');
    throw new UsageError(`--width ${width} cannot be split into --heads ${heads}: the width must be a multiple of the heads.`, `For example --width ${near.replace(' or ', ' or --width ')}.`);
  }
  if (architecture === 'llama' && (width / heads) % 2 !== 0) {
    throw new UsageError(`--width ${width} and --heads ${heads} make heads of ${width / heads}: the rotary positions of a llama turn pairs, so each head must have an even width.`, `For example --width ${2 * width}.`);
  }
  checkSchedule(schedule, schedule);
}

type Schedule = Pick<TrainingSettings, 'steps' | 'lr' | 'minLr' | 'warmup'>;

/**
 * @param given  those of the settings that the user typed; the others come from the checkpoint of the run
 * @throws {UsageError} when the learning rate would rise at the end, or never be reached
 */
export function checkSchedule({ steps, lr, minLr = 0, warmup = 0 }: Schedule, given: Partial<Schedule>): void {
  if (minLr > lr) {
    if (given.minLr !== undefined) throw new UsageError(`--min-lr ${minLr} is above --lr ${lr}: the learning rate falls from --lr to --min-lr.`, 'Give a smaller --min-lr.');
    throw new UsageError(`--lr ${lr} is below the rate with which this run ends, ${minLr}.`, `Give that, too, for example --min-lr ${Number((lr / 10).toPrecision(3))}.`);
  }
  if (warmup > steps) {
    if (given.warmup !== undefined) throw new UsageError(`--warmup ${warmup} is longer than the run of ${steps} steps: its learning rate would never be reached.`, 'Give a shorter --warmup, or more --steps.');
    throw new UsageError(`--steps ${steps} is below the ${warmup} steps in which the learning rate of this run rises.`, 'Give a shorter --warmup, too, or more --steps.');
  }
}

// WebAssembly addresses its memory with 32 bits.
const MEMORY_BYTES = 2 ** 32;

/** @throws {UsageError} when weights, gradients, both moments and the activations of a step do not fit into the memory of a device */
export function checkMemory(config: TransformerConfig, batch: number): void {
  const { contextLength, layers, heads, width, vocabSize } = config;
  const parameters = countParameters(config);
  const perPosition = layers * (16 * width + heads * contextLength) + 2 * vocabSize;
  const bytes = 4 * (4 * parameters + batch * contextLength * perPosition);
  if (bytes > MEMORY_BYTES) {
    throw new UsageError(
      `This model of ${parameters.toLocaleString('en')} parameters would need about ${(bytes / 1e9).toFixed(1)} GB to train, and there are at most ${(MEMORY_BYTES / 1e9).toFixed(1)} GB.`,
      'Choose a smaller --width, --layers, --context, --batch or vocabulary.',
    );
  }
}
