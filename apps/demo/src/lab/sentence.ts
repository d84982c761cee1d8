// The sentence that chapter 1's figures go on from, as the model reads it.
import type { StoryLanguage } from '../languages/stories.js';
import { beginningOf } from './beginnings.js';
import { idsFromBeginning, pieces, type Piece } from './model-text.js';
import type { ReadyModel } from './ready-model.js';

/** Where a text begins: with the beginning of a story, or with the visitor's own words. */
export type SentenceInput = { story: number; language: StoryLanguage } | { own: string };

export interface Sentence {
  text: string;
  /** The word with which the story went on; only of stories. */
  next?: string;
  prompt: Piece[];
  /** The ids that the model gets, after which it predicts. */
  context: number[];
  /** Whether the text is as long as the model can read. */
  full: boolean;
}

/** @param grown  ids of tokens that were added to the text */
export function readSentence(model: ReadyModel, input: SentenceInput, grown: readonly number[] = []): Sentence {
  const { contextLength } = model.gpt.config;
  const beginning = 'own' in input ? { text: input.own.trim(), next: undefined } : beginningOf(input.language, input.story);
  const { before, ids } = idsFromBeginning(model, beginning.text);
  const context = [...before, ...ids, ...grown];
  return { ...beginning, prompt: pieces(model, ids), context: context.slice(-contextLength), full: context.length >= contextLength };
}
