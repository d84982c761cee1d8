// The lines that are chosen in the first figure. All figures of the chapter learn these.
import { computed, onMounted, type ComputedRef } from 'vue';
import { useStoryLanguage } from '../../languages/index.js';
import { storyLanguages, type StoryLanguage } from '../../languages/stories.js';
import { completeLines, type TuningLine } from '../../lab/tuning/recipe.js';
import { openOwnLines, ownLines } from '../../storage/own-lines.js';
import { oneOf, useSettings } from '../../storage/url-state.js';
import { linesOfSet, lineSets, type LineSet } from './settings.js';
import type de from './de.js';

export interface ChosenLines {
  language: StoryLanguage;
  style: LineSet;
  /** Those with a question and an answer; of one's own there may be none. */
  lines: readonly TuningLine[];
}

/** @param own  the visitor's own lines */
export const chosenLines = (language: StoryLanguage, style: LineSet, own: readonly TuningLine[] = []): ChosenLines => ({ language, style, lines: completeLines(linesOfSet(style, language, own)) });

export const areSameLines = (a: ChosenLines, b: ChosenLines): boolean => a.language === b.language && a.style === b.style && JSON.stringify(a.lines) === JSON.stringify(b.lines);

/** What the address says, which the first figure writes. */
export function useChosenLines(): ComputedRef<ChosenLines> {
  const settings = useSettings({ lines: oneOf(storyLanguages, useStoryLanguage().value), style: oneOf(lineSets, 'recipe') });
  onMounted(openOwnLines);
  return computed(() => chosenLines(settings.lines, settings.style, ownLines.value));
}

/** A set as the page names it; a dialect has another name in each language. */
export const styleName = ({ styles, dialect, own }: Pick<typeof de, 'styles' | 'dialect' | 'own'>, { style, language }: Pick<ChosenLines, 'style' | 'language'>): string => (style === 'own' ? own : style === 'dialect' ? dialect(language) : styles[style]);
