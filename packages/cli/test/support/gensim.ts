// Word vectors with what gensim answers about them: the fixture of @kk/embeddings, which says how it was made.
import { readFileSync } from 'node:fs';

type Found = [word: string, similarity: number][];

interface Evaluation {
  score: number;
  sections: { name?: string; correct: string[][]; incorrect: string[][] }[];
  pearson: number;
  spearman: number;
  unknownPercent: number;
}

interface GensimAnswers {
  words: string[];
  width: number;
  /** Row by row. */
  matrix: number[];
  neighbours: Record<string, Found>;
  /** Among the first 50 words. */
  limited: Record<string, Found>;
  add: [positive: string[], negative: string[], Found][];
  multiply: [positive: string[], negative: string[], Found][];
  odd: [words: string[], odd: string, ranked: [similarity: number, word: string][]][];
  sentences: [a: string[], b: string[], similarity: number][];
  /** Files of questions. */
  analogies: string;
  pairs: string;
  evaluation: Evaluation;
  unknownIsWrong: Evaluation;
  caseSensitive: Evaluation;
}

export const gensim = JSON.parse(readFileSync(new URL('../../../embeddings/test/fixtures/gensim-random.json', import.meta.url), 'utf8')) as GensimAnswers;

/** The vectors in word2vec's text format. */
export const gensimVectors = `${gensim.words.length} ${gensim.width}\n${gensim.words.map((word, i) => `${word} ${gensim.matrix.slice(i * gensim.width, (i + 1) * gensim.width).join(' ')}\n`).join('')}`;
