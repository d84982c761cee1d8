// The sentences for word vectors and the questions about them: complete, alike in both languages, and answered by counted vectors.

import { describe, expect, it } from 'vitest';
import { answerCount, courseSentences, functionWords, sentenceWords, vectorQuestions, wordKinds, wordPairs, type VectorQuestion, type WordKind } from '@kk/corpora/sentences';
import { countWords, type Language, shareRight } from './vector-score.js';

const languages = ['de', 'en'] as const;

const wordsOf = (question: VectorQuestion): string[] => (question.kind === 'neighbour' ? [question.word, ...question.amongst] : [question.a, question.b, question.c, question.expected]);

describe.each(languages)('the sentences in "%s"', (language) => {
  const sentences = courseSentences(language);

  it('are 300 to 400 whole, different sentences', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(300);
    expect(sentences.length).toBeLessThanOrEqual(400);
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}[\p{L}’', -]*[.?!]$/u);
    expect(new Set(sentenceWords(sentences).map((words) => words.join(' ').toLowerCase())).size).toBe(sentences.length);
  });

  it('are short enough to read', () => {
    const lengths = sentenceWords(sentences).map((words) => words.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(16);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(3);
  });

  it('do not repeat one pattern: hardly two begin with the same three words', () => {
    const beginnings = new Map<string, number>();
    for (const words of sentenceWords(sentences)) beginnings.set(words.slice(0, 3).join(' '), (beginnings.get(words.slice(0, 3).join(' ')) ?? 0) + 1);
    expect(Math.max(...beginnings.values())).toBeLessThanOrEqual(5);
    expect(beginnings.size).toBeGreaterThan(0.8 * sentences.length);
  });

  it('have every word of a question at least six times', () => {
    const counts = countWords(sentenceWords(sentences));
    for (const word of new Set(vectorQuestions(language).flatMap(wordsOf))) expect(counts.get(word) ?? 0, word).toBeGreaterThanOrEqual(6);
    expect(answerCount).toBeLessThanOrEqual(6);
  });

  it('are asked at least 60 questions, none twice', () => {
    const questions = vectorQuestions(language);
    expect(questions.length).toBeGreaterThanOrEqual(60);
    expect(new Set(questions.map((question) => JSON.stringify(question))).size).toBe(questions.length);
    for (const question of questions) expect(new Set(wordsOf(question)).size).toBe(wordsOf(question).length);
  });

  it('count function words apart from the words of the questions', () => {
    const counts = countWords(sentenceWords(sentences));
    const asked = new Set([...Object.values(wordKinds[language]).flat(), ...wordPairs[language].flat()]);
    expect(functionWords[language].filter((word) => asked.has(word))).toEqual([]);
    expect(new Set(functionWords[language]).size).toBe(functionWords[language].length);
    // The ten most frequent words are all function words.
    const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 10).map(([word]) => word);
    expect(frequent.filter((word) => !functionWords[language].includes(word))).toEqual([]);
  });

  it('let counted vectors answer 90 % of the questions', () => {
    expect(countedShare(language, sentenceWords(sentences))).toBeGreaterThanOrEqual(0.9);
  });

  it('are needed for it: with their words mixed, vectors answer hardly any', () => {
    // Word k of the text goes to place 997 k modulo its length, a prime to it, so that nothing keeps its neighbours.
    const lists = sentenceWords(sentences);
    const all = lists.flat();
    let at = 0;
    const mixed = lists.map((words) => words.map(() => all[(997 * at++) % all.length]));
    expect(countedShare(language, mixed)).toBeLessThan(0.3);
  });
});

/**
 * Vectors of positive pointwise mutual information (Levy, Goldberg and Dagan 2015) and the share of the questions that they answer: windows of
 * 10 words weighted by their distance, context distribution to the power 0.75, words that occur twice. Nothing is learnt here.
 */
function countedShare(language: Language, lists: readonly (readonly string[])[]): number {
  const counts = countWords(lists);
  const words = [...counts.keys()].filter((word) => counts.get(word)! >= 2);
  const places = new Map(words.map((word, i) => [word, i]));
  const reach = 10;
  const together = words.map(() => new Float64Array(words.length));
  for (const list of lists.map((some) => some.filter((word) => places.has(word)).map((word) => places.get(word)!))) {
    for (const [i, word] of list.entries()) for (const [j, other] of list.entries()) if (i !== j && Math.abs(i - j) <= reach) together[word][other] += (reach + 1 - Math.abs(i - j)) / reach;
  }
  const totals = together.map((row) => row.reduce((a, b) => a + b));
  const smoothed = totals.reduce((sum, value) => sum + value ** 0.75, 0);
  const information = (weight: number, i: number, j: number): number => (weight === 0 ? 0 : Math.max(0, Math.log(weight / totals[i] / (totals[j] ** 0.75 / smoothed))));
  return shareRight(language, counts, new Map(words.map((word, i) => [word, together[i].map((weight, j) => information(weight, i, j))])));
}

it('both languages have the same kinds, with as many words each', () => {
  const shape = (language: Language): [string, number][] => (Object.keys(wordKinds[language]) as WordKind[]).map((kind) => [kind, wordKinds[language][kind].length]);
  expect(shape('de')).toEqual(shape('en'));
  expect(shape('de').map(([kind]) => kind)).toEqual(['animals', 'food', 'places', 'professions', 'royals', 'days']);
  expect(wordPairs.de).toHaveLength(wordPairs.en.length);
  expect(vectorQuestions('de').map(({ kind }) => kind)).toEqual(vectorQuestions('en').map(({ kind }) => kind));
});

it('an unknown language is named', () => {
  expect(() => courseSentences('fr' as 'de')).toThrow('unknown language "fr": expected "de" or "en"');
  expect(() => vectorQuestions('fr' as 'de')).toThrow('unknown language "fr"');
});

describe('sentenceWords', () => {
  it('removes the capital letter of a beginning only where other sentences write the word small', () => {
    const words = sentenceWords(['Der Hund bellt.', 'Hund und Katze, der Rest schläft!', 'Ob der Hund bellt?', 'Äpfel', '']);
    expect(words).toEqual([['der', 'Hund', 'bellt'], ['Hund', 'und', 'Katze', 'der', 'Rest', 'schläft'], ['Ob', 'der', 'Hund', 'bellt'], ['Äpfel'], []]);
  });

  it('takes a list of sentences, no single one', () => {
    expect(() => sentenceWords('Der Hund' as unknown as string[])).toThrow('sentenceWords takes a list of sentences: put the text into brackets, [text]');
    expect(() => sentenceWords([1] as unknown as string[])).toThrow('expected texts');
  });

  it('keeps apostrophes and hyphens within words, and takes letters of two code points for one', () => {
    expect(sentenceWords(["It's a well-known trick - 'yes'.", 'Ka\u0308se'])).toEqual([["It's", 'a', 'well-known', 'trick', 'yes'], ['Käse']]);
  });
});
