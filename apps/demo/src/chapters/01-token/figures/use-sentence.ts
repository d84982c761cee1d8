// The sentence that the figures of this chapter go on from: the beginning of a story, or the visitor's own. All of them show the same.
import { computed, type ComputedRef } from 'vue';
import { useStoryLanguage } from '../../../languages/index.js';
import type { StoryLanguage } from '../../../languages/stories.js';
import type { SentenceInput } from '../../../lab/sentence.js';
import { shortText, whole, type Setting } from '../../../storage/url-state.js';

/** The story whose beginning is shown first, and the beginning: so it is there before anything is computed. */
export const FIRST_STORY = 9;
export const firstBeginning: Record<StoryLanguage, string> = {
  de: 'Hinter einem Brombeerstrauch lebte eine kleine',
  en: 'At the edge of a clearing lived a dreamy',
};

/** The figures below the first one compute when they are seen, or so many milliseconds after the page has opened: a printed page has all of them. */
export const LATEST = 6000;

export const sentenceSettings = () =>
  ({
    story: whole(0, 999_999, FIRST_STORY),
    own: shortText('', 200),
    seed: whole(0, 2 ** 32 - 1, 7),
  }) satisfies Record<string, Setting<unknown>>;

export interface Sentence {
  text: ComputedRef<SentenceInput>;
  /** The text as far as it is known without computing; empty otherwise. */
  known: ComputedRef<string>;
}

export function useSentence(settings: { story: number; own: string }): Sentence {
  const language = useStoryLanguage();
  return {
    text: computed(() => (settings.own.trim() ? { own: settings.own } : { story: settings.story, language: language.value })),
    known: computed(() => settings.own.trim() || (settings.story === FIRST_STORY ? firstBeginning[language.value] : '')),
  };
}
