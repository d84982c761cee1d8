// The settings that figures of this chapter share in the address. Layers and heads are counted from 1 there, as on the page.
import type { StoryLanguage } from '../../languages/stories.js';
import { shortText, type Setting } from '../../storage/url-state.js';

/** A figure that nobody scrolls to is computed after so many milliseconds: a printed page has all of them. */
export const LATEST = 8000;

/** The most characters of a sentence. */
export const LONGEST = 240;

/** A story in which a hero's name is about to come again. */
const sentences: Record<StoryLanguage, string> = {
  de: 'Merle hatte einen kleinen roten Ball. Doch heute war der Ball weg. „Mein Ball ist weg!“, rief',
  en: 'Merle had a small red ball. But today the ball was gone. “My ball is gone!” cried',
};

/** The sentence that the figures look into; `sentence` in the address. */
export const sentenceSetting = (language: StoryLanguage): Setting<string> => shortText(sentences[language], LONGEST);
