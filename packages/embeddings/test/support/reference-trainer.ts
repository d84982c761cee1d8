// The training of word vectors as plain loops, to compare the kernels with: nothing is shared with them but the tables. With `round` =
// Math.fround every result is rounded as a float32 kernel rounds it, in the same order of summation; with the identity it is the
// computation in float64.
import { negativeTable } from '../../src/training/alias-table.js';
import type { Corpus } from '../../src/training/corpus.js';
import { huffmanPaths } from '../../src/training/huffman.js';
import type { WordVectorSettings } from '../../src/training/options.js';
import { sigmoidTable } from '../../src/training/sigmoid-table.js';
import { keepThresholds } from '../../src/training/subsampling.js';
import { type SubwordRows, subwordRows } from '../../src/training/subword-rows.js';
import { Sfc32 } from './sfc32.js';

type Row = number[];

export interface Arithmetic {
  round: (x: number) => number;
  /** The logistic function. */
  logistic: (x: number) => number;
}

const table = sigmoidTable();

/** In a line between the points of the table, as the kernels compute it. */
function tableLogistic(x: number): number {
  const { fround } = Math;
  const place = fround(fround(Math.max(-16, Math.min(16, x)) * 64) + 1024);
  const interval = place < 2048 ? Math.trunc(place) : 2047;
  const share = fround(place - interval);
  return fround(table[interval] + fround(share * fround(table[interval + 1] - table[interval])));
}

export const float32: Arithmetic = { round: Math.fround, logistic: tableLogistic };
export const float64: Arithmetic = { round: (x) => x, logistic: (x) => 1 / (1 + Math.exp(-x)) };

/** A row of the output and what it should say: 1 for the word, or 0. */
export interface Target {
  row: number;
  label: number;
}

export class ReferenceTrainer {
  readonly input: Row[];
  readonly output: Row[];
  readonly #corpus: Corpus;
  readonly #settings: WordVectorSettings;
  readonly #round: (x: number) => number;
  readonly #logistic: (x: number) => number;
  readonly #rows: SubwordRows;
  #random: Sfc32;

