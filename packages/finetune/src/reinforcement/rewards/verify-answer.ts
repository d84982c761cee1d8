// Rewards answers that can be checked: 1 for the right one, 0 for any other, for none and for several at once.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { normalizeAnswer } from '../../evaluation/normalize-answer.js';
import type { RewardFunction, WrittenAnswer } from './reward-function.js';

export interface VerifyOptions {
  /** What an answer looks like in the text, for example `/-?\d+/`: anything else around it is allowed. Default: the whole text is the answer. */
  pattern?: RegExp;
}

const OPTIONS: OptionNames<VerifyOptions> = { pattern: 'optional' };

/** Only `'right'` is rewarded. */
export type Verdict = 'right' | 'wrong' | 'no answer' | 'several answers';

/**
 * @param expected not empty
 * @returns `'several answers'` where the pattern is found more than once, also if the right answer is among them, or each is: else a model that
 *   says everything would be right
 * @throws RangeError when what is expected is empty, or is not what the pattern finds in it; TypeError when an option is unknown
 */
export function verifyAnswer(answer: string, expected: string, options: VerifyOptions = {}): Verdict {
  checkOptions('verifyAnswer', options, OPTIONS);
  const { pattern } = options;
  const right = normalizeAnswer(expected);
  if (right === '') throw new RangeError('verifyAnswer: the expected answer is empty; expected a text, since an empty answer is never right.');
  const found = answersIn(answer, pattern);
  if (pattern && answersIn(expected, pattern).join('\n') !== right) throw new RangeError(`verifyAnswer: the expected answer is ${JSON.stringify(expected)}, of which ${String(pattern)} finds ${JSON.stringify(answersIn(expected, pattern))}; expected a pattern that finds the whole of it.`);
  if (found.length === 0) return 'no answer';
  if (found.length > 1) return 'several answers';
  return found[0] === right ? 'right' : 'wrong';
}

const answersIn = (text: string, pattern: RegExp | undefined): string[] =>
  (pattern ? Array.from(text.matchAll(new RegExp(pattern, `${pattern.flags.replace(/[gy]/g, '')}g`)), ([found]) => found) : [text]).map(normalizeAnswer).filter((one) => one !== '');

export interface ExactRewardOptions extends VerifyOptions {
  /** Whether an answer that was cut at its most tokens can be right, too. Default false. */
  unfinished?: boolean;
}

const REWARD: OptionNames<ExactRewardOptions> = { pattern: 'optional', unfinished: 'flag' };

/**
 * A reward of 1 where `verifyAnswer` finds the answer right and it ended by itself, else 0.
 * @param expectedOf the right answer to a prompt, which is known by its text and by its ids
 */
export function exactReward(expectedOf: (prompt: string, written: WrittenAnswer) => string, options: ExactRewardOptions = {}): RewardFunction {
  checkOptions('exactReward', options, REWARD);
  const { unfinished = false, ...verify } = options;
  return (prompt, answer, written) => Number((written.endsByItself || unfinished) && verifyAnswer(answer, expectedOf(prompt, written), verify) === 'right');
}
