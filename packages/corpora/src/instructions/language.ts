// What a language contributes to the instructions: wordings, nouns with their articles, small talk, sentences in two tenses.

import type { FactName } from './facts.js';

/**
 * Requests of one meaning: 16 to learn and 4 to test with, of small talk 10 and 3. Those of `test` never occur in the training part. Each of them puts
 * words together that a model could learn: of a question, every word is in at least two of its training wordings; of small talk, in one with the same
 * answer, or for a greeting in any. None contains a training wording or is contained in one. So a test says whether a model reads what it is asked, and
 * not whether it knows a word that it never saw.
 */
export interface Wordings {
  readonly training: readonly string[];
  readonly test: readonly string[];
}

/** `nom` and `akk` are written into wordings for `{nom}` and `{akk}`; English has the same text for both. */
export interface NounPhrase {
  readonly nom: string;
  readonly akk: string;
}

/** The wordings of each question. A sentence follows those of `next sentence`, `shorten` and `past`, so each ends a sentence itself. */
export type Questions = Readonly<Record<FactName | 'first word' | 'last word' | 'next sentence' | 'continue' | 'shorten' | 'past', Wordings>>;

export interface SmallTalk extends Wordings {
  readonly answer: string;
}

/** A sentence in the present and in the past. */
export interface TwoTenses {
  readonly present: string;
  readonly past: string;
}

/** Draws one entry of a list. */
export type DrawFrom = <T>(list: readonly T[]) => T;

export interface InstructionLanguage {
  /** The answer where the story does not hold one. */
  readonly notSaid: string;
  readonly questions: Questions;
  readonly smallTalk: readonly SmallTalk[];
  /** The name of a child as it is, an animal or a thing with its definite article. @throws Error for a noun that the lexicon does not have */
  readonly phrase: (id: string) => NounPhrase;
  /** The case in which a question about a noun is answered, by the wording. */
  readonly caseOfAnswer: (wording: string) => keyof NounPhrase;
  /** The main clause of a sentence without speech; undefined if the sentence cannot be shortened. */
  readonly mainClause: (sentence: string) => string | undefined;
  readonly drawTenses: (draw: DrawFrom) => TwoTenses;
  /** Words with which answers to questions for a place begin. */
  readonly placeWords: readonly string[];
  /** Words with which answers to questions for a thing begin. */
  readonly articles: readonly string[];
  readonly childNames: readonly string[];
}
