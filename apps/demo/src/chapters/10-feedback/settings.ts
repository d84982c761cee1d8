// The settings of this chapter's figures, as they stand in the address.
import { readStrokes, tidyStroke, writeStrokes } from '../../figures/sign-strokes.js';
import { PLACES } from '../../lab/pixels/tokens.js';
import type { StoryLanguage } from '../../languages/stories.js';
import { USUAL_BUDGET, USUAL_STEPS, type Vote } from '../../lab/votes/recipe.js';
import { decimal, oneOf, whole, type Setting } from '../../storage/url-state.js';

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
  seed: whole(0, 2 ** 31 - 1, 1),
  /** The pixel whose probabilities are looked at, from 1. */
  pixel: whole(NEWEST, PLACES, NEWEST),
};

/** Votes that are asked for; fewer are enough to begin with. */
export const ENOUGH_VOTES = 15;
export const LEAST_VOTES = 5;
/** A visitor may go on voting. */
const MOST_VOTES = 60;
/** What the model would vote on so many pairs after the last one is known when it has learned. */
export const GUESSES = 10;
/** Beginnings after which it is looked at how the model goes on. */
export const TEXTS = 4;
/** The newest look, whichever it is. */
export const NEWEST_LOOK = -1;

const votes: Setting<string> = { initial: '', read: (text) => (new RegExp(`^[abn]{1,${MOST_VOTES}}$`).test(text) ? text : undefined), write: (value) => value.slice(0, MOST_VOTES) };
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
