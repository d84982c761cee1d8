// What defines a tuning by a reward besides what every tuning has: where rewards come from, how answers are drawn, and the options of the method.
import type { GeneralizedAdvantagesOptions, GroupAdvantagesOptions, GrpoOptions, GrpoReduction, PpoOptions, TokenRewardsOptions } from '@kk/finetune';
import { Option } from 'commander';
import { join } from 'node:path';
import type { Context } from '../../context.js';
import { Failure, UsageError } from '../../errors.js';
import { exists } from '../../files/exists.js';
import { fullPath, shortPath } from '../../files/paths.js';
import { REWARD_HEAD } from '../../files/run-files.js';
import type { Verb } from '../../grammar/verb.js';
import { decimal, integer, weight } from '../../options/parse.js';
import { type Field, number, optional, text, whole } from '../field.js';
import { addSettings, chosenOf, type Chosen, type SettingFlags, type TuningSettings } from '../settings.js';

/** In place of a folder: answers are compared with those of the data. */
export const EXACT = 'exact';

/** All paths are full. */
export interface ReinforcementSettings extends TuningSettings {
  /** `exact`, or the folder of a reward model. */
  reward: string;
  /** Another opinion, which is not trained on: likewise. */
  judge?: string;
  /** A regular expression that finds the answer in what is written; absent: all of it is the answer. */
  pattern?: string;
  /** Absent: what the method has. */
  groupSize?: number;
  /** Absent: 64, or half of the context where that is less. */
  maxTokens?: number;
  temperature: number;
  updates?: number;
  /** Absent: no budget. */
  maxKl?: number;
}

export interface GrpoSettings extends ReinforcementSettings {
  loss: Pick<GrpoOptions, 'reduction' | 'beta' | 'epsilonLow' | 'epsilonHigh'>;
  advantages: Pick<GroupAdvantagesOptions, 'scale'>;
}

export interface PpoSettings extends ReinforcementSettings {
  loss: Pick<PpoOptions, 'clip' | 'valueCoefficient'>;
  rewards: Pick<TokenRewardsOptions, 'klCoefficient'>;
  advantages: Pick<GeneralizedAdvantagesOptions, 'gamma' | 'lambda'>;
}

export type ReinforcementFlags = SettingFlags & Partial<ReinforcementSettings>;
export type GrpoFlags = ReinforcementFlags & GrpoSettings['loss'] & GrpoSettings['advantages'];
/** `--clip` limits gradients in every tuning. */
export type PpoFlags = ReinforcementFlags & Omit<PpoSettings['loss'], 'clip'> & PpoSettings['rewards'] & PpoSettings['advantages'] & { clipRatio?: number };

/** Below, answers are all the likeliest one, and beyond, all tokens are as probable as each other: neither teaches anything. */
const TEMPERATURES = { least: 0.001, most: 1000 } as const;
const REDUCTIONS: readonly GrpoReduction[] = ['grpo', 'dapo', 'dapo-paper', 'dr-grpo', 'bnpo'];
/** Those that stand in a recipe under their own names. */
const PLAIN = ['pattern', 'groupSize', 'maxTokens', 'temperature', 'updates', 'maxKl'] as const;
const SHARED: readonly string[] = ['reward', 'judge', ...PLAIN];

/** The names of the options that other tunings do not have, as Commander knows them. */
export const grpoNames: readonly string[] = [...SHARED, 'reduction', 'scale', 'beta', 'epsilonLow', 'epsilonHigh'];
export const ppoNames: readonly string[] = [...SHARED, 'klCoefficient', 'gamma', 'lambda', 'clipRatio', 'valueCoefficient'];