  constructor(corpus: Corpus, settings: WordVectorSettings, { round, logistic }: Arithmetic) {
    this.#corpus = corpus;
    this.#settings = settings;
    this.#round = round;
    this.#logistic = logistic;
    this.#rows = subwordRows(corpus.words, settings.subwords);
    const { seed, width } = settings;
    const random = new Sfc32(seed % 2 ** 32, Math.floor(seed / 2 ** 32), 1);
    const bound = Math.fround(1 / width);
    const number = (): number => Math.fround(Math.fround((random.next() >>> 8) / 2 ** 23 - 1) * bound);
    this.input = Array.from({ length: corpus.words.length + this.#rows.present.length }, () => Array.from({ length: width }, number));
    this.output = corpus.words.map(() => new Array<number>(width).fill(0));
    this.#random = new Sfc32(seed % 2 ** 32, Math.floor(seed / 2 ** 32), 2);
  }

  run(): void {
    const { tokens, starts } = this.#corpus;
    const { epochs, learningRate, model } = this.#settings;
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let s = 0; s + 1 < starts.length; s++) {
        for (let from = starts[s]; from < starts[s + 1]; from += 1000) {
          const words = this.#subsample(tokens.subarray(from, Math.min(from + 1000, starts[s + 1])));
          const share = 1 - (epoch * tokens.length + from) / (epochs * tokens.length);
          const rate = Math.fround(learningRate * Math.max(share, 0.0001));
          words.forEach((_, center) => (model === 'cbow' ? this.#bag(words, center, rate) : this.#skipGram(words, center, rate)));
        }
      }
    }
  }

  #subsample(words: Uint32Array): number[] {
    const keep = keepThresholds(this.#corpus.counts, this.#settings.subsample);
    return [...words].filter((word) => keep[word] === 2 ** 32 - 1 || this.#random.next() < keep[word]);
  }

  #around(words: readonly number[], center: number): number[] {
    const reach = 1 + this.#random.below(this.#settings.window);
    return words.filter((_, at) => at !== center && Math.abs(at - center) <= reach);
  }

  #rowsOf(word: number): number[] {
    return [...this.#rows.rows.subarray(this.#rows.starts[word], this.#rows.starts[word + 1])];
  }

  /** The kernel reads the rows of a word once and then changes its mean; so does this. */
  #skipGram(words: readonly number[], center: number, rate: number): void {
    const rows = this.#rowsOf(words[center]);
    const hidden = this.#mean(rows);
    const total = hidden.map(() => 0);
    for (const word of this.#around(words, center)) {
      const gradient = this.learnExample(hidden, this.#targets(word), rate);
      this.#add(hidden, gradient);
      this.#add(total, gradient);
    }
    for (const row of rows) this.#add(this.input[row], total);
  }

  #bag(words: readonly number[], center: number, rate: number): void {
    const around = this.#around(words, center);
    if (around.length === 0) return;
    const rows = around.flatMap((word) => this.#rowsOf(word));
    const gradient = this.learnExample(this.#mean(rows), this.#targets(words[center]), rate);
    for (const row of rows) this.#add(this.input[row], gradient);
  }

  /** Updates the output rows; returns what the hidden vector has to be changed by. */
  learnExample(hidden: Row, targets: readonly Target[], rate: number): Row {
    const round = this.#round;
    const gradient = hidden.map(() => 0);
    // The kernel takes three targets at a time, with scores of the state before them.
    const blocks = [];
    const whole = targets.length - (targets.length % 3);
    for (let i = 0; i < whole; i += 3) blocks.push(targets.slice(i, i + 3));
    for (const target of targets.slice(whole)) blocks.push([target]);
    for (const block of blocks) {
      const steps = block.map(({ row, label }) => round(rate * round(label - this.#logistic(this.#dot(this.output[row], hidden)))));
      block.forEach(({ row }, k) => {
        const output = this.output[row];
        output.forEach((old, i) => {
          gradient[i] = round(gradient[i] + round(steps[k] * old));
          output[i] = round(old + round(steps[k] * hidden[i]));
        });
      });
    }
    return gradient;
  }

  #targets(word: number): Target[] {
    const { loss, negatives, exponent } = this.#settings;
    const { counts } = this.#corpus;
    if (loss === 'hierarchical-softmax') {
      const { starts, steps } = huffmanPaths(counts);
      return [...steps.subarray(starts[word], starts[word + 1])].map((step) => ({ row: step >>> 1, label: step & 1 }));
    }
    const { thresholds, aliases } = negativeTable(counts, exponent);
    const drawn = [];
    while (drawn.length < negatives) {
      const column = this.#random.below(counts.length);
      const row = this.#random.next() < thresholds[column] ? column : aliases[column];
      if (row !== word) drawn.push({ row, label: 0 });
    }
    return [{ row: word, label: 1 }, ...drawn];
  }

  #mean(rows: readonly number[]): Row {
    const sum = new Array<number>(this.#settings.width).fill(0);
    for (const row of rows) this.#add(sum, this.input[row]);
    const factor = this.#round(1 / rows.length);
    return rows.length === 1 ? sum : sum.map((value) => this.#round(value * factor));
  }

  #add(target: Row, source: Row): void {
    source.forEach((value, i) => (target[i] = this.#round(target[i] + value)));
  }

  /** Four sums side by side, as lanes do it. */
  #dot(a: Row, b: Row): number {
    const round = this.#round;
    const lanes = [0, 0, 0, 0];
    a.forEach((value, i) => (lanes[i % 4] = round(lanes[i % 4] + round(value * b[i]))));
    return round(round(lanes[0] + lanes[2]) + round(lanes[1] + lanes[3]));
  }
}
