// What a tuning run of chapter 9 is made from: the same recipe gives the same model again.
import type { StoryLanguage } from '../../languages/stories.js';

/** A line to learn: what is asked, and how it is answered. */
export interface TuningLine {
  readonly prompt: string;
  readonly completion: string;
}

/** What is trained: every weight, a narrow pair of matrices beside each linear layer, or the last layer alone. */
export const tuningWays = ['full', 'lora', 'last'] as const;
export type TuningWay = (typeof tuningWays)[number];

export interface TuningRecipe {
  /** The shipped model of this language is tuned; replay repeats stories in this language. */
  language: StoryLanguage;
  lines: readonly TuningLine[];
  way: TuningWay;
  /** How many of a hundred rows are stories that the model knows, from 0 to 90. */
  replay: number;
  /** The highest learning rate; see `usualRate`. */
  learningRate: number;
  steps: number;
  seed: number;
}

/** The state of a run after so many of its steps. */
export interface TunedState {
  recipe: TuningRecipe;
  after: number;
}

/** Rows that are learned in a step; each has 256 places, which several lines share. */
export const BATCH_SIZE = 2;
/** The rank of the LoRA adapter: 6 % of the weights. */
export const LORA_RANK = 8;
/** Layers that are trained where only the last ones are. */
export const LAST_LAYERS = 1;

/** In so many steps, at such rates, each way learns the lines: gentle rates, since at higher ones LoRA and the last layer forget far more stories for the same lines. */
export const usualSteps: Readonly<Record<TuningWay, number>> = { full: 60, lora: 240, last: 160 };
export const usualRate: Readonly<Record<TuningWay, number>> = { full: 0.001, lora: 0.002, last: 0.002 };

/** Lines that have both parts. */
export const completeLines = (lines: readonly TuningLine[]): TuningLine[] => lines.filter(({ prompt, completion }) => prompt.trim() !== '' && completion.trim() !== '');

/** The seed of the first story that is repeated; the others follow, so that each comes once. */
export const FIRST_REPLAYED = 1_000_000;
export const storiesToReplay = ({ steps, replay }: Pick<TuningRecipe, 'steps' | 'replay'>): number => Math.ceil((steps * BATCH_SIZE * replay) / 100) + 1;

export const modelOf = (language: StoryLanguage): `stories-${StoryLanguage}` => `stories-${language}`;
