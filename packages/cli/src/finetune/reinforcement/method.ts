// Tuning by a reward: how a run of `kk finetune grpo` or `ppo` begins, and what is said of it.
import { GroupTuning, hasLora, PpoTuning, type RolloutLook, type RolloutTuningOptions } from '@kk/finetune';
import { shortPath } from '../../files/paths.js';
import { numberFormats } from '../../terminal/numbers.js';
import { decodeWith } from '../answers.js';
import { tooFewSteps } from '../few-steps.js';
import type { Method, RunWords, Step } from '../method.js';
import { writesNext } from '../next.js';
import { answerRows, answersLine, hackingDoubts } from '../preferences/look-words.js';
import { leftOut, meanOf } from '../preferences/pair-words.js';
import { prepareBy, type Opened, type Prepared } from '../prepare.js';
import { trainingOptions } from '../settings.js';
import { readPrompts, rowsOfPrompts, type ReadPrompts, type RowsOfPrompts } from './data.js';
import { EXACT, filesOfRewards, grpoFields, ppoFields, withRewardPaths, type GrpoSettings, type PpoSettings, type ReinforcementSettings } from './settings.js';

export type GrpoParts = Prepared<GrpoSettings, ReadPrompts, RowsOfPrompts, GroupTuning>;
export type PpoParts = Prepared<PpoSettings, ReadPrompts, RowsOfPrompts, PpoTuning>;
type AnyParts = Prepared<ReinforcementSettings, ReadPrompts, RowsOfPrompts, GroupTuning | PpoTuning>;

const numbers = numberFormats('en');
const GRPO = 'finetune grpo';
const PPO = 'finetune ppo';

/** How many prompts a look asks. */
const LOOKED_PROMPTS = 64;

/** @param needsReference whether the method measures the distance from the base in every step, too */
async function rolloutOptions(rows: RowsOfPrompts, { settings, base }: Opened<ReinforcementSettings, ReadPrompts>, needsReference: boolean): Promise<RolloutTuningOptions> {
  const { temperature, updates, maxKl, trained } = settings;
  const { tokenizer, newTokens, endTokens } = base;
  // Without an adapter to switch off, the reference is the base once more.
  const reference = !hasLora(trained) && (needsReference || maxKl !== undefined) ? await base.again() : undefined;
  return {
    ...trainingOptions(settings),
    newTokens,
    reward: rows.reward,
    decode: decodeWith(tokenizer),
    stopTokens: endTokens,
    maxTokens: rows.maxTokens,
    temperature,
    ...(updates !== undefined && { updates }),
    ...(maxKl !== undefined && { maximumKl: maxKl }),
    ...(reference && { reference }),
    ...(rows.heldOut && { heldOut: { prompts: rows.heldOut.ids.slice(0, LOOKED_PROMPTS), ...(rows.judge && { judge: rows.judge }) } }),
  };
}

const common = { read: readPrompts, rowsOf: rowsOfPrompts, heldOutExamples: ({ heldOut }: RowsOfPrompts): number => heldOut?.ids.length ?? 0 };
const groupSizeOf = ({ groupSize }: ReinforcementSettings): { groupSize?: number } => (groupSize === undefined ? {} : { groupSize });

const prepareGrpo = prepareBy<GrpoSettings, ReadPrompts, RowsOfPrompts, GroupTuning>({
  ...common,
  verb: GRPO,
  async tune(rows, opened) {
    const { settings, base: { model } } = opened;
    return GroupTuning.create(model, rows.training.ids, { ...(await rolloutOptions(rows, opened, (settings.loss.beta ?? 0) > 0)), ...groupSizeOf(settings), loss: { reduction: 'dapo', ...settings.loss }, advantages: settings.advantages });
  },
});

const preparePpo = prepareBy<PpoSettings, ReadPrompts, RowsOfPrompts, PpoTuning>({
  ...common,
  verb: PPO,
  async tune(rows, opened) {
    const { settings, base: { model } } = opened;
    const { loss, rewards, advantages } = settings;
    return PpoTuning.create(model, rows.training.ids, { ...(await rolloutOptions(rows, opened, rewards.klCoefficient !== 0)), ...groupSizeOf(settings), loss, rewards, advantages });
  },
});

/** Groups of which so many teach nothing are mentioned. */
const MOSTLY = 0.5;

function figures(steps: readonly Step[]): string[] {
  const has = (name: string): boolean => steps.every(({ measures }) => measures?.[name] !== undefined);
  const idle = has('withoutVariance') ? meanOf(steps, 'withoutVariance') : 0;
  return [
    `reward ${numbers.decimal(meanOf(steps, 'reward'), 2)}`,
    ...(has('kl') ? [`KL ${numbers.decimal(meanOf(steps, 'kl'), 2)}`] : []),
    ...(idle > MOSTLY ? [`${numbers.percent(idle)} of prompts teach nothing`] : []),
  ];
}

