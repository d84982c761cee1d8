// Learns word vectors by prediction: skip-gram or continuous bag of words, with negative sampling or hierarchical softmax, and with or
// without n-grams. Everything that runs once per word is in assembly/; here are its tables, and the walk through the text.
//
// Sources: Mikolov et al., "Efficient estimation of word representations in vector space" and "Distributed representations of words and
// phrases and their compositionality", 2013; Bojanowski et al., "Enriching word vectors with subword information", 2017.
import { WordVectors } from '../word-vectors.js';
import { negativeTable } from './alias-table.js';
import { type Corpus } from './corpus.js';
import { huffmanPaths } from './huffman.js';
import { Kernel, strideOf } from './kernel.js';
import { readSettings, type WordVectorOptions, type WordVectorSettings } from './options.js';
import { sigmoidTable } from './sigmoid-table.js';
import { type Steps } from './steps.js';
import { keepThresholds } from './subsampling.js';
import { type SubwordRows, subwordRows } from './subword-rows.js';

/** Longer sentences are cut, as in word2vec, so that no step takes long. */
const LONGEST_SENTENCE = 1000;
/** The words of a step, unless a sentence has more: some milliseconds. */
const STEP_WORDS = 2000;
/** What random numbers are for. */
const PURPOSES = { beginning: 1, training: 2 };

interface Tables {
  input: number;
  tokens: number;
  starts: number;
  results: number;
}

export class WordVectorTrainer {
  readonly corpus: Corpus;
  readonly settings: Readonly<WordVectorSettings>;
  readonly #kernel = new Kernel();
  readonly #subwords: SubwordRows;
  readonly #stride: number;
  readonly #tables: Tables;
  #epoch = 0;
  #sentence = 0;
  #loss = NaN;

  /** @throws TypeError or RangeError when an option is unknown or out of range, or memory is short */
  constructor(corpus: Corpus, options: WordVectorOptions = {}) {
    this.corpus = corpus;
    this.settings = readSettings(options);
    this.#stride = strideOf(this.settings.width);
    this.#subwords = subwordRows(corpus.words, this.settings.subwords);
    this.#tables = this.#makeTables();
  }

  /** How often the text was read to the end. */
  get epoch(): number {
    return this.#epoch;
  }

  /** The number of the next sentence to learn. */
  get sentence(): number {
    return this.#sentence;
  }

  get isDone(): boolean {
    return this.#epoch === this.settings.epochs;
  }

  /** What is done, 0 to 1. */
  get share(): number {
    return this.#wordsDone / (this.settings.epochs * this.corpus.tokens.length);
  }

  /** The mean loss per example of the last step that had any, in nats; NaN before. */
  get loss(): number {
    return this.#loss;
  }

