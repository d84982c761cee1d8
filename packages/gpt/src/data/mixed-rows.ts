// Mixes several corpora in one training, in exact proportions: with the weights 3 and 1, of each four rows in a run three are from the
// first and one from the second, in a shuffled order. Each corpus gives its rows in its own order, none is left out or repeated.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { permutedIndex } from './permutation.js';
import { checkWhole, emptyRows, type RowBatch, type TrainingRows } from './training-rows.js';

export interface MixedPart {
  readonly rows: TrainingRows;
  /** A whole number of at least 1: how many rows, in proportion to the other parts. */
  readonly weight: number;
}

export interface MixedRowsOptions {
  /** Determines which part comes when; whole number >= 0. Default 1337. */
  seed?: number;
}

const OPTIONS: OptionNames<MixedRowsOptions> = { seed: 'optional' };
const PART: OptionNames<MixedPart> = { rows: 'required', weight: 'required' };

export class MixedRows implements TrainingRows {
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly isPacked: boolean;
  readonly fingerprint: string;
  /** After each this many rows, counted from the beginning, the proportions are exact. */
  readonly blockRows: number;
  readonly #parts: readonly MixedPart[];
  /** Where each part begins in a block that is not shuffled. */
  readonly #starts: readonly number[];
  readonly #seed: number;

  /** @throws RangeError when there is no part, a weight is no whole number of at least 1, or the parts have different context lengths */
  constructor(parts: readonly MixedPart[], options: MixedRowsOptions = {}) {
    checkOptions('MixedRows', options, OPTIONS);
    const { seed = 1337 } = options;
    checkWhole('MixedRows', 'seed', seed, 0);
    parts.forEach((part, i) => {
      checkOptions(`MixedRows: part ${i}`, part, PART);
      checkWhole(`MixedRows: part ${i}`, 'weight', part.weight, 1);
    });
    const [first] = parts;
    if (!first) throw new RangeError('MixedRows: the list of parts is empty; expected at least one.');
    this.contextLength = first.rows.contextLength;
    const other = parts.findIndex(({ rows }) => rows.contextLength !== this.contextLength);
    if (other >= 0) throw new RangeError(`MixedRows: part 0 has rows of ${this.contextLength} and part ${other} of ${parts[other]!.rows.contextLength}; expected the same context length.`);
    const divisor = parts.reduce((common, { weight }) => greatestCommonDivisor(common, weight), 0);
    this.#parts = parts.map(({ rows, weight }) => ({ rows, weight: weight / divisor }));
    let total = 0;
    this.#starts = this.#parts.map(({ weight }) => (total += weight) - weight);
    this.blockRows = total;
    this.#seed = seed;
    this.vocabSize = Math.max(...parts.map(({ rows }) => rows.vocabSize));
    this.isPacked = parts.some(({ rows }) => rows.isPacked);
    this.fingerprint = `mixed, seed ${seed}: ${this.#parts.map(({ rows, weight }) => `${weight} of (${rows.fingerprint})`).join(', ')}`;
  }

  /** Which part a row is from, counted from 0, and the number of the row there. */
  originOf(number: number): { part: number; row: number } {
    const block = Math.floor(number / this.blockRows);
    const place = permutedIndex(number % this.blockRows, this.blockRows, { seed: this.#seed, epoch: block });
    const part = this.#starts.findLastIndex((start) => start <= place);
    return { part, row: block * this.#parts[part]!.weight + place - this.#starts[part]! };
  }

  async rows(numbers: readonly number[]): Promise<RowBatch> {
    const { contextLength, isPacked } = this;
    const batch = emptyRows(numbers.length, contextLength);
    const origins = numbers.map((number) => this.originOf(number));
    await Promise.all(
      this.#parts.map(async (part, index) => {
        const places = numbers.flatMap((_, at) => (origins[at]!.part === index ? [at] : []));
        if (places.length === 0) return;
        const own = await part.rows.rows(places.map((at) => origins[at]!.row));
        places.forEach((at, row) => copyRow(own, row, batch, at, contextLength));
      }),
    );
    return isPacked ? batch : { inputs: batch.inputs, targets: batch.targets };
  }
}

/** A row without segments becomes a row of one. */
function copyRow(from: RowBatch, row: number, to: Required<RowBatch>, at: number, contextLength: number): void {
  const [start, end] = [row * contextLength, (row + 1) * contextLength];
  for (const name of ['inputs', 'targets', 'segments', 'positions'] as const) {
    const values = from[name]?.subarray(start, end);
    if (values) to[name].set(values, at * contextLength);
    else if (name === 'positions') for (let place = 0; place < contextLength; place++) to.positions[at * contextLength + place] = place;
  }
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));
