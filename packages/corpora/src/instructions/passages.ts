// Cuts a story into its sentences, and takes some that follow each other.

import type { InspectedStory } from '../inspect.js';
import { SentenceReader } from '../stats/sentences.js';

/** Sentences of a story that follow each other. */
export interface Passage {
  readonly story: InspectedStory;
  readonly text: string;
  /** Where the passage stands in the story's text, in UTF-16 code units: `story.text.slice(start, end)`. */
  readonly start: number;
  readonly end: number;
  readonly sentences: readonly string[];
  /** The sentence of the story that follows; undefined if the passage ends with the story. */
  readonly following: string | undefined;
}

/** The sentences of a story. Joined with spaces they are the story. */
export function sentencesOf(text: string): string[] {
  const reader = new SentenceReader();
  return [...reader.add(text), ...reader.rest()];
}

/** The passage of `count` sentences that begins with the sentence number `first`. */
export function passageAt(story: InspectedStory, sentences: readonly string[], first: number, count: number): Passage {
  const taken = sentences.slice(first, first + count);
  const start = sentences.slice(0, first).reduce((sum, sentence) => sum + sentence.length + 1, 0);
  const text = taken.join(' ');
  return { story, text, start, end: start + text.length, sentences: taken, following: sentences[first + count] };
}

/** Whether a place in the story's text is in the passage. */
export function covers(passage: Passage, place: number): boolean {
  return place >= passage.start && place < passage.end;
}

/** Where a word stands in a text for the first time, as a whole word; -1 if it does not. */
export function placeOf(text: string, word: string): number {
  const wholeWord = new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u');
  return text.search(wholeWord);
}
