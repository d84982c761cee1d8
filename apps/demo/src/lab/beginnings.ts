// Beginnings of stories, cut before a word that many others could replace.
import { inspectStory } from '@kk/corpora';
import type { StoryLanguage } from '../languages/stories.js';

/** How many characters a beginning has. */
const SHORTEST = 20;
const LONGEST = 100;

/** Choices that are nobody's guess: the children's names. */
const NAMES: readonly string[] = ['hero', 'friend'];

export interface Beginning {
  text: string;
  /** The word with which the story goes on. */
  next: string;
}

/**
 * The beginning of the story of this seed. Of the places where the grammar drew a single word that is no name, it takes the one with the
 * least probable word: there the most others were possible.
 */
export function beginningOf(language: StoryLanguage, seed: number): Beginning {
  const { text, choices } = inspectStory(language, seed);
  const places = choices.filter(({ name, start, end }) => !NAMES.includes(name) && start > SHORTEST && start <= LONGEST && text[start - 1] === ' ' && /^\p{L}+$/u.test(text.slice(start, end)));
  const place = places.sort((a, b) => a.probability - b.probability || a.start - b.start)[0];
  if (place) return { text: text.slice(0, place.start - 1), next: text.slice(place.start, place.end) };
  // No such place: before the last word within the longest beginning.
  const cut = text.lastIndexOf(' ', LONGEST);
  return { text: text.slice(0, cut), next: /^[\p{L}\p{N}]+/u.exec(text.slice(cut + 1))?.[0] ?? '' };
}
