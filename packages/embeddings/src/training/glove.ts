// GloVe: vectors whose dot products are the logarithms of how often two words stand near each other. The loop over the pairs is in
// assembly/training/glove.ts.
//
// Source: Pennington, Socher and Manning, "GloVe: global vectors for word representation", EMNLP 2014, and version 1.2 of its program.
import { checkOptions, type OptionNames, Random } from '@kk/nn-core';
import { WordVectors } from '../word-vectors.js';
import type { Corpus } from './corpus.js';
import { naturalLog, power } from './exact-math.js';
import { Kernel, strideOf } from './kernel.js';
import { checkInteger, checkNumber } from './options.js';
import { countPairs } from './pair-counts.js';
import type { SparseMatrix } from './sparse-matrix.js';
import { type Steps, within } from './steps.js';

export interface GloveOptions {
  /** Numbers per vector: an integer from 1. Default 100. */
  width?: number;
  /** How far a word sees, on each side; a neighbour at the distance d counts 1 / d. An integer from 1. Default 15. */
  window?: number;
  /** How often all pairs are learned: an integer from 1. Default 25. */
  epochs?: number;
  /** A number above 0. Default 0.05. */
  learningRate?: number;
  /** Pairs that count at least this much have the weight 1, rarer ones (count / countLimit)^exponent. A number above 0. Default 100; small texts want less. */
  countLimit?: number;
  /** A number from 0. Default 0.75. */
  exponent?: number;
  /** Equal seeds give equal vectors, to the last bit: an integer from 0 to 2^53 - 1. Default 0. */
  seed?: number;
}

const OPTIONS: OptionNames<GloveOptions> = { width: 'optional', window: 'optional', epochs: 'optional', learningRate: 'optional', countLimit: 'optional', exponent: 'optional', seed: 'optional' };
/** The pairs of a step: some milliseconds. */
const STEP_PAIRS = 20_000;
/** What random numbers are for. */
const PURPOSE = 0;
/** Counting, of the whole work, where there is anything to show it by. */
const COUNTING = 0.2;

/** The pairs in the order of learning, one of each index. */
interface Pairs {
  words: Uint32Array;
  contexts: Uint32Array;
  /** (count / countLimit)^exponent, at most 1. */
  weights: Float32Array;
  /** ln(count) */
  targets: Float32Array;
}

/** Counts pairs of words, and learns from them. */
export class GloveTrainer {
  readonly corpus: Corpus;
  readonly settings: Readonly<Required<GloveOptions>>;
  #model: GloveModel | undefined;
  #share = 0;

  /** @throws TypeError or RangeError when an option is unknown or out of range */
  constructor(corpus: Corpus, options: GloveOptions = {}) {
    this.corpus = corpus;
    this.settings = readSettings(options);
  }

  /** What is done of learning, 0 to 1; 0 while pairs are still counted. */
  get share(): number {
    return this.#share;
  }

