// The language of stories and models is that of @kk/corpora. A page may be in another language: it begins with the stories and models named here.
import type { Language as StoryLanguage } from '@kk/corpora';
import type { Language } from './names.js';

export type { StoryLanguage };

/** The languages of the bundled stories and of the models that ship. */
export const storyLanguages = ['de', 'en'] as const satisfies readonly StoryLanguage[];

/** The stories and models that a page of each language begins with. */
export const storiesOf: Record<Language, StoryLanguage> = { de: 'de', en: 'en' };
