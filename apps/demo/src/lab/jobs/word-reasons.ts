// Chapter 5: which sentences moved two words together? The training runs once more, and what each sentence does to the two is added up.
import { responsibleSentencesInSteps } from '@kk/embeddings';
import { inSteps } from '../in-steps.js';
import { defineJob } from '../job.js';
import { sentencesOf, type WordTexts } from '../word-texts.js';
import { trainedWords } from '../word-training.js';

export interface WordReasonsInput {
  texts: WordTexts;
  pair: readonly [string, string];
}

export interface WordReasons {
  pair: readonly [string, string];
  /** Which of the two the training does not know. Then nothing is said of sentences. */
  unknown: readonly string[];
  /** The cosine of the two. */
  similarity: number;
  /** The part of it that the random beginning brought. */
  beginning: number;
  /** How many sentences changed one of the two. */
  count: number;
  /** The sentences that moved them together most. */
  together: readonly Reason[];
  /** Those that moved them apart most, the strongest first. */
  apart: readonly Reason[];
}

export interface Reason {
  /** Its number in the order of reading, from 0. */
  at: number;
  text: string;
  contribution: number;
}

const TOGETHER = 5;
const APART = 2;

export default defineJob(async function* ({ texts, pair }: WordReasonsInput, tools): AsyncGenerator<WordReasons, WordReasons> {
  const { vectors } = await trainedWords(tools, texts);
  const unknown = pair.filter((word) => vectors.place(word) === undefined);
  const reasons = unknown.length > 0 ? { sentences: [], similarity: 0, beginning: 0 } : await tools.keep(`reasons ${pair.join(' ')} ${JSON.stringify(texts)}`, async () => {
    const { corpus, options } = await trainedWords(tools, texts);
    return inSteps(tools, responsibleSentencesInSteps(corpus, options, pair), 'reasons');
  });
  const all = sentencesOf(texts);
  const named = reasons.sentences.map(({ sentence, contribution }) => ({ at: sentence, text: all[sentence]!, contribution }));
  const result = {
    pair, unknown, similarity: reasons.similarity, beginning: reasons.beginning, count: named.length,
    together: named.slice(0, TOGETHER).filter(({ contribution }) => contribution > 0),
    apart: named.slice(-APART).reverse().filter(({ contribution }) => contribution < 0),
  };
  yield result;
  return result;
});
