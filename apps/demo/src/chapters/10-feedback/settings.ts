// The settings of this chapter's figures, as they stand in the address.
import type { PreferenceRule } from '@kk/corpora/instructions';
import { readStrokes, tidyStroke, writeStrokes } from '../../figures/sign-strokes.js';
import { PLACES } from '../../lab/pixels/tokens.js';
import type { StoryLanguage } from '../../languages/stories.js';
import { lessons } from '../../lab/sums/recipe.js';
import { USUAL_BUDGET, USUAL_STEPS, type Vote, type VoteRecipe } from '../../lab/votes/recipe.js';
import { MOST_VOTES } from '../../storage/own-votes.js';
import { decimal, oneOf, shortText, whole, type Setting } from '../../storage/url-state.js';

/** A bow that comes down on its right, as 2, 3, 7, 8 and 9 may begin. */
export const exampleHalf = writeStrokes([tidyStroke(Array.from({ length: 14 }, (_, i) => {
  const angle = Math.PI * (1.15 + (0.85 * i) / 13);
  return { x: 32 + 9 * Math.cos(angle), y: 30 + 18 * Math.sin(angle) };
}))]);

const half: Setting<string> = { initial: exampleHalf, read: (text) => (readStrokes(text) ? text : undefined), write: (text) => text };

export const digitNames = ['any', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** The setting `pixel` while the newest pixel is looked at. */
export const NEWEST = 0;

export const drawSettings = {
  digit: oneOf(digitNames, '3'),
  begin: oneOf(['blank', 'half'], 'blank'),
  half,
  temperature: decimal(0, 2, 1),
  guidance: decimal(1, 3, 2),
  /** The seed of a drawing; the sums have another. */
  drawing: whole(0, 2 ** 31 - 1, 1),
  /** The pixel whose probabilities are looked at, from 1. */
  pixel: whole(NEWEST, PLACES, NEWEST),
};

/** Votes that are asked for; fewer are enough to begin with. */
export const ENOUGH_VOTES = 15;
export const LEAST_VOTES = 5;
/** What the model would vote on so many pairs after the last one is known when it has learned. */
export const GUESSES = 10;
/** Beginnings after which it is looked at how the model goes on. */
export const TEXTS = 4;
/** The newest look, whichever it is. */
export const NEWEST_LOOK = -1;

/** How votes begin in the address: with the pairs that they are of, as in `de-1-abban`. On other pairs they say nothing. */
export const votesOn = (language: StoryLanguage, pairs: number): string => `${language}-${pairs}-`;
const votes: Setting<string> = { initial: '', read: (text) => (new RegExp(`^(de|en)-\\d{1,3}-[abn]{1,${MOST_VOTES}}$`).test(text) ? text : undefined), write: (value) => value };
export const votesOf = (text: string): Vote[] => [...text] as Vote[];
export const mayVote = (text: string): boolean => text.length < MOST_VOTES;

export const voteSettings = (language: StoryLanguage) => ({
  /** The language of the stories. */
  stories: oneOf(['de', 'en'], language),
  pairs: whole(0, 999, 1),
  votes,
  steps: whole(5, 200, USUAL_STEPS),
  /** Nats an answer. */
  budget: decimal(0.5, 100, USUAL_BUDGET),
  /** The shown look: after so many steps. */
  look: whole(NEWEST_LOOK, 200, NEWEST_LOOK),
});

/** The language of the stories, which all figures share. */
export const storiesSetting = (language: StoryLanguage) => ({ stories: oneOf(['de', 'en'], language) });

/** The prompts that are offered, by their kinds, and one's own. */
export const askedKinds = ['who', 'lost', 'begin', 'own'] as const;
export type AskedKind = (typeof askedKinds)[number];
/** The most characters of one's own prompt. */
export const MOST_ASKED = 240;
export const askSettings = (language: StoryLanguage) => ({ ...storiesSetting(language), ask: oneOf(askedKinds, 'who'), asked: shortText('', MOST_ASKED), heat: decimal(0, 1.5, 0), draw: whole(0, 2 ** 31 - 1, 1) });
/** The most tokens of an answer to a prompt. */
export const ANSWER_LENGTH = 40;

/** Names of rules; those of `@kk/corpora`, which a test compares, so that the page need not load them. */
export const ruleNames = ['colour', 'speech', 'name', 'joy', 'order'] as const satisfies readonly PreferenceRule[];
/** What each hidden rater likes: rules on which two continuations often differ. Of the others, 120 pairs hold no more than nine votes. */
const raters: readonly PreferenceRule[] = ['colour', 'speech', 'speech', 'colour'];
export const RATERS = raters.length;
export const ruleOf = (rater: number): PreferenceRule => raters[rater - 1]!;
/** The pairs of the first rater; each has others. */
const FIRST_RATED = 100;
export const UNGUESSED = 'none';
export const ruleSettings = (language: StoryLanguage) => ({ ...storiesSetting(language), rater: whole(1, RATERS, 1), rule: oneOf([UNGUESSED, ...ruleNames], UNGUESSED) });
/** Where a rater's pairs come from. */
export const ratedPairs = (language: StoryLanguage, rater: number) => ({ language, seed: FIRST_RATED + rater });
/** Texts by which it is measured how often each rule is followed; with half as many, chance hides what was learned. */
export const RULE_TEXTS = 48;
export const RULE_EVERY = 10;
export const ruleRecipe = (language: StoryLanguage, rater: number, votes: readonly Vote[]): VoteRecipe => ({ ...ratedPairs(language, rater), votes, steps: USUAL_STEPS, budget: USUAL_BUDGET });

export const whoseVotes = ['rater', 'mine'] as const;
/** The leash in nats; no run comes so far as its longest. */
export const LONGEST_LEASH = 100;
export const overdoSettings = (language: StoryLanguage) => ({ ...storiesSetting(language), of: oneOf(whoseVotes, 'rater'), leash: whole(1, LONGEST_LEASH, USUAL_BUDGET) });
/** What the rater of the last figure likes. */
export const OVERDONE: PreferenceRule = 'speech';
/** It votes on the pairs that a visitor sees first. */
export const overdonePairs = (language: StoryLanguage) => ({ language, seed: 1 });
/** Three times the usual rate, and no leash: measured, so that it goes much too far. */
const OVERDONE_RATE = 6e-4;
/** Nats that no run reaches. */
const UNBOUND = 10_000;
export const OVERDONE_STEPS = 48;
/** Steps between two looks: in four, it goes from one nat to eight. */
export const OVERDONE_EVERY = 2;
/** Texts of each look. */
export const OVERDONE_TEXTS = 24;
export const overdoRecipe = (source: Pick<VoteRecipe, 'language' | 'seed'>, votes: readonly Vote[]): VoteRecipe => ({ ...source, votes, steps: OVERDONE_STEPS, budget: UNBOUND, rate: OVERDONE_RATE });

export const sumsSettings = { lesson: oneOf(lessons, 'right'), seed: whole(0, 2 ** 32 - 1, 1) };

/** The most characters of one's own question. */
export const MOST_QUESTION = 120;
export const sureSettings = (language: StoryLanguage) => ({ ...storiesSetting(language), question: shortText('', MOST_QUESTION) });
