// The settings of this chapter's runs, as they stand in the address.
import { newStylePrompts, styleLines, styles } from '@kk/corpora/instructions';
import type { StoryLanguage } from '../../languages/stories.js';
import type { Writing } from '../../lab/tuning/answer.js';
import { tuningWays, usualRate, usualSteps, type TuningLine, type TuningRecipe } from '../../lab/tuning/recipe.js';
import type { ChosenLines } from './chosen-lines.js';
import { fitLine } from '../../figures/fit-line.js';
import { decimal, oneOf, shortText, whole, type Setting } from '../../storage/url-state.js';

/** A figure that nobody scrolls to is computed after so many milliseconds: a printed page has all of them. */
export const LATEST = 8000;

/** A whole number in steps, as a slider has them; another one in the address becomes the nearest. @param free  a number that is none of them and may be chosen, too */
export function inSteps({ least, most, step }: { least: number; most: number; step: number }, initial: number, free = initial): Setting<number> {
  const any = whole(Math.min(least, free), most, initial);
  return {
    ...any,
    read(text) {
      const value = any.read(text);
      return value === undefined || value === free ? value : Math.max(least, Math.round(value / step) * step);
    },
  };
}

/** The newest look, whichever it is. */
export const NEWEST = -1;
/** Steps between two looks: long runs are looked at less often, so that looking takes no longer than learning. */
export const everyOf = (steps: number): number => (steps > 120 ? 20 : 10);
/** As many steps as the way needs: no number of steps. */
const USUAL = 0;
export const [LEAST_STEPS, MOST_STEPS, STEPS_APART] = [10, 240, 10];

/** How answers are drawn at a look: a little less daringly than the die itself. */
export const writing: Writing = { temperature: 0.7, length: 48 };

/** Fewer lines of one's own than these are learned by heart at once. */
export const FEW_LINES = 10;

export const lineSets = [...styles, 'own'] as const;
export type LineSet = (typeof lineSets)[number];

export const replays = ['0', '25', '50'] as const;

export const tuneSettings = (language: StoryLanguage) => ({
  /** The language of the lines and of the model. */
  lines: oneOf(['de', 'en'], language),
  style: oneOf(lineSets, 'recipe'),
  way: oneOf(tuningWays, 'full'),
  replay: oneOf(replays, '0'),
  steps: inSteps({ least: LEAST_STEPS, most: MOST_STEPS, step: STEPS_APART }, USUAL),
  seed: whole(0, 2 ** 32 - 1, 1),
  /** The shown look: after so many steps. */
  after: whole(NEWEST, MOST_STEPS, NEWEST),
});

export interface TuneSettings {
  lines: StoryLanguage;
  style: LineSet;
  way: TuningRecipe['way'];
  replay: (typeof replays)[number];
  steps: number;
  seed: number;
}

export const linesOfSet = (set: LineSet, language: StoryLanguage, own: readonly TuningLine[]): readonly TuningLine[] => (set === 'own' ? own : styleLines(language, set));

/** The steps of a run: as chosen, or as many as the way needs. */
export const stepsOf = ({ steps, way }: Pick<TuneSettings, 'steps' | 'way'>): number => (steps === USUAL ? usualSteps[way] : Math.max(LEAST_STEPS, steps));

export function recipeOf({ lines, style, way, replay, steps, seed }: TuneSettings, own: readonly TuningLine[] = []): TuningRecipe {
  return { language: lines, lines: linesOfSet(style, lines, own), way, replay: Number(replay), learningRate: usualRate[way], steps: stepsOf({ steps, way }), seed };
}

/** What is asked before, on the way and after: the question of the first line, and two that no line has. */
export function questionsOf(language: StoryLanguage, lines: readonly TuningLine[]): string[] {
  const [first] = lines.filter(({ prompt }) => prompt.trim() !== '');
  const known = new Set(lines.map(({ prompt }) => prompt.trim()));
  const fresh = newStylePrompts(language).filter((prompt) => !known.has(prompt));
  return [...(first ? [first.prompt.trim()] : []), ...fresh].slice(0, 3);
}

/** Whom the visitor talks to: what was tuned last, the model before it, or one of theirs (`own:NAME`). */
export const [TUNED, BASE] = ['tuned', 'base'];
const who: Setting<string> = { initial: TUNED, read: (text) => (text === BASE || text === TUNED || /^own:./.test(text) ? text : undefined), write: (value) => value };

/** Characters of a question. */
export const LONGEST_QUESTION = 200;

export const talkSettings = (language: StoryLanguage) => ({
  who,
  /** What is asked. */
  say: { ...shortText(newStylePrompts(language)[0]!, LONGEST_QUESTION), read: (text: string) => fitLine(text, LONGEST_QUESTION).line },
  warmth: decimal(0, 1.5, writing.temperature),
  talk: whole(0, 2 ** 32 - 1, 1),
});

/** Whom one talks to before the first run of one's own with the chosen lines: a short one, made when the first question is asked. */
export function preparedRun({ language, style, lines }: ChosenLines): { recipe: TuningRecipe; after: number; style: LineSet } {
  const recipe = recipeOf({ lines: language, style, way: 'full', replay: '0', steps: 40, seed: 1 }, lines);
  return { recipe, after: recipe.steps, style };
}
