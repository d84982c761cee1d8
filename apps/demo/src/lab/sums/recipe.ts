// How a small GPT learns to add in chapter 10: by a reward, beside two others that show what the reward does. Its page needs no more than this.

/** What it learns from: whether its own sum is right, a coin that knows nothing of it, or the right sums themselves. */
export const lessons = ['right', 'coin', 'solved'] as const;
export type Lesson = (typeof lessons)[number];

export interface SumsRecipe {
  lesson: Lesson;
  /** Of the model's first numbers, its exercises, and its answers. */
  seed: number;
}

/** Before all lessons: solved sums, until it gets about a third right. Not every seed is as quick: more rounds follow until it is there. */
export const START = { steps: 250, learningRate: 2e-3 } as const;
export const MORE = { steps: 50, learningRate: 1e-3, enough: 0.27, most: 20 } as const;
/** Every lesson has as many steps, with 64 sums in each. */
export const LESSON = { steps: 250, sums: 64 } as const;
/** Pushed about by a coin, a model grows numbers that rounding no longer leaves alone: at a higher rate its tuning refuses to go on. */
export const RATES: Readonly<Record<Lesson, number>> = { right: 8e-4, coin: 2e-4, solved: 8e-4 };
/** Answers to each sum, where there is a reward. */
export const GROUP = 8;
/** Unseen sums by which it is measured how many are right. */
export const TESTED = 400;
/** Steps between two looks. */
export const LOOK_EVERY = 10;