const addShared = (verb: Verb, groupSize: { least: number; normally: number }, updates: number): Verb =>
  addSettings(verb, { one: 'prompt', many: 'prompts', rows: 'prompts', isCut: false })
    .option('--reward <what>', 'how good an answer is: exact (1 where it is the "answer" of its line and ends by itself, else 0), or the folder of a reward model')
    .option('--judge <what>', 'another opinion of answers to what is held out, which is not trained on: exact, or the folder of another reward model; an alarm says when it falls while the reward rises')
    .option('--pattern <regex>', 'exact: what an answer looks like in the text, such as "-?\\d+"; several are wrong (default: the whole text is the answer)')
    .addOption(new Option('--group-size <n>', `answers that are drawn to each prompt (default: ${groupSize.normally})`).argParser(integer(groupSize.least, 10_000)))
    .addOption(new Option('--max-tokens <n>', 'the most tokens of an answer (default: 64, or half of the context)').argParser(integer(1)))
    .addOption(new Option('--temperature <t>', 'divides the logits that answers are drawn from and scored by').argParser(decimal(TEMPERATURES.least, TEMPERATURES.most)).default(1))
    .addOption(new Option('--updates <n>', `steps on the same answers (default: ${updates})`).argParser(integer(1, 10_000)))
    .addOption(new Option('--max-kl <nats>', 'ends the run when answers are further from the base, in nats an answer (default: never)').argParser(decimal(0, Infinity, { above: true })))
    .requires(['reward', 'recipe', 'resume'], '--reward exact compares with the answers in the data, --reward DIR asks a model that kk finetune reward trained.')
    .suggests('reward', [EXACT])
    .suggests('judge', [EXACT]);

export const addGrpoSettings = (verb: Verb): Verb =>
  addShared(verb, { least: 2, normally: 8 }, 1)
    .addOption(new Option('--reduction <how>', 'how the losses of tokens become one: each token counts the same (dapo), or each answer (grpo); the others as @kk/finetune has them (default: dapo)').choices(REDUCTIONS))
    .addOption(new Option('--scale <by>', 'what an answer’s distance from the mean of its group is divided by: the deviation of the group, that of the batch, or nothing (default: group, with dr-grpo none)').choices(['group', 'batch', 'none']))
    .addOption(new Option('--beta <b>', 'how dear it is to leave the base (default: 0)').argParser(weight))
    .addOption(new Option('--epsilon-low <e>', 'how far below 1 a ratio of probabilities has an effect, with several --updates (default: 0.2)').argParser(decimal(0, 1, { below: true })))
    .addOption(new Option('--epsilon-high <e>', 'how far above 1 (default: 0.2, with dapo 0.28)').argParser(decimal(0)));

export const addPpoSettings = (verb: Verb): Verb =>
  addShared(verb, { least: 1, normally: 1 }, 4)
    .addOption(new Option('--kl-coefficient <c>', 'what a nat of distance from the base costs in the reward (default: 0.05)').argParser(weight))
    .addOption(new Option('--gamma <g>', 'what a reward is worth one token later (default: 1)').argParser(decimal(0, 1)))
    .addOption(new Option('--lambda <l>', 'from 0, which trusts the values, to 1, which trusts the rewards (default: 0.95)').argParser(decimal(0, 1)))
    .addOption(new Option('--clip-ratio <c>', 'how far from 1 a ratio of probabilities has an effect (default: 0.2)').argParser(decimal(0, 1, { above: true, below: true })))
    .addOption(new Option('--value-coefficient <c>', 'the weight of the values’ loss (default: 0.1)').argParser(weight));

/** Options that are given; those of the recipe stay. */
async function sharedSettings(context: Context, options: ReinforcementFlags, counts: Chosen): Promise<Partial<ReinforcementSettings>> {
  const reward = options.reward === undefined ? undefined : await rewardSource(context, options.reward);
  const judge = options.judge === undefined ? undefined : await rewardSource(context, options.judge);
  if (options.pattern !== undefined) checkPattern(options.pattern);
  return { truncation: 'drop', ...(reward !== undefined && { reward }), ...(judge !== undefined && { judge }), ...chosenOf<ReinforcementFlags, (typeof PLAIN)[number]>(options, PLAIN, counts) };
}

