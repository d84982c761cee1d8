// The settings that figures of this chapter share in the address. Layers and heads are counted from 1 there, as on the page.
import type { StoryLanguage } from '../../languages/stories.js';
import { shortText, whole, type Setting } from '../../storage/url-state.js';

/** A figure that nobody scrolls to is computed after so many milliseconds: a printed page has all of them. */
export const LATEST = 8000;

/** The most characters of a sentence. */
export const LONGEST = 240;

interface Beginning {
  sentence: string;
  /** The head that the first figure shows: the one that looks for what comes again. */
  layer: number;
  head: number;
}

/** What was said before is about to come again: a name in German, a thing in English. The English model hardly ever keeps a name. */
const beginnings: Record<StoryLanguage, Beginning> = {
  de: { sentence: 'Merle hatte einen kleinen roten Ball. Doch heute war der Ball weg. „Mein Ball ist weg!“, rief', layer: 4, head: 2 },
  en: { sentence: 'Tom had a striped scooter. But today he could not find the', layer: 4, head: 3 },
};

/** The sentence that the figures look into; `sentence` in the address. */
export const sentenceSetting = (language: StoryLanguage): Setting<string> => shortText(beginnings[language].sentence, LONGEST);

/** More than any model has that a browser can hold. */
const MOST_HEADS = 96;

/** One head; `layer` and `head` in the address. */
export const headSettings = (language: StoryLanguage): { layer: Setting<number>; head: Setting<number> } => ({
  layer: whole(1, MOST_HEADS, beginnings[language].layer),
  head: whole(1, MOST_HEADS, beginnings[language].head),
});
