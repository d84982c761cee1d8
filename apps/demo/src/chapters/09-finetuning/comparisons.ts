// The runs that the figures of this chapter compare: the same lines learned with other settings. Some of the lines are held out: they are not
// learned, so that it can be measured what the model makes of lines that it has never seen.
import type { StoryLanguage } from '../../languages/stories.js';
import type { Tuning, TuningInput } from '../../lab/jobs/tuning.js';
import type { Asked } from '../../lab/tuning/answer.js';
import { usualRate, usualSteps, type TuningLine, type TuningRecipe, type TuningWay } from '../../lab/tuning/recipe.js';
import type { MovedWeights } from '../../lab/jobs/moved-weights.js';
import type { ChosenLines } from './chosen-lines.js';
import { keptPictures } from './compared-runs.js';
import { questionsOf, type replays } from './settings.js';
import { BLIND, LEARNED } from './signs.js';

export const SEED = 1;

/** Every so manyth line is held out; none of fewer lines. */
export const HELD_OUT = 5;
const isHeldOut = (_: unknown, i: number): boolean => i % HELD_OUT === HELD_OUT - 1;

/** Those that are learned, and those that are held out. */
export const comparedLines = (lines: readonly TuningLine[]): { lines: TuningLine[]; heldOut: TuningLine[] } => ({ lines: lines.filter((line, i) => !isHeldOut(line, i)), heldOut: lines.filter(isHeldOut) });

/** A question of the lines that are learned, and one that is in no line. */
export function comparedPrompts({ language, lines }: ChosenLines): [learned: string, fresh: string] {
  const [learned, , fresh] = questionsOf(language, lines);
  return [learned!, fresh!];
}

/** The most tokens of an answer. */
const LENGTH = 36;
export const askedOf = (prompts: readonly string[], length = LENGTH): Asked => ({ prompts, temperature: 0, length });

/**
 * @param prompts  what is asked at every look
 * @param every  steps between two looks
 */
export function comparedRun({ language, lines: all }: ChosenLines, changes: Partial<Pick<TuningRecipe, 'way' | 'replay' | 'learningRate' | 'steps'>>, { prompts = [], every }: { prompts?: readonly string[]; every: number }): TuningInput {
  const { lines, heldOut } = comparedLines(all);
  const { way = 'full' } = changes;
  return { recipe: { language, lines, way, replay: 0, learningRate: usualRate[way], steps: usualSteps[way], seed: SEED, ...changes }, asked: askedOf(prompts), every, heldOut };
}

/** What the figures have compared on this visit. */
export const keptForgetting = keptPictures<(typeof replays)[number], Tuning>();
export const keptMoves = keptPictures<TuningWay, MovedWeights>();
export const keptInHeat = keptPictures<Rate, Tuning>();
export const keptPrepared = keptPictures<'prepared', Tuning>();

/** Steps between two looks. */
const WAY_EVERY = 10;
/** Gentle ones, at which a step changes the loss little, so that all ways stop at almost the same: measured by `slow/tuning-ways.test.ts`. */
const rateOfWay: Readonly<Record<TuningWay, number>> = { ...usualRate, full: 0.0005 };

/** A run of one of the ways, which ends when the lines are learned: what the ways have forgotten can be compared only where they have learned equally well. */
export const runOfWay = (chosen: ChosenLines, way: TuningWay): TuningInput => ({ ...comparedRun(chosen, { way, learningRate: rateOfWay[way] }, { prompts: comparedPrompts(chosen).slice(0, 1), every: WAY_EVERY }), enough: LEARNED });

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
export const askedInHeat = (chosen: ChosenLines): Asked => askedOf([...comparedPrompts(chosen), storyBeginning[chosen.language]], LENGTH_IN_HEAT);

/** One run for each rate. A model that is worse than blind guessing learns no further. */
export const runsInHeat = (chosen: ChosenLines): TuningInput[] =>
  rates.map((rate) => ({ ...comparedRun(chosen, { learningRate: rateOf[rate], steps: LONG }, { every: LONG_EVERY }), asked: askedInHeat(chosen), hopeless: BLIND }));

/** With this every fifth or so of the bundled stories begins. */
const storyBeginning: Readonly<Record<StoryLanguage, string>> = { de: 'Es war ein schöner Tag, und die Sonne schien.', en: 'It was a beautiful day, and the sun was shining.' };
