// What a shipped model that answers reads: what is asked, between its two special tokens. It has learned answers in this form only.
import type { Tokenizer } from '@kk/tokenizer';
import type { StoryLanguage } from '../../languages/stories.js';

/** The shipped model of a language that has learned to answer. */
export const answersOf = (language: StoryLanguage): `answers-${StoryLanguage}` => `answers-${language}`;

/** The special tokens before what is asked, between it and the answer, and behind the answer. */
export const MARKS = { user: '<|user|>', assistant: '<|assistant|>', end: '<|end|>' } as const;

/** @throws Error when the tokenizer has no such token, so that it is not one of a model that answers */
function idOf({ specialTokens }: Pick<Tokenizer, 'specialTokens'>, mark: string): number {
  const id = specialTokens.get(mark);
  if (id === undefined) throw new Error(`The tokenizer has no token ${mark}; a model that answers has ${Object.values(MARKS).join(', ')}.`);
  return id;
}

/** The id with which an answer ends. */
export const answerEnd = (tokenizer: Tokenizer): number => idOf(tokenizer, MARKS.end);

/**
 * What is asked is ordinary text, also where it looks like a special token.
 * @param room  the most ids; of a longer text the beginning is left out
 */
export function askedIds(tokenizer: Tokenizer, asked: string, room = Infinity): number[] {
  const text = tokenizer.encode(` ${asked}`);
  return [idOf(tokenizer, MARKS.user), ...text.slice(Math.max(0, text.length - (room - 2))), idOf(tokenizer, MARKS.assistant)];
}
