// The runs that the figures of this chapter compare: the same lines learned with other settings. Four of the twenty lines are not learned, so that
// it can be measured what the model makes of lines that it has never seen.
import { newStylePrompts, styleLines, type Style } from '@kk/corpora/instructions';
import type { StoryLanguage } from '../../languages/stories.js';
import type { TuningInput } from '../../lab/jobs/tuning.js';
import type { Asked } from '../../lab/tuning/answer.js';
import { usualRate, usualSteps, type TuningLine, type TuningRecipe, type TuningWay } from '../../lab/tuning/recipe.js';
import { oneOf } from '../../storage/url-state.js';
import type de from './de.js';
import { lineSets, type LineSet } from './settings.js';
import { BLIND, LEARNED } from './signs.js';

export const SEED = 1;

/** The set that the visitor has chosen, as the address has it. One's own lines may be too few to hold some of them out: then the pirate's are learned. */
export const styleSetting = oneOf(lineSets, 'recipe');
export const comparedStyle = (set: LineSet): Style => (set === 'own' ? 'pirate' : set);

/** Every so manyth line is held out. */
export const HELD_OUT = 5;
const isHeldOut = (_: unknown, i: number): boolean => i % HELD_OUT === HELD_OUT - 1;

/** The lines of a style: those that are learned, and those that are only measured. */
export function comparedLines(language: StoryLanguage, style: Style): { lines: TuningLine[]; heldOut: TuningLine[] } {
  const all = styleLines(language, style);
  return { lines: all.filter((line, i) => !isHeldOut(line, i)), heldOut: all.filter(isHeldOut) };
}

/** A question of the lines that are learned, and one that is in no line. */
export const comparedPrompts = (language: StoryLanguage, style: Style): [learned: string, unseen: string] => [styleLines(language, style)[0]!.prompt, newStylePrompts(language)[1]!];

/** The most tokens of an answer. */
const LENGTH = 36;
export const askedOf = (prompts: readonly string[], length = LENGTH): Asked => ({ prompts, temperature: 0, length });

/**
 * @param prompts  what is asked at every look
 * @param every  steps between two looks
 */
export function comparedRun(language: StoryLanguage, style: Style, changes: Partial<Pick<TuningRecipe, 'way' | 'replay' | 'learningRate' | 'steps'>>, { prompts = [], every }: { prompts?: readonly string[]; every: number }): TuningInput {
  const { lines, heldOut } = comparedLines(language, style);
  const { way = 'full' } = changes;
  return { recipe: { language, lines, way, replay: 0, learningRate: usualRate[way], steps: usualSteps[way], seed: SEED, ...changes }, asked: askedOf(prompts), every, heldOut };
}

/** Steps between two looks. */
const WAY_EVERY = 10;
/** Gentle ones, at which a step changes the loss little, so that all ways stop at almost the same: measured by `slow/tuning-ways.test.ts`. */
const rateOfWay: Readonly<Record<TuningWay, number>> = { ...usualRate, full: 0.0005 };

/** A run of one of the ways, which ends when the lines are learned: what the ways have forgotten can be compared only where they have learned equally well. */
export const runOfWay = (language: StoryLanguage, style: Style, way: TuningWay): TuningInput => ({ ...comparedRun(language, style, { way, learningRate: rateOfWay[way] }, { prompts: comparedPrompts(language, style).slice(0, 1), every: WAY_EVERY }), enough: LEARNED });

export const rates = ['gentle', 'right', 'hot'] as const;
export type Rate = (typeof rates)[number];
/** A fifth of the usual rate, the usual one, and a hundred times as much: measured, so that the first is too slow and the last ruins the model. */
export const rateOf: Readonly<Record<Rate, number>> = { gentle: 0.0002, right: usualRate.full, hot: 0.1 };
/** Longer than is good for the lines. */
export const LONG = 40;
export const LONG_EVERY = 10;
/** The most tokens of each of the answers that are compared at three rates. */
const LENGTH_IN_HEAT = 24;

/** What the model is asked while it becomes too hot: a question of the lines, one that is in no line, and the beginning of a story. */
export const askedInHeat = (language: StoryLanguage, style: Style): Asked => askedOf([...comparedPrompts(language, style), storyBeginning[language]], LENGTH_IN_HEAT);

/** One run for each rate. A model that is worse than blind guessing learns no further. */
export const runsInHeat = (language: StoryLanguage, style: Style): TuningInput[] =>
  rates.map((rate) => ({ ...comparedRun(language, style, { learningRate: rateOf[rate], steps: LONG }, { every: LONG_EVERY }), asked: askedInHeat(language, style), hopeless: BLIND }));

/** With this every fifth or so of the bundled stories begins. */
const storyBeginning: Readonly<Record<StoryLanguage, string>> = { de: 'Es war ein schöner Tag, und die Sonne schien.', en: 'It was a beautiful day, and the sun was shining.' };

/** A style as the page names it; a dialect has another name in each language. */
export const styleName = ({ styles, dialect }: Pick<typeof de, 'styles' | 'dialect'>, style: Style, language: StoryLanguage): string => (style === 'dialect' ? dialect(language) : styles[style]);
