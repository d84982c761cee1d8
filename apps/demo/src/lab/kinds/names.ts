// The kinds of text that chapter 3 puts side by side, from real stories to a GPT's; and the visitor's own.
import type { StoryLanguage } from '../../languages/stories.js';

export const kindNames = ['real', 'words', 'letters', 'markovLetters', 'markovWords', 'gpt', 'own'] as const;

export type Kind = (typeof kindNames)[number];

/** What decides all of the texts. */
export interface KindsInput {
  language: StoryLanguage;
  /** How many characters each text has, nearly. */
  length: number;
  seed: number;
  /** How many letters, and how many words, the Markov chains look back. */
  letters: number;
  words: number;
  /** The GPT that writes. */
  model: string;
  /** The visitor's own text, if it joins in. */
  own?: string;
}

/** The memories of the chains where no slider changes them. */
export const LETTERS = 4;
export const WORDS = 2;

/** A passage under the lens has at most so many characters. */
export const PASSAGE = 300;

/** An own text of fewer characters says too little. */
export const SHORTEST_OWN = 1000;

/** The chains learn from the stories of this seed, this many bytes. */
export const TRAINING = { seed: 1, bytes: 300_000 } as const;

/** The GPT that reads letter by letter, where the course ships one. */
export const letterModel = (language: StoryLanguage): string => `letters-${language}`;

/** The real stories are of a seed that nobody has learned from. */
export const realSeed = (seed: number): number => seed + 1000;
