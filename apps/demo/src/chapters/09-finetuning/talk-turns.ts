// The questions and answers of the conversation on this visit, for each language of the page.
import { shallowRef, type ShallowRef } from 'vue';
import type { StoryLanguage } from '../../languages/stories.js';
import type { Partner, Talk } from '../../lab/jobs/talk.js';
import type { Answering } from './tune-code.js';

export interface Turn {
  question: string;
  /** Who answers, in words. */
  name: string;
  answering: Answering;
  partner: Partner;
  seed: number;
  temperature: number;
  talk: Talk | null;
}

const turns: Readonly<Record<StoryLanguage, ShallowRef<readonly Turn[]>>> = { de: shallowRef([]), en: shallowRef([]) };

/** @param page  its language */
export const keptTurns = (page: StoryLanguage): ShallowRef<readonly Turn[]> => turns[page];
