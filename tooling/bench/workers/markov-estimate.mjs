// Measures our training on a text and the perplexity of another, in a fresh process. argv: folder with train and held-out, smoothing.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextMarkov } from '@kk/markov';
import { report } from '../lib/measure.mjs';

const [folder, smoothing] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), 'utf8').replace(/<s> | <\/s>/g, '');
let last = performance.now();
const lap = () => {
  const before = last;
  last = performance.now();
  return last - before;
};
const text = read('train');
const heldOut = read('held-out');
const reading = lap();
const markov = TextMarkov.train(text, { unit: 'whitespace', order: 2, sentences: true, unknowns: true, smoothing, keepTexts: false });
const count = lap();
const { backoff } = markov.counted;
const estimate = lap();
const { perplexity, perplexityOfKnown } = markov.evaluate(heldOut);
const evaluate = lap();
const ngrams = markov.counted.ngramCounts().reduce((sum, number) => sum + number, 0);
const { tokens, counts, firstChild } = markov.counted.ngrams.table;
report({
  read: reading,
  count,
  estimate,
  evaluate,
  perplexity,
  perplexityOfKnown,
  ngrams,
  bytesPerNgram: { counts: (tokens.byteLength + counts.byteLength + firstChild.byteLength) / ngrams, probabilities: backoff.byteLength / ngrams },
});
