// What the looks of a preference tuning say about answers that the model wrote: how far it went, whether they end, how long they are.
import type { HeldOutPrompts, PreferenceLook } from '@kk/finetune';
import { numberFormats } from '../../terminal/numbers.js';
import type { FactRow } from '../method.js';

type AnswerLook = Pick<PreferenceLook, 'kl' | 'endsByItself' | 'meanTokens'>;

const numbers = numberFormats('en');

/** Nats an answer from which on a model mostly pleases: with less it answers as before, and better. */
const FAR = 5;
/** By how much the share of answers that end may fall, and their mean length may change, by chance. */
const FEWER_ENDS = 0.05;
const OTHER_LENGTH = 0.2;

export const answersLine = ({ kl, endsByItself, meanTokens }: AnswerLook): string[] =>
  endsByItself === null ? [] : [`${kl === null ? '' : `KL ${numbers.decimal(kl, 2)} nats an answer, `}${numbers.percent(endsByItself)} end by themselves, ${numbers.decimal(meanTokens!, 1)} tokens`];

export function answerRows(before: AnswerLook, after: AnswerLook): FactRow[] {
  if (before.endsByItself === null || after.endsByItself === null) return [];
  return [
    ...(after.kl === null ? [] : [['Distance', `${numbers.decimal(after.kl, 2)} nats an answer from the base (KL divergence)`] as const]),
    ['Its answers', `${numbers.percent(before.endsByItself)} ended by themselves before, ${numbers.percent(after.endsByItself)} now; ${numbers.decimal(before.meanTokens!, 1)} tokens before, ${numbers.decimal(after.meanTokens!, 1)} now`],
  ];
}

/**
 * Signs that the model found another way to a high reward than better answers.
 * @param leash the option that keeps a model nearer to its base
 */
export function hackingDoubts(before: AnswerLook, after: AnswerLook, leash = '--beta'): string[] {
  const signs = [
    ...(after.kl !== null && after.kl > FAR ? [`it went ${numbers.decimal(after.kl, 1)} nats an answer from the base`] : []),
    ...(before.endsByItself !== null && after.endsByItself !== null && after.endsByItself < before.endsByItself - FEWER_ENDS ? ['fewer of its answers end by themselves'] : []),
    ...(before.meanTokens !== null && after.meanTokens !== null && Math.abs(after.meanTokens / before.meanTokens - 1) > OTHER_LENGTH ? [`its answers are ${after.meanTokens > before.meanTokens ? 'longer' : 'shorter'}`] : []),
  ];
  if (signs.length === 0) return [];
  return [`The model may have learned to please rather than to answer: ${signs.join(', ')}. Read what it writes; a lower --lr, fewer --steps or a higher ${leash} keeps it nearer to the base.`];
}

/** How many prompts a look asks, and how long its answers are at most. */
const LOOKED_PROMPTS = 32;
const LOOKED_TOKENS = 64;

/** The first different prompts of what is held out that leave room for an answer; none where there is no such prompt. */
export function lookedPrompts(heldOut: readonly { readonly prompt: Int32Array }[], contextLength: number, stopTokens: readonly number[]): { readonly answers?: HeldOutPrompts } {
  const prompts = new Map(heldOut.filter(({ prompt }) => prompt.length < contextLength).map(({ prompt }) => [prompt.join(), prompt]));
  return prompts.size === 0 ? {} : { answers: { prompts: [...prompts.values()].slice(0, LOOKED_PROMPTS), stopTokens, maxTokens: LOOKED_TOKENS } };
}
