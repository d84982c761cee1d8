// One library counts the trigrams of lines of words and generates text from them. argv: library, number of lines.
import { createRequire } from 'node:module';
import { brownSentences } from '../lib/markov-texts.mjs';
import { report } from '../lib/measure.mjs';

const [library, count] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const lines = brownSentences().train.slice(0, Number(count));
const words = lines.reduce((sum, line) => sum + line.split(' ').length, 0);
// The duration of generation, after a warm-up of the same length.
const SECONDS = 1;

/** @returns {number} words per second of `write`, which returns the number of words it wrote */
function rate(write) {
  const until = (end) => {
    let written = 0;
    while (performance.now() < end) written += write();
    return written;
  };
  until(performance.now() + SECONDS * 1000);
  const started = performance.now();
  const written = until(started + SECONDS * 1000);
  return (written / (performance.now() - started)) * 1000;
}

/** Each library's code; `train` is timed once, cold, and returns the function that generates text. */
const libraries = {
  async ours() {
    const { TextMarkov } = await import('@kk/markov');
    const text = lines.join('\n');
    return () => {
      const markov = TextMarkov.train(text, { unit: 'whitespace', order: 2, sentences: true });
      let seed = 0;
      return () => {
        markov.generate({ length: 100, seed: seed++ });
        return 100;
      };
    };
  },
  // Our time if words already have ids, since natural also gets its words split in advance.
  async 'ours-ids'() {
    const { MarkovModel, TextMarkov } = await import('@kk/markov');
    const markov = TextMarkov.train(lines.join('\n'), { unit: 'whitespace', order: 0, sentences: true });
    const ids = markov.encode(lines.join('\n'));
    const startToken = markov.tokens.indexOf('<s>');
    return () => {
      MarkovModel.train(ids, { order: 2, vocabSize: markov.tokens.length, startToken });
      return undefined;
    };
  },
  async 'markov-strings'() {
    const Markov = require('markov-strings').default;
    return () => {
      const markov = new Markov({ stateSize: 2 });
      markov.addData(lines);
      return () => markov.generate({ maxTries: 100, filter: () => true }).string.split(' ').length;
    };
  },
  // Only counts; NGrams has no generator.
  async natural() {
    const { ngrams } = require('natural/lib/natural/ngrams/ngrams.js');
    return () => {
      // Frequencies are per call, so all words are passed as one sequence.
      const { numberOfNgrams } = ngrams(lines.join(' ').split(' '), 3, null, null, true);
      if (!(numberOfNgrams > 0)) throw new Error('natural counted nothing');
      return undefined;
    };
  },
};

const train = await libraries[library]();
const started = performance.now();
const write = train();
const counted = (words / (performance.now() - started)) * 1000;
report({ words, counted, generated: write === undefined ? undefined : rate(write) });
