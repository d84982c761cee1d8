// Measures on the way, with prompts that are not trained on: the reward, what a judge says who is not trained on, and how far the model went.
import type { Transformer } from '@kk/gpt';
import type { Adapter } from '../lora/adapter.js';
import type { EarlierWeights } from '../preferences/earlier-weights.js';
import { scoreByReference } from '../preferences/looks.js';
import { rewardAll, type RewardFunction } from './rewards/reward-function.js';
import { rollouts } from './rollouts.js';

/** Null where it is not measured. */
export interface RolloutLook {
  /** Steps done. */
  readonly step: number;
  /** Mean reward of answers to the prompts that are held out. */
  readonly reward: number | null;
  /** Its standard error. */
  readonly rewardError: number | null;
  /** The mean of what the judge gives the same answers. */
  readonly judge: number | null;
  /** Its standard error. */
  readonly judgeError: number | null;
  /**
   * An estimate of the KL divergence of the model from the reference, where there is none from the model as it was before the first step, in nats an
   * answer: the mean of log pi - log pi_ref over these answers.
   */
  readonly kl: number | null;
  /** The share of these answers that end with a stop token, from 0 to 1. */
  readonly endsByItself: number | null;
  /** Their mean length in tokens, with the stop token. */
  readonly meanTokens: number | null;
  /**
   * Whether the reward is being hacked: since the look at which the judge was content most, the reward has risen and the judge's opinion has fallen,
   * each by more than two standard errors of the difference.
   */
  readonly alarm: boolean;
}

/** Prompts that are not trained on. */
export interface RolloutHeldOut {
  /** Token ids up to where the answer begins. */
  readonly prompts: readonly ArrayLike<number>[];
  /** Another opinion of the answers than the reward's, which is not trained on, as of a second reward model or of a better verifier. */
  readonly judge?: RewardFunction;
  /** What is drawn, a whole number of 0 or more; default 1. */
  readonly seed?: number;
}

export interface LookParts {
  readonly model: Transformer;
  readonly heldOut: RolloutHeldOut | undefined;
  readonly reward: RewardFunction;
  readonly decode: (ids: number[]) => string;
  readonly stopTokens: readonly number[];
  readonly maxTokens: number;
  readonly reference: Adapter | EarlierWeights | Transformer | undefined;
}

const NOTHING = { reward: null, rewardError: null, judge: null, judgeError: null, kl: null, endsByItself: null, meanTokens: null, alarm: false };

/** @param before the looks so far */
export async function lookAtRollouts({ model, heldOut, reward, decode, stopTokens, maxTokens, reference }: LookParts, step: number, before: readonly RolloutLook[], signal?: AbortSignal): Promise<RolloutLook> {
  if (!heldOut) return { step, ...NOTHING };
  const { prompts, judge, seed = 1 } = heldOut;
  const answers = await rollouts(model, prompts, { groupSize: 1, stopTokens, maxTokens, seed, signal });
  const rewards = await rewardAll(reward, answers, decode, signal);
  const opinions = judge && (await rewardAll(judge, answers, decode, signal));
  const others = reference && (await scoreByReference(model, answers.map(({ promptIds, ids }) => ({ prompt: promptIds, answer: ids })), reference, signal));
  const own = answers.map(({ logProbabilities }) => logProbabilities.reduce((sum, value) => sum + value, 0));
  const look = {
    step,
    reward: meanOf(rewards),
    rewardError: standardError(rewards),
    judge: opinions ? meanOf(opinions) : null,
    judgeError: opinions ? standardError(opinions) : null,
    kl: others ? meanOf(own.map((score, i) => score - others[i]!)) : null,
    endsByItself: meanOf(answers.map(({ endsByItself }) => Number(endsByItself))),
    meanTokens: meanOf(answers.map(({ ids }) => ids.length)),
  };
  return { ...look, alarm: isAlarming(look, before) };
}

type Opinions = Pick<RolloutLook, 'reward' | 'rewardError' | 'judge' | 'judgeError'>;

/** See `RolloutLook.alarm`. */
export function isAlarming(now: Opinions, before: readonly Opinions[]): boolean {
  const judged = before.filter(({ judge }) => judge !== null);
  if (now.judge === null || judged.length === 0) return false;
  const best = judged.reduce((a, b) => (b.judge! > a.judge! ? b : a));
  return rose(best.reward!, best.rewardError!, now.reward!, now.rewardError!) && rose(now.judge, now.judgeError!, best.judge!, best.judgeError!);
}

const rose = (from: number, fromError: number, to: number, toError: number): boolean => to - from > 2 * Math.hypot(fromError, toError);

const meanOf = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

function standardError(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  return Math.sqrt(meanOf(Array.from(values, (value) => (value - mean) ** 2)) / values.length);
}

export function isRolloutLook(value: unknown): value is RolloutLook {
  const { step, alarm, ...numbers } = Object(value) as Record<string, unknown>;
  const names: readonly string[] = ['reward', 'rewardError', 'judge', 'judgeError', 'kl', 'endsByItself', 'meanTokens'];
  return Number.isSafeInteger(step) && (step as number) >= 0 && typeof alarm === 'boolean' && names.every((name) => numbers[name] === null || Number.isFinite(numbers[name]));
}
