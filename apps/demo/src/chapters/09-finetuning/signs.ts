// What the numbers of a look say about a run, in a few words: measured against the model before the first step.
import type { Look } from '../../lab/tuning/look.js';

export const signs = ['unlearned', 'learned', 'rote', 'forgotten', 'broken'] as const;
export type Sign = (typeof signs)[number];

/** Below so many nats a token, the lines are learned. */
export const LEARNED = 0.5;
/** An answer to a question that is in no line is made of copies from so large a share of its tokens on. */
const COPIED = 0.5;
/** The loss on stories has grown by so much: a part of them is forgotten. */
const FORGOTTEN = 1.25;
/** Nats per token with which blind guessing among the model's 2,048 tokens is as good. */
export const BLIND = Math.log(2048);

/**
 * @param before  the look before the first step
 * @param now  its second answer is to a question that is in no line
 */
export function signsOf(before: Look, now: Look): Sign[] {
  if (now.step === 0) return [];
  const unseen = now.answers[1];
  return [
    now.loss.lines < LEARNED ? 'learned' : 'unlearned',
    ...(unseen && unseen.copied >= COPIED ? (['rote'] as const) : []),
    ...(now.loss.stories >= BLIND ? (['broken'] as const) : now.loss.stories > FORGOTTEN * before.loss.stories ? (['forgotten'] as const) : []),
  ];
}
