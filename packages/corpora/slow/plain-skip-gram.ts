// Skip-gram with negative sampling in plain loops, for measuring the sentences without the package that trains word vectors.
//
// Source: Mikolov, Sutskever, Chen, Corrado and Dean, "Distributed representations of words and phrases and their compositionality", 2013.

import { Random } from '@kk/random';

export interface SkipGramOptions {
  readonly width: number;
  /** Each word predicts those up to so many places away; for each word the reach is drawn from 1 to this. */
  readonly window: number;
  readonly negatives: number;
  readonly epochs: number;
  /** At the beginning; it falls in a line to 0. */
  readonly learningRate: number;
  /** A word with the share f of the text is kept with the probability sqrt(t / f) + t / f. */
  readonly subsample: number;
  readonly seed: number;
}

/**
 * @param lists the words of each sentence, by their numbers from 0
 * @param counts how often each word occurs
 * @returns one vector a word
 */
export function plainSkipGram(lists: readonly (readonly number[])[], counts: readonly number[], { width, window, negatives, epochs, learningRate, subsample, seed }: SkipGramOptions): Float64Array[] {
  const random = new Random(seed);
  const vectors = counts.map(() => Float64Array.from({ length: width }, () => (random.uniform() - 0.5) / width));
  const contexts = counts.map(() => new Float64Array(width));
  const total = counts.reduce((a, b) => a + b);
  const kept = counts.map((count) => Math.sqrt((subsample * total) / count) + (subsample * total) / count);
  // Word i stands in the list as often as count^0.75 says, so that a place of the list drawn at random is a negative.
  const drawn = counts.flatMap((count, word) => Array<number>(Math.round(20 * count ** 0.75)).fill(word));
  const change = new Float64Array(width);

  const learn = (word: number, context: number, target: 0 | 1, rate: number): void => {
    let product = 0;
    for (let k = 0; k < width; k++) product += vectors[word][k] * contexts[context][k];
    const step = rate * (target - 1 / (1 + Math.exp(-product)));
    for (let k = 0; k < width; k++) {
      change[k] += step * contexts[context][k];
      contexts[context][k] += step * vectors[word][k];
    }
  };

  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.permutation(lists.length);
    for (const [done, sentence] of order.entries()) {
      const rate = learningRate * (1 - (epoch + done / lists.length) / epochs);
      const words = lists[sentence].filter((word) => random.uniform() < kept[word]);
      for (const [at, word] of words.entries()) {
        const reach = 1 + random.integer(window);
        for (let other = Math.max(0, at - reach); other <= Math.min(words.length - 1, at + reach); other++) {
          if (other === at) continue;
          change.fill(0);
          learn(word, words[other], 1, rate);
          for (let n = 0; n < negatives; n++) {
            const negative = drawn[random.integer(drawn.length)];
            if (negative !== words[other]) learn(word, negative, 0, rate);
          }
          for (let k = 0; k < width; k++) vectors[word][k] += change[k];
        }
      }
    }
  }
  return vectors;
}