/** `exact`, or the full path of a reward model. @throws {Failure} naming a folder that is none */
async function rewardSource({ io: { cwd } }: Context, what: string): Promise<string> {
  if (what === EXACT) return EXACT;
  const folder = fullPath(cwd, what);
  if (!(await exists(join(folder, REWARD_HEAD)))) throw new Failure(`${shortPath(cwd, folder)} is no reward model: ${REWARD_HEAD} is missing; expected exact, or the folder of a reward model.`, 'Train one: kk finetune reward pairs.jsonl --model DIR --out DIR.');
  return folder;
}

function checkPattern(pattern: string): void {
  try {
    new RegExp(pattern, 'u');
  } catch (error) {
    throw new UsageError(`--pattern ${JSON.stringify(pattern)} is no regular expression: ${(error as Error).message}.`);
  }
}

export const grpoSettings = async (context: Context, options: GrpoFlags, counts: Chosen, recipe: GrpoSettings | undefined): Promise<Partial<GrpoSettings>> => ({
  ...(await sharedSettings(context, options, counts)),
  loss: { ...recipe?.loss, ...chosenOf<GrpoFlags, keyof GrpoSettings['loss']>(options, ['reduction', 'beta', 'epsilonLow', 'epsilonHigh'], counts) },
  advantages: { ...recipe?.advantages, ...chosenOf<GrpoFlags, 'scale'>(options, ['scale'], counts) },
});

export const ppoSettings = async (context: Context, options: PpoFlags, counts: Chosen, recipe: PpoSettings | undefined): Promise<Partial<PpoSettings>> => ({
  ...(await sharedSettings(context, options, counts)),
  loss: { ...recipe?.loss, ...chosenOf<PpoFlags, 'valueCoefficient'>(options, ['valueCoefficient'], counts), ...(options.clipRatio !== undefined && { clip: options.clipRatio }) },
  rewards: { ...recipe?.rewards, ...chosenOf<PpoFlags, 'klCoefficient'>(options, ['klCoefficient'], counts) },
  advantages: { ...recipe?.advantages, ...chosenOf<PpoFlags, 'gamma' | 'lambda'>(options, ['gamma', 'lambda'], counts) },
});

/** The options themselves are checked where the tuning is made. */
const object: Field = { expected: 'an object of options', holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) };
const source: Field = { expected: `"${EXACT}" or the path of a folder`, holds: text.holds };
/** As they stand in a recipe. */
const sharedFields: Readonly<Record<Exclude<keyof ReinforcementSettings, keyof TuningSettings>, Field>> = {
  reward: source, judge: optional(source), pattern: optional(text), groupSize: optional(whole(1)), maxTokens: optional(whole(1)), temperature: number(TEMPERATURES.least, TEMPERATURES.most), updates: optional(whole(1)), maxKl: optional(number(0)),
};
export const grpoFields: Readonly<Record<Exclude<keyof GrpoSettings, keyof TuningSettings>, Field>> = { ...sharedFields, loss: object, advantages: object };
export const ppoFields: Readonly<Record<Exclude<keyof PpoSettings, keyof TuningSettings>, Field>> = { ...sharedFields, loss: object, rewards: object, advantages: object };

/** The settings with other paths of the reward models. */
export function withRewardPaths<S extends ReinforcementSettings>(settings: S, change: (path: string) => string): S {
  const changed = (what: string): string => (what === EXACT ? EXACT : change(what));
  return { ...settings, reward: changed(settings.reward), ...(settings.judge !== undefined && { judge: changed(settings.judge) }) };
}

/** The files that the rewards depend on: a reward model that is trained again has another head. */
export const filesOfRewards = ({ data, reward, judge }: ReinforcementSettings): string[] => [...data, ...[reward, judge].filter((what) => what !== undefined && what !== EXACT).map((folder) => join(folder!, REWARD_HEAD))];
