// Draws a passage of a story, and sentences with which the story may go on: the grammar writes the story again, with other choices from there on.

import { writePlotOtherwise } from '../../inspect.js';
import type { Language } from '../../languages.js';
import { drawStory, plots } from '../draw-story.js';
import type { Draws } from '../draws.js';
import { partOf } from '../part.js';
import { passageAt, sentencesOf } from '../passages.js';
import type { InstructionPart } from '../types.js';

export interface OpenPassage {
  readonly text: string;
  /** The sentence that follows with other choices; undefined where these would change the passage, too. */
  readonly goOn: (seed: number) => string | undefined;
}

/**
 * The story and the passage belong to the part, so that no passage is in both, whatever the seeds.
 *
 * @param lengths the least and the most sentences
 */
export function drawOpenPassage(language: Language, part: InstructionPart, [least, most]: readonly [number, number], draws: Draws): OpenPassage {
  for (;;) {
    const { plot, seed, story } = drawStory(language, part, plots, draws);
    const sentences = sentencesOf(story.text);
    const passages = sentences.flatMap((_, first) => {
      const longest = Math.min(most, sentences.length - 1 - first); // a sentence follows
      return Array.from({ length: Math.max(0, longest - least + 1) }, (__, more) => passageAt(story, sentences, first, least + more));
    });
    const fitting = passages.filter(({ text }) => partOf(text) === part);
    if (fitting.length === 0) continue;
    const { text, end } = draws.of(fitting);
    const before = `${story.text.slice(0, end)} `;
    const kept = 1 + story.choices.findLastIndex(({ start }) => start < end);
    const goOn = (otherSeed: number): string | undefined => {
      const other = writePlotOtherwise(language, plot, seed, kept, otherSeed);
      return other.startsWith(before) ? sentencesOf(other.slice(before.length))[0] : undefined;
    };
    return { text, goOn };
  }
}
