// A fixed set of questions to word vectors that were trained on the sentences. They follow from the kinds and pairs by a rule, so none was
// chosen because vectors answer it well.

import type { Language } from '../languages.js';
import { checkSentenceLanguage } from './check.js';
import { wordKinds, wordPairs } from './kinds.js';

/** Is the nearest neighbour of `word` amongst these words, which are the others of its kind? */
export interface NeighbourQuestion {
  readonly kind: 'neighbour';
  readonly word: string;
  readonly amongst: readonly string[];
}

/** `a` is to `b` as `c` is to what? The vector of b minus that of a plus that of c should be nearest to `expected`. */
export interface AnalogyQuestion {
  readonly kind: 'analogy';
  readonly a: string;
  readonly b: string;
  readonly c: string;
  readonly expected: string;
}

export type VectorQuestion = NeighbourQuestion | AnalogyQuestion;

/** Each pair is asked about with the help of so many others. */
const analogiesPerPair = 3;

/**
 * 43 questions for neighbours, one for each word of a kind, and 21 analogies: each of the seven pairs with the three pairs after it.
 *
 * The answers are searched among the words that occur at least `answerCount` times in the sentences, without the function words and the words
 * of the question.
 *
 * @throws RangeError for an unknown language
 */
export function vectorQuestions(language: Language): readonly VectorQuestion[] {
  checkSentenceLanguage(language);
  const neighbours = Object.values(wordKinds[language]).flatMap((words) => words.map((word) => ({ kind: 'neighbour' as const, word, amongst: words.filter((other) => other !== word) })));
  const pairs = wordPairs[language];
  const analogies = pairs.flatMap(([a, b], i) => Array.from({ length: analogiesPerPair }, (_, further) => {
    const [c, expected] = pairs[(i + 1 + further) % pairs.length];
    return { kind: 'analogy' as const, a, b, c, expected };
  }));
  return [...neighbours, ...analogies];
}

/** How often a word must occur in the sentences to be an answer. */
export const answerCount = 5;
