// The settings that figures of this chapter share in the address. Layers, heads and places are counted from 1 there, as on the page.
import type { StoryLanguage } from '../../languages/stories.js';
import { flag, shortText, whole, type Setting } from '../../storage/url-state.js';
import { headsSetting, placesSetting } from './chosen.js';

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

/** A place, counted from 1; 0 leaves the choice to the figure. */
const place = whole(0, 4096, 0);

/** What somebody has chosen in a sentence, in any of the figures; none of it means anything in another sentence. */
const inSentence = {
  /** The token that looks; 0 is the last. */
  at: place,
  /** The token that is looked at; 0 is the one that gets most. */
  to: place,
  /** The places that the last token may not look at. */
  cut: placesSetting,
  /** A token of the word that is looked for; 0 is the one that the model expects. */
  word: place,
  /** The head of which somebody thinks that it reads the word, and whether all shares are shown. */
  pick: headsSetting,
  shares: flag(false),
  /** The place at which the layers are compared; 0 is the last. */
  place,
};

/** The sentence and what is chosen in it, for `useSettings`. */
export const chosenIn = (language: StoryLanguage): { sentence: Setting<string> } & typeof inSentence => ({ sentence: sentenceSetting(language), ...inSentence });

/**
 * Takes the sentence that somebody types, and forgets what was chosen in the one before, in all figures: they share the address.
 * A link brings both, and goes past this.
 */
export function typeSentence(settings: { sentence: string }, sentence: string): void {
  if (sentence === settings.sentence) return;
  Object.assign(settings, { sentence }, Object.fromEntries(Object.entries(inSentence).map(([name, { initial }]) => [name, initial])));
}
