// Draws a story that belongs to a part.

import { inspectPlot, writePlot, type InspectedStory } from '../inspect.js';
import type { Language } from '../languages.js';
import type { Draws } from './draws.js';
import { partOf } from './part.js';
import type { InstructionPart } from './types.js';

/** The plots of both languages. */
export const plots: readonly string[] = ['lost', 'share', 'noise', 'rescue', 'build', 'gift', 'quarrel', 'homeward', 'practice', 'garden'];

/** The story of `writePlot(language, plot, seed)`. */
export interface DrawnStory {
  readonly plot: string;
  readonly seed: number;
  readonly story: InspectedStory;
}

/** @param among plots */
export function drawStory(language: Language, part: InstructionPart, among: readonly string[], draws: Draws): DrawnStory {
  for (;;) {
    const [plot, seed] = [draws.of(among), draws.seed()];
    // Writing without a trace is six times as fast, and in the test part nine of ten stories are not taken.
    if (partOf(writePlot(language, plot, seed)) === part) return { plot, seed, story: inspectPlot(language, plot, seed) };
  }
}
