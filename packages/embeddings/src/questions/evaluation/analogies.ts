// Counts how many analogies of a file are solved, section by section, with the rules of gensim's `evaluate_word_analogies`.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import type { WordVectors } from '../../word-vectors.js';
import type { NeighbourSearch } from '../neighbour-search.js';
import { toUnit } from '../cosine.js';
import type { WordSpace } from '../word-space.js';
import { type EvaluationOptions, KnownWords } from './known-words.js';
import { finished, type Steps } from '../../training/steps.js';

/** a is to b as c is to d. */
export type Analogy = readonly [a: string, b: string, c: string, d: string];

export interface AnalogySection {
  readonly name: string;
  readonly questions: readonly Analogy[];
}

export interface AnalogyFile {
  readonly sections: readonly AnalogySection[];
  /** Lines, from 1, that are neither a section nor four words; gensim leaves them out, too. */
  readonly invalidLines: readonly number[];
}

export interface AnalogyOptions extends EvaluationOptions {
  /** See `analogy`; default 'add'. */
  method?: 'add' | 'multiply';
}

export interface AnalogyScore {
  readonly name: string;
  readonly correct: readonly Analogy[];
  readonly incorrect: readonly Analogy[];
  /** Questions with a word that the vectors do not have (in the first `limit` words). They are in `incorrect` only if `unknownIsWrong`. */
  readonly unknown: number;
  /** Incorrect ones whose answer was as near as the word that won. */
  readonly ties: number;
  /** correct / (correct + incorrect), from 0 to 1; NaN without any. */
  readonly accuracy: number;
}

export interface AnalogyEvaluation {
  readonly sections: readonly AnalogyScore[];
  readonly total: AnalogyScore;
}

/** How many of the best words are looked at for one that is not in the question, whatever its spelling; gensim's number. */
const CANDIDATES = 5;

/**
 * Reads the format of word2vec's `questions-words.txt`: sections ': name', below each lines of four words.
 * @throws RangeError for a question before the first section
 */
export function parseAnalogies(text: string): AnalogyFile {
  const sections: { name: string; questions: Analogy[] }[] = [];
  const invalidLines: number[] = [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  lines.forEach((line, i) => {
    if (line.startsWith(': ')) {
      sections.push({ name: line.replace(/^[: ]+/, '').trim(), questions: [] });
      return;
    }
    const section = sections.at(-1);
    if (!section) throw new RangeError(`parseAnalogies: line ${i + 1} comes before the first section; begin with a line ': name'.`);
    const words = line.split(/\s+/).filter((word) => word !== '');
    if (words.length === 4) section.questions.push(words as unknown as Analogy);
    else invalidLines.push(i + 1);
  });
  return { sections, invalidLines };
}

const analogyOptionNames: OptionNames<AnalogyOptions> = { method: 'optional', limit: 'optional', caseSensitive: 'flag', unknownIsWrong: 'flag' };

/** Asks all analogies. Words are in capitals in the result unless case matters. */
export function evaluateAnalogies(space: WordSpace, file: { readonly sections: readonly AnalogySection[] }, options: AnalogyOptions = {}): AnalogyEvaluation {
  checkOptions('evaluateAnalogies', options, analogyOptionNames);
  return finished(evaluateAnalogiesInSteps(space, file, options));
}

/** The same with a step for each question: some milliseconds with hundreds of thousands of words. `runSteps` runs it with pauses. */
export function* evaluateAnalogiesInSteps(space: WordSpace, { sections }: { readonly sections: readonly AnalogySection[] }, options: AnalogyOptions = {}): Steps<AnalogyEvaluation> {
  checkOptions('evaluateAnalogiesInSteps', options, analogyOptionNames);
  const known = new KnownWords(space.vectors, options);
  const total = sections.reduce((sum, { questions }) => sum + questions.length, 0);
  let done = 0;
  const scores: AnalogyScore[] = [];
  for (const { name, questions } of sections) {
    const score = { correct: [] as Analogy[], incorrect: [] as Analogy[], unknown: 0, ties: 0 };
    for (const question of questions) {
      const words = question.map((word) => known.form(word)) as unknown as Analogy;
      const places = words.map((word) => known.place(word));
      if (places.includes(undefined)) {
        score.unknown++;
        if (options.unknownIsWrong) score.incorrect.push(words);
      } else {
        const { predicted, tied } = predict(space, known, words, places as number[], options.method ?? 'add');
        if (predicted !== words[3] && tied) score.ties++;
        (predicted === words[3] ? score.correct : score.incorrect).push(words);
      }
      yield ++done / total;
    }
    scores.push(withAccuracy(name, score));
  }
  const all = (list: 'correct' | 'incorrect'): Analogy[] => scores.flatMap((score) => [...score[list]]);
  const sum = (of: 'unknown' | 'ties'): number => scores.reduce((so, score) => so + score[of], 0);
  return { sections: scores, total: withAccuracy('total', { correct: all('correct'), incorrect: all('incorrect'), unknown: sum('unknown'), ties: sum('ties') }) };
}

function withAccuracy(name: string, score: Omit<AnalogyScore, 'name' | 'accuracy'>): AnalogyScore {
  return { name, ...score, accuracy: score.correct.length / (score.correct.length + score.incorrect.length) };
}

function predict(space: WordSpace, known: KnownWords, words: Analogy, places: readonly number[], method: 'add' | 'multiply'): { predicted: string | undefined; tied: boolean } {
  const [a, b, c] = places.slice(0, 3).map((place) => toUnit(space.vectors.row(place)));
  const rest = { exclude: places.slice(0, 3), limit: known.limit };
  const found = ask(space.search, method, [a, b, c], rest);
  const ignored = words.slice(0, 3);
  const winner = found.find(({ id }) => {
    const form = known.form(space.vectors.words[id]);
    return known.place(form) !== undefined && !ignored.includes(form);
  });
  const best = winner ?? found.at(-1); // as gensim, which keeps the last one that it looked at
  if (!best) return { predicted: undefined, tied: false };
  const tied = found.some(({ id, similarity }) => similarity === best.similarity && isForm(space.vectors, known, id, words[3]));
  return { predicted: known.form(space.vectors.words[best.id]), tied };
}

/** Nothing is found where vectors are all zeros, or add up to that: they have no direction. */
function ask(search: NeighbourSearch, method: 'add' | 'multiply', [a, b, c]: readonly Float64Array[], rest: { exclude: number[]; limit: number }): ReturnType<NeighbourSearch['nearest']> {
  const isZero = (vector: Float64Array): boolean => vector.every((value) => value === 0);
  if (method === 'multiply') return [a, b, c].some(isZero) ? [] : search.byProduct([b, c], [a], CANDIDATES, rest);
  const sum = b.map((value, i) => value + c[i] - a[i]);
  return isZero(sum) ? [] : search.nearest(sum, CANDIDATES, rest);
}

const isForm = ({ words }: WordVectors, known: KnownWords, id: number, form: string): boolean => known.form(words[id]) === form;
