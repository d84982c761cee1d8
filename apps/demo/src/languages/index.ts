// The words of the interface in the language of the page.
import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';
import de from './de.js';
import en from './en.js';
import type { Language } from './names.js';
import { storiesOf, type StoryLanguage } from './stories.js';

/** A dictionary in every language; each has the keys of the German one, or it does not compile. */
export type Dictionaries<Words> = Record<Language, Words>;

export const interfaceWords: Dictionaries<typeof de> = { de, en };

/** The language of the page that is shown. */
export function useLanguage(): ComputedRef<Language> {
  const route = useRoute();
  return computed(() => route.meta.language ?? 'en');
}

/** The language of the stories and of the model that the page begins with. */
export function useStoryLanguage(): ComputedRef<StoryLanguage> {
  const language = useLanguage();
  return computed(() => storiesOf[language.value]);
}

/** The interface's words, or those of a chapter (its words.ts), in the language of the page: `const words = useWords(chapterWords)`. */
export function useWords(): ComputedRef<typeof de>;
export function useWords<Words>(dictionaries: Dictionaries<Words>): ComputedRef<Words>;
export function useWords<Words>(dictionaries: Dictionaries<Words> = interfaceWords as never): ComputedRef<Words> {
  const language = useLanguage();
  return computed(() => dictionaries[language.value]);
}

/** Numbers as the page's language writes them: `number(0.351, { style: 'percent' })` is "35 %" in German. */
export function useNumbers(): ComputedRef<(value: number, options?: Intl.NumberFormatOptions) => string> {
  const language = useLanguage();
  return computed(() => (value: number, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(language.value, options).format(value));
}