  /** Trains to the end in steps of some milliseconds; yields the share that is done and returns the vectors. */
  *steps(): Steps<WordVectors> {
    const { starts } = this.corpus;
    while (!this.isDone) {
      let end = this.#sentence + 1;
      while (end < starts.length - 1 && starts[end + 1] - starts[this.#sentence] <= STEP_WORDS) end++;
      this.learnUntil(end);
      yield this.share;
    }
    return this.vectors();
  }

  /**
   * Learns the sentences from `sentence` to `end` - 1. How the text is divided makes no difference to the vectors.
   *
   * @throws RangeError when `end` is not beyond `sentence`, or beyond the text; Error when the learning rate was so high that vectors
   * became infinite
   */
  learnUntil(end: number): void {
    const sentences = this.corpus.starts.length - 1;
    if (this.isDone) throw new RangeError(`WordVectorTrainer: all ${this.settings.epochs} epochs are done.`);
    if (!Number.isSafeInteger(end) || end <= this.#sentence || end > sentences) throw new RangeError(`WordVectorTrainer: cannot learn until sentence ${String(end)}; expected an integer from ${this.#sentence + 1} to ${sentences}.`);
    const { tokens, starts } = this.corpus;
    for (let from = starts[this.#sentence], s = this.#sentence; s < end; ) {
      // As many whole sentences as there is room for, or a part of a longer one.
      const pieces = [from];
      while (s < end && pieces[pieces.length - 1] - from < STEP_WORDS && pieces.length <= STEP_WORDS) {
        const piece = Math.min(starts[s + 1], pieces[pieces.length - 1] + LONGEST_SENTENCE);
        if (piece > pieces[pieces.length - 1]) pieces.push(piece);
        if (piece === starts[s + 1]) s++;
      }
      this.#learn(tokens.subarray(from, pieces[pieces.length - 1]), pieces);
      from = pieces[pieces.length - 1];
    }
    this.#sentence = end;
    if (end === sentences) {
      this.#sentence = 0;
      this.#epoch++;
    }
  }

  /** A copy of the vectors as they are now. */
  vectors(): WordVectors {
    const { words, counts } = this.corpus;
    const { width, subwords } = this.settings;
    const matrix = new Float32Array(words.length * width);
    words.forEach((_, word) => matrix.set(this.vectorAt(word), word * width));
    if (subwords === undefined) return new WordVectors({ words, counts, width, matrix });
    const { present } = this.#subwords;
    const rows = new Float32Array(present.length * width);
    present.forEach((_, i) => rows.set(this.#inputRow(words.length + i), i * width));
    return new WordVectors({ words, counts, width, matrix, subwords: { ...subwords, present, matrix: rows } });
  }

  /** The vector of a word as it is now: its row, or the mean of its rows and those of its n-grams. */
  vectorAt(word: number): Float32Array {
    const { starts, rows } = this.#subwords;
    const list = rows.subarray(starts[word], starts[word + 1]);
    const sum = new Float32Array(this.settings.width);
    for (const row of list) this.#inputRow(row).forEach((value, i) => (sum[i] += value));
    return list.length === 1 ? sum : sum.map((value) => value * Math.fround(1 / list.length));
  }

  /** The rows whose mean a word is: its own, then those of its n-grams. Two words that share one learn together. */
  rowsOf(word: number): Uint32Array {
    const { starts, rows } = this.#subwords;
    return rows.subarray(starts[word], starts[word + 1]);
  }

  get #wordsDone(): number {
    return this.#epoch * this.corpus.tokens.length + this.corpus.starts[this.#sentence];
  }

  #inputRow(row: number): Float32Array {
    return this.#kernel.float32(this.#tables.input + row * this.#stride * 4, this.settings.width);
  }

  /** Tokens and the ends of sentences in them, for one call of the kernel. */
  #learn(tokens: Uint32Array, pieces: readonly number[]): void {
    const { run } = this.#kernel;
    const { model, window, learningRate, epochs } = this.settings;
    this.#kernel.uint32(this.#tables.tokens, tokens.length).set(tokens);
    this.#kernel.uint32(this.#tables.starts, pieces.length).set(pieces.map((end) => end - pieces[0]));
    const done = this.#epoch * this.corpus.tokens.length + pieces[0];
    run.trainBatch(this.#tables.tokens, this.#tables.starts, pieces.length - 1, Number(model === 'cbow'), window, learningRate, done, epochs * this.corpus.tokens.length, this.#tables.results);
    const [loss, examples] = this.#kernel.float64(this.#tables.results, 2);
    if (Number.isNaN(loss)) throw new Error(`The vectors became infinite in epoch ${this.#epoch + 1}; use a learning rate below ${learningRate}.`);
    if (examples > 0) this.#loss = loss / examples;
  }

  #makeTables(): Tables {
    const kernel = this.#kernel;
    const { words, counts } = this.corpus;
    const { loss, width, subsample, negatives, exponent, seed } = this.settings;
    const { starts, rows, present } = this.#subwords;
    const rowBytes = this.#stride * 4;
    const inputRows = words.length + present.length;
    const input = kernel.allocate(inputRows * rowBytes, 'the vectors');
    const output = kernel.allocate(words.length * rowBytes, 'the vectors of predictions');
    const what = 'the tables';
    let longestPath = negatives + 1;
    if (loss === 'negative-sampling') {
      const { thresholds, aliases } = negativeTable(counts, exponent);
      kernel.run.useNegatives(negatives, words.length, kernel.put(thresholds, what), kernel.put(aliases, what));
    } else {
      const paths = huffmanPaths(counts);
      for (let word = 0; word < words.length; word++) longestPath = Math.max(longestPath, paths.starts[word + 1] - paths.starts[word]);
      kernel.run.useHierarchy(kernel.put(paths.starts, what), kernel.put(paths.steps, what));
    }
    kernel.run.configure(
      this.#stride,
      input,
      output,
      kernel.put(starts, what),
      kernel.put(rows, what),
      kernel.put(keepThresholds(counts, subsample), what),
      kernel.put(sigmoidTable(), what),
      kernel.allocate(rowBytes, what),
      kernel.allocate(2 * rowBytes, what), // the change by one example, and that by all examples of a word
      kernel.allocate(LONGEST_SENTENCE * 4, what),
      kernel.allocate(longestPath * 4, what),
    );
    const tables = { input, tokens: kernel.allocate((STEP_WORDS + LONGEST_SENTENCE) * 4, what), starts: kernel.allocate((STEP_WORDS + 2) * 4, what), results: kernel.allocate(16, what) };
    // As in fastText: words begin with uniform numbers, what they predict with zeros.
    kernel.seed(seed, PURPOSES.beginning);
    kernel.run.drawTable(input, inputRows, width, this.#stride, 1 / width);
    kernel.seed(seed, PURPOSES.training);
    return tables;
  }
}