  /**
   * Counts and learns in steps of some milliseconds; yields the share of both that is done and returns the vectors. Once only.
   * @throws RangeError when memory is short; Error when the learning rate was so high that vectors became infinite
   */
  *steps(): Steps<WordVectors> {
    const { corpus } = this;
    const { width, window, epochs, learningRate, countLimit, exponent, seed } = this.settings;
    const counts = yield* within(countPairs(corpus, window, 'harmonic'), 0, COUNTING);
    const pairs = shuffledPairs(counts, { countLimit, exponent, random: new Random(seed) });
    const size = pairs.words.length;
    const model = (this.#model = new GloveModel(corpus.words.length, width, pairs, seed));
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let from = 0; from < size; from += STEP_PAIRS) {
        const to = Math.min(size, from + STEP_PAIRS);
        const cost = model.learn(from, to, learningRate);
        if (!Number.isFinite(cost)) throw new Error(`The vectors became infinite in epoch ${epoch + 1}; use a learning rate below ${learningRate}.`);
        this.#share = (epoch + to / size) / epochs;
        yield COUNTING + (1 - COUNTING) * this.#share;
      }
    }
    return this.vectors();
  }

  /**
   * The vectors as they are now: the sum of each word's vector as a word and as a context, as in the program.
   * @throws Error before anything was learned
   */
  vectors(): WordVectors {
    if (!this.#model) throw new Error('GloveTrainer: there are no vectors before the pairs are counted; carry out steps() first.');
    return new WordVectors({ words: this.corpus.words, counts: this.corpus.counts, width: this.settings.width, matrix: this.#model.vectors() });
  }
}

function readSettings(options: GloveOptions): Required<GloveOptions> {
  const owner = 'GloveTrainer';
  checkOptions(owner, options, OPTIONS);
  return {
    width: checkInteger(owner, 'width', options.width ?? 100, 1, 65_536),
    window: checkInteger(owner, 'window', options.window ?? 15, 1),
    epochs: checkInteger(owner, 'epochs', options.epochs ?? 25, 1),
    learningRate: checkNumber(owner, 'learningRate', options.learningRate ?? 0.05, Number.MIN_VALUE),
    countLimit: checkNumber(owner, 'countLimit', options.countLimit ?? 100, Number.MIN_VALUE),
    exponent: checkNumber(owner, 'exponent', options.exponent ?? 0.75, 0),
    seed: checkInteger(owner, 'seed', options.seed ?? 0, 0),
  };
}

/** All elements of the counts in one random order. */
export function shuffledPairs(counts: SparseMatrix, { countLimit, exponent, random }: { countLimit: number; exponent: number; random: Random }): Pairs {
  const size = counts.values.length;
  const rowOf = new Uint32Array(size);
  for (let row = 0; row < counts.rows; row++) rowOf.fill(row, counts.starts[row], counts.starts[row + 1]);
  const order = random.permutation(size);
  return {
    words: order.map((at) => rowOf[at]),
    contexts: order.map((at) => counts.indices[at]),
    weights: Float32Array.from(order, (at) => Math.min(1, power(counts.values[at] / countLimit, exponent))),
    targets: Float32Array.from(order, (at) => naturalLog(counts.values[at])),
  };
}

/** The two tables, of words and of contexts, with their biases and sums of squares, in the memory of the kernel. */
export class GloveModel {
  readonly #kernel = new Kernel();
  readonly #words: number;
  readonly #width: number;
  readonly #stride: number;
  readonly #pairs: { words: number; contexts: number; weights: number; targets: number };
  readonly #tables: { words: number; contexts: number; wordSquares: number; contextSquares: number };

  constructor(words: number, width: number, pairs: Pairs, seed: number) {
    const kernel = this.#kernel;
    this.#words = words;
    this.#width = width;
    this.#stride = strideOf(width + 2);
    const put = (values: Uint32Array | Float32Array): number => kernel.put(values, 'the pairs');
    this.#pairs = { words: put(pairs.words), contexts: put(pairs.contexts), weights: put(pairs.weights), targets: put(pairs.targets) };
    const table = (): number => kernel.allocate(words * this.#stride * 4, 'the vectors');
    this.#tables = { words: table(), contexts: table(), wordSquares: table(), contextSquares: table() };
    kernel.run.seedRandom(seed % 2 ** 32, Math.floor(seed / 2 ** 32), PURPOSE);
    // As in the program: numbers from -0.5 to 0.5, divided by the width.
    kernel.run.drawTable(this.#tables.words, words, width + 1, this.#stride, 0.5 / width);
    kernel.run.drawTable(this.#tables.contexts, words, width + 2, this.#stride, 0.5 / width);
    // Words end with (bias, 1), contexts with (1, bias). The infinite squares of a 1 keep it from being changed.
    this.#fillColumn(this.#tables.words, width + 1, 1);
    this.#fillColumn(this.#tables.contexts, width, 1);
    kernel.float32(this.#tables.wordSquares, words * this.#stride).fill(1);
    kernel.float32(this.#tables.contextSquares, words * this.#stride).fill(1);
    this.#fillColumn(this.#tables.wordSquares, width + 1, Infinity);
    this.#fillColumn(this.#tables.contextSquares, width, Infinity);
  }

  /** Learns the pairs `from` to `to` - 1. @returns the sum of weight * difference^2 / 2 */
  learn(from: number, to: number, learningRate: number): number {
    const { words, contexts, weights, targets } = this.#pairs;
    const tables = this.#tables;
    return this.#kernel.run.trainPairs(words, contexts, weights, targets, from, to, tables.words, tables.contexts, tables.wordSquares, tables.contextSquares, this.#stride, learningRate);
  }

  /** A row of a table as it is: the vector, then (bias, 1) or (1, bias). */
  row(table: 'words' | 'contexts', word: number): Float32Array {
    return this.#kernel.float32(this.#tables[table] + word * this.#stride * 4, this.#width + 2);
  }

  /** The sum of both vectors of each word, row by row. */
  vectors(): Float32Array {
    const matrix = new Float32Array(this.#words * this.#width);
    for (let word = 0; word < this.#words; word++) {
      const context = this.row('contexts', word);
      this.row('words', word).subarray(0, this.#width).forEach((value, i) => (matrix[word * this.#width + i] = value + context[i]));
    }
    return matrix;
  }

  #fillColumn(table: number, column: number, value: number): void {
    for (let word = 0; word < this.#words; word++) this.#kernel.float32(table + word * this.#stride * 4, this.#stride)[column] = value;
  }
}
