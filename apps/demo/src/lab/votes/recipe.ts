// What a run of chapter 10 is made from: pairs of continuations that come again for a seed, and what a visitor preferred among them. The same recipe gives the same model again.
import type { StoryLanguage } from '../../languages/stories.js';

/** Where the pairs come from: pair i of the same source is always the same. */
export interface PairSource {
  /** The shipped model of this language writes them. */
  readonly language: StoryLanguage;
  readonly seed: number;
}

/** Which of a pair's two answers is preferred; `n` where neither is. */
export type Vote = 'a' | 'b' | 'n';

export interface VoteRecipe extends PairSource {
  /** One letter for each pair from the first on. */
  readonly votes: readonly Vote[];
  /** At most; a budget may end the run before. */
  readonly steps: number;
  /** How far the model may go from where it was, in nats an answer (KL divergence); the run ends at the first look beyond it. */
  readonly budget: number;
  /** The highest learning rate; `LEARNING_RATE` unless another is given. */
  readonly rate?: number;
}

/** Pairs that are learned from: `n` says nothing. */
export const decidedVotes = (votes: readonly Vote[]): number => votes.filter((vote) => vote !== 'n').length;

/** How dear it is to leave the model as it was (DPO's beta). */
export const BETA = 0.1;
/** At this rate, thirty steps over fifteen votes take the model 3 to 6 nats an answer from where it was. */
export const LEARNING_RATE = 2e-4;
export const USUAL_STEPS = 30;
/** The steps before the full rate. */
export const WARMUP_STEPS = 3;
/** Nats an answer: far enough to do what was asked, and near enough to go on telling stories. */
export const USUAL_BUDGET = 5;
/** Steps between two looks. */
export const LOOK_EVERY = 5;
