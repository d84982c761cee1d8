// What a language contributes to the instructions: wordings, nouns with their articles, small talk, sentences in two tenses.

import type { FactName } from './facts.js';

/** Requests of one meaning. Those of `test` never occur in the training part. */
export interface Wordings {
  readonly training: readonly string[];
  readonly test: readonly string[];
}

/** `nom` and `akk` are written into wordings for `{nom}` and `{akk}`; English has the same text for both. */
export interface NounPhrase {
  readonly nom: string;
  readonly akk: string;
}

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
  readonly questions: Readonly<Record<FactName | 'first word' | 'last word' | 'next sentence' | 'continue' | 'shorten' | 'past', Wordings>>;
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
