// The tables of training by prediction in the memory of a kernel: vectors, rows of n-grams, what is drawn from. All threads share them;
// each has a little room of its own.
import { negativeTable } from './alias-table.js';
import type { Corpus } from './corpus.js';
import { huffmanPaths } from './huffman.js';
import { type Kernel, strideOf } from './kernel.js';
import type { WordVectorSettings } from './options.js';
import { sigmoidTable } from './sigmoid-table.js';
import { keepThresholds } from './subsampling.js';
import { type SubwordRows, subwordRows } from './subword-rows.js';

/** Longer sentences are cut, as in word2vec, so that no step takes long. */
export const LONGEST_SENTENCE = 1000;
/** What random numbers are for: the beginning, then training, with another one for each thread. */
const BEGINNING = 1;
const TRAINING = 2;
/** What memory is for, in the error when there is none. */
const TABLES = 'the tables';

/** The calls that prepare a kernel for training, as plain numbers, so that they can be sent to a worker. */
export interface KernelSetup {
  configure: [number, number, number, number, number, number, number, number, number, number, number];
  useNegatives?: [number, number, number, number];
  useHierarchy?: [number, number];
  seedRandom: [number, number, number];
  /** Where `trainBatch` puts its two results. */
  results: number;
}

export class PredictionTables {
  readonly subwords: SubwordRows;
  readonly #kernel: Kernel;
  readonly #settings: WordVectorSettings;
  readonly #rowBytes: number;
  readonly #shared: Omit<KernelSetup, 'seedRandom' | 'results' | 'configure'> & { configure: [number, number, number, number, number, number, number] };
  readonly #mostTargets: number;

  /** @throws RangeError when memory is short */
  constructor(kernel: Kernel, { words, counts }: Corpus, settings: WordVectorSettings) {
    this.#kernel = kernel;
    this.#settings = settings;
    this.subwords = subwordRows(words, settings.subwords);
    const { starts, rows, present } = this.subwords;
    const { width, subsample, seed } = settings;
    const stride = strideOf(width);
    this.#rowBytes = stride * 4;
    const inputRows = words.length + present.length;
    const input = kernel.allocate(inputRows * this.#rowBytes, 'the vectors');
    const output = kernel.allocate(words.length * this.#rowBytes, 'the vectors of predictions');
    const put = (values: Uint32Array | Float32Array): number => kernel.put(values, TABLES);
    this.#shared = { configure: [stride, input, output, put(starts), put(rows), put(keepThresholds(counts, subsample)), put(sigmoidTable())] };
    if (settings.loss === 'negative-sampling') {
      const { thresholds, aliases } = negativeTable(counts, settings.exponent);
      this.#shared.useNegatives = [settings.negatives, words.length, put(thresholds), put(aliases)];
      this.#mostTargets = settings.negatives + 1;
    } else {
      const paths = huffmanPaths(counts);
      this.#shared.useHierarchy = [put(paths.starts), put(paths.steps)];
      this.#mostTargets = words.reduce((most, _, word) => Math.max(most, paths.starts[word + 1] - paths.starts[word]), 0);
    }
    // As in fastText: words begin with uniform numbers, what they predict with zeros.
    kernel.run.seedRandom(...seedWords(seed, BEGINNING));
    kernel.run.drawTable(input, inputRows, width, stride, 1 / width);
  }

  /** What the kernel of a thread, from 0, has to be called with; allocates its room. */
  setupOf(thread: number): KernelSetup {
    const room = (bytes: number): number => this.#kernel.allocate(bytes, TABLES);
    const { configure, ...others } = this.#shared;
    return {
      ...others,
      // The hidden vector; its change by one example, and by all examples of a word; the words of a sentence; targets.
      configure: [...configure, room(this.#rowBytes), room(2 * this.#rowBytes), room(LONGEST_SENTENCE * 4), room(this.#mostTargets * 4)],
      seedRandom: seedWords(this.#settings.seed, TRAINING + thread),
      results: room(16),
    };
  }

  /** A row of the input, a view. */
  inputRow(row: number): Float32Array {
    return this.#kernel.float32(this.#shared.configure[1] + row * this.#rowBytes, this.#settings.width);
  }

  /** The rows whose mean a word is: its own, then those of its n-grams. */
  rowsOf(word: number): Uint32Array {
    const { starts, rows } = this.subwords;
    return rows.subarray(starts[word], starts[word + 1]);
  }

  /** The vector of a word as it is now. */
  vectorAt(word: number): Float32Array {
    const list = this.rowsOf(word);
    const sum = new Float32Array(this.#settings.width);
    for (const row of list) this.inputRow(row).forEach((value, i) => (sum[i] += value));
    return list.length === 1 ? sum : sum.map((value) => value * Math.fround(1 / list.length));
  }
}

/** Three words of seed for the kernel: the seed, a safe integer from 0, and what its numbers are for. */
const seedWords = (seed: number, purpose: number): [number, number, number] => [seed % 2 ** 32, Math.floor(seed / 2 ** 32), purpose];