const rewardInWords = (what: string, cwd: string): string => (what === EXACT ? '1 for the right answer that ends by itself, else 0' : `the reward model in ${shortPath(cwd, what)}`);

/** @param leash the option that keeps a model nearer to its base */
const wordsOf = (leash: string): RunWords<AnyParts> => ({
  rows: 'prompts',
  next: writesNext,
  startFacts: ({ rows, data, settings, tuning }) => ({
    reward: settings.reward, judge: settings.judge ?? null, groupSize: tuning.groupSize, maxTokens: rows.maxTokens, temperature: settings.temperature,
    prompts: rows.training.ids.length, dropped: rows.training.dropped, batchSize: tuning.batchSize, heldOut: data.heldOut.length, duplicates: data.duplicates,
  }),
  exampleRows: ({ rows, data, settings, tuning }, cwd) => [
    ['Prompts', `${settings.data.map((file) => shortPath(cwd, file)).join(', ')}: ${numbers.integer(data.training.length)} to learn, ${numbers.integer(data.heldOut.length)} to check on`],
    ...leftOut('prompt', { dropped: rows.training.dropped, truncated: 0 }, data.duplicates, settings.truncation, data.heldOut.length === 0 || rows.heldOut !== undefined),
    ['Answers', `${numbers.integer(tuning.groupSize)} to each prompt, of at most ${numbers.count(rows.maxTokens, 'token')}`],
    ['Reward', rewardInWords(settings.reward, cwd)],
    ...(settings.judge === undefined ? [] : [['Judge', rewardInWords(settings.judge, cwd)] as const]),
  ],
  batchSize: ({ tuning }) => tuning.batchSize,
  // Those that it writes.
  tokensOf: ({ tuning, settings }, { measures }) => Math.round(measures!.meanTokens! * tuning.groupSize * tuning.batchSize * settings.accumulate),
  figures,
  lookLine({ reward, judge, alarm, ...answers }, isBest) {
    if (reward === null) return undefined;
    const best = isBest ? ' (highest)' : '';
    return [
      `reward ${numbers.decimal(reward, 2)} on unseen prompts${judge === null ? best : ''}`,
      ...(judge === null ? [] : [`judge ${numbers.decimal(judge, 2)}${best}`]),
      ...answersLine(answers),
      ...(alarm ? ['alarm: the reward rose while the judge’s opinion fell'] : []),
    ].join('; ');
  },
  changeRows: (before: RolloutLook, after: RolloutLook) => [
    ...change('Unseen prompts', 'reward', before.reward, after.reward),
    ...change('Judge', 'opinion', before.judge, after.judge),
    ...answerRows(before, after),
  ],
  doubts: ({ tuning, settings }, before, after) => [
    ...tooFewSteps(tuning.trainer.stepsDone),
    ...(settings.reward === EXACT && before.reward === 0 && after.reward === 0 ? ['No answer to an unseen prompt was right. By reward a model learns only what it does right now and then: teach it first with kk finetune sft.'] : []),
    ...(after.alarm ? ['The reward rose while the judge’s opinion fell: the model learned what the reward misses. --keep best keeps the weights with which the judge was content most.'] : []),
    ...hackingDoubts(before, after, leash),
  ],
  curve: () => undefined, // the loss of a step is about 0 whatever is learned
});

function change(name: string, what: string, before: number | null, after: number | null): [string, string][] {
  return before === null || after === null ? [] : [[name, `${what} ${numbers.decimal(before, 2)} before, ${numbers.decimal(after, 2)} now`]];
}

const [grpoWords, ppoWords] = [wordsOf('--beta'), wordsOf('--kl-coefficient')];

export const grpoMethod: Method<GrpoSettings, GrpoParts> = {
  verb: GRPO, fields: grpoFields, withPaths: withRewardPaths, filesOf: filesOfRewards, prepare: prepareGrpo,
  words: { ...grpoWords, startFacts: (parts) => ({ ...grpoWords.startFacts(parts), loss: parts.settings.loss, advantages: parts.settings.advantages }) },
};

export const ppoMethod: Method<PpoSettings, PpoParts> = {
  verb: PPO, fields: ppoFields, withPaths: withRewardPaths, filesOf: filesOfRewards, prepare: preparePpo,
  words: { ...ppoWords, startFacts: (parts) => ({ ...ppoWords.startFacts(parts), loss: parts.settings.loss, rewards: parts.settings.rewards, advantages: parts.settings.advantages }) },
};
