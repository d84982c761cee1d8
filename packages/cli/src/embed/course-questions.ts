// Asks word vectors the questions that belong to the course's sentences: nearest neighbours and analogies.
import type { Language } from '@kk/corpora';
import { answerCount, courseSentences, functionWords, sentenceWords, vectorQuestions, type VectorQuestion } from '@kk/corpora/sentences';
import { combine, type WordSpace, type WordVectors, NeighbourSearch } from '@kk/embeddings';
import { hasDirection } from './known-words.js';

export interface CourseScore {
  kind: VectorQuestion['kind'];
  right: number;
  /** Questions whose words all have a vector. */
  asked: number;
  /** Questions with a word that has none. */
  unknown: number;
}

/**
 * The answers are searched among the words that occur `answerCount` times in the sentences, without function words and the words of the question.
 * @returns neighbours, then analogies
 */
export function askCourseQuestions(space: WordSpace, language: Language): CourseScore[] {
  const { vectors } = space;
  const answers = answersOf(language).filter((word) => vectors.place(word) !== undefined);
  const among = new NeighbourSearch(Float32Array.from(answers.flatMap((word) => [...rowOf(vectors, word)])), vectors.width);
  const nearest = (target: ArrayLike<number>, except: readonly string[]): string | undefined => {
    if (Array.from(target).every((value) => value === 0)) return undefined;
    const [found] = among.nearest(target, 1, { exclude: except.flatMap((word) => (answers.includes(word) ? [answers.indexOf(word)] : [])) });
    return found && answers[found.id];
  };
  const isRight = (question: VectorQuestion): boolean => {
    if (!wordsOf(question).every((word) => hasDirection(vectors, word))) return false;
    if (question.kind === 'neighbour') return question.amongst.includes(nearest(rowOf(vectors, question.word), [question.word]) ?? '');
    const { a, b, c, expected } = question;
    return nearest(combine(space, { positive: [b, c], negative: [a] }), [a, b, c]) === expected;
  };
  return (['neighbour', 'analogy'] as const).map((kind) => {
    const questions = vectorQuestions(language).filter((question) => question.kind === kind);
    const asked = questions.filter((question) => wordsOf(question).every((word) => vectors.place(word) !== undefined));
    return { kind, right: asked.filter(isRight).length, asked: asked.length, unknown: questions.length - asked.length };
  });
}

const rowOf = (vectors: WordVectors, word: string): Float32Array => vectors.row(vectors.place(word)!);

/** The words without which a question cannot be asked. */
const wordsOf = (question: VectorQuestion): string[] => (question.kind === 'neighbour' ? [question.word] : [question.a, question.b, question.c, question.expected]);

function answersOf(language: Language): string[] {
  const counts = new Map<string, number>();
  for (const word of sentenceWords(courseSentences(language)).flat()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const small = new Set(functionWords[language]);
  return [...counts].filter(([word, count]) => count >= answerCount && !small.has(word)).map(([word]) => word);
}
