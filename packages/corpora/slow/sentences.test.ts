// The measure of the sentences: after a second of skip-gram, 90 % of the questions are answered right, whatever the seed.
import { describe, expect, it } from 'vitest';
import { courseSentences, sentenceWords } from '@kk/corpora/sentences';
import { countWords, shareRight } from '../test/vector-score.js';
import { plainSkipGram } from './plain-skip-gram.js';

/** Settings for a text this small; words that occur once are left out. */
const settings = { width: 16, window: 10, negatives: 5, epochs: 100, learningRate: 0.05, subsample: 0.01 };

describe.each(['de', 'en'] as const)('%s', (language) => {
  it.each([1, 2, 3, 4, 5])('with seed %d, skip-gram answers nine of ten questions', (seed) => {
    const lists = sentenceWords(courseSentences(language));
    const counts = countWords(lists);
    const words = [...counts.keys()].filter((word) => counts.get(word)! >= 2);
    const places = new Map(words.map((word, i) => [word, i]));
    const ids = lists.map((list) => list.filter((word) => places.has(word)).map((word) => places.get(word)!));
    const vectors = plainSkipGram(ids, words.map((word) => counts.get(word)!), { ...settings, seed });
    const share = shareRight(language, counts, new Map(words.map((word, i) => [word, vectors[i]])));
    console.log(`${language}, seed ${seed}: ${(100 * share).toFixed(1)} %`);
    expect(share).toBeGreaterThanOrEqual(0.9);
  });
});
