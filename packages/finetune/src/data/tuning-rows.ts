// Makes examples into the rows that gpt's `Trainer` trains on: packed side by side, or one in each row.
import { fingerprint } from '@kk/gpt';
import { bestFit, emptyRows, permutedIndex, writeSegments, type Packing, type RowBatch, type RowPiece, type TrainingRows } from '@kk/gpt/data';
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { checkLabelled } from './check-labelled.js';
import type { LabelledTokens } from './examples.js';
import { checkTruncation, countTargets, fitToContext, type Truncation } from './fit-to-context.js';

export interface TuningRowsOptions {
  /** Positions of a row: the context length of the model. */
  contextLength: number;
  /** Every id is below this. */
  vocabSize: number;
  /** Whether several examples share a row, each as if it were alone; default true. */
  packed?: boolean;
  /**
   * What happens to an example of more than `contextLength + 1` tokens: it is left out (`'drop'`, the default), or loses tokens at its
   * beginning (`'left'`) or at its end (`'right'`). `counts` says how many, and how many targets are gone.
   */
  truncation?: Truncation;
  /** Determines the order of the rows; whole number >= 0. Default 1337. */
  seed?: number;
  /** The id that fills up rows, default 0. It is never a target there, even if it is the id that ends texts. */
  padding?: number;
}

const OPTIONS: OptionNames<TuningRowsOptions> = { contextLength: 'required', vocabSize: 'required', packed: 'flag', truncation: 'optional', seed: 'optional', padding: 'optional' };

export interface TuningCounts {
  /** All that were given. */
  readonly examples: number;
  /** Those left out, because they are too long, or truncation left no target. */
  readonly dropped: number;
  /** Those that lost tokens. */
  readonly truncated: number;
  /** Rows of an epoch. */
  readonly rows: number;
  /** Tokens to predict in an epoch. */
  readonly targets: number;
  /** Targets of the examples dropped, and those that truncation took from others. */
  readonly lostTargets: number;
}

export class TuningRows implements TrainingRows {
  readonly isPacked: boolean;
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly fingerprint: string;
  /** The number of rows after which each example was there once. */
  readonly rowsPerEpoch: number;
  /** The share of all places that examples fill, from 0 to 1. */
  readonly filled: number;
  readonly counts: TuningCounts;
  /** Which examples were left out, by their index, rising. */
  readonly dropped: readonly number[];
  /** Which examples lost tokens, by their index, rising. */
  readonly truncated: readonly number[];
  readonly #pieces: readonly RowPiece[];
  readonly #packing: Packing;
  readonly #seed: number;
  readonly #padding: number;

  /**
   * @param examples as `labelExample` gives them. What follows the last target of one is left out: no target sees it.
   * @throws {RangeError} when an example has no target or an id outside of the vocabulary, no example is left, or an option is invalid
   */
  constructor(examples: readonly LabelledTokens[], options: TuningRowsOptions) {
    checkOptions('TuningRows', options, OPTIONS);
    const { contextLength, vocabSize, packed = true, truncation = 'drop', seed = 1337, padding = 0 } = options;
    for (const [name, value, least] of [['contextLength', contextLength, 1], ['vocabSize', vocabSize, 1], ['seed', seed, 0], ['padding', padding, 0]] as const) {
      if (!Number.isSafeInteger(value) || value < least) throw new RangeError(`TuningRows: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
    }
    if (padding >= vocabSize) throw new RangeError(`TuningRows: padding is ${padding}; expected a token id from 0 to ${vocabSize - 1}.`);
    checkTruncation('TuningRows', truncation);
    const fitted = examples.map((example, i) => {
      checkLabelled(example, `TuningRows: example ${i}`, vocabSize);
      return fitToContext(example, contextLength, truncation);
    });
    this.#pieces = fitted.flatMap(({ piece }) => piece ?? []);
    if (this.#pieces.length === 0) throw new RangeError(`TuningRows: of ${examples.length} examples none is left, since each is longer than the context of ${contextLength}, or lost its targets: give shorter examples, a longer context, or truncation 'left'.`);
    const lengths = Int32Array.from(this.#pieces, ({ inputs }) => inputs.length);
    this.#packing = packed ? bestFit(lengths, contextLength) : oneInEach(lengths.length);
    this.#seed = seed;
    this.#padding = padding;
    this.isPacked = packed;
    this.contextLength = contextLength;
    this.vocabSize = vocabSize;
    this.rowsPerEpoch = this.#packing.rows;
    this.filled = lengths.reduce((sum, length) => sum + length, 0) / (this.rowsPerEpoch * contextLength);
    this.dropped = indices(fitted, ({ piece }) => piece === undefined);
    this.truncated = indices(fitted, ({ piece, isTruncated }) => piece !== undefined && isTruncated);
    this.counts = {
      examples: examples.length,
      dropped: this.dropped.length,
      truncated: this.truncated.length,
      rows: this.rowsPerEpoch,
      targets: this.#pieces.reduce((sum, { targets }) => sum + countTargets(targets), 0),
      lostTargets: fitted.reduce((sum, { lostTargets }) => sum + lostTargets, 0),
    };
    this.fingerprint = `examples in ${contextLength}, ${packed ? 'packed' : 'apart'}, padding ${padding}, seed ${seed}: ${fingerprint(joined(this.#pieces))}`;
  }

  async rows(numbers: readonly number[]): Promise<RowBatch> {
    const { contextLength, rowsPerEpoch, isPacked } = this;
    const batch = emptyRows(numbers.length, contextLength);
    batch.inputs.fill(this.#padding);
    const { starts, pieces } = this.#packing;
    numbers.forEach((number, row) => {
      const packed = permutedIndex(number % rowsPerEpoch, rowsPerEpoch, { seed: this.#seed, epoch: Math.floor(number / rowsPerEpoch) });
      const own = Array.from(pieces.subarray(starts[packed], starts[packed + 1]), (piece) => this.#pieces[piece]!);
      writeSegments(batch, row, contextLength, own);
    });
    return isPacked ? batch : { inputs: batch.inputs, targets: batch.targets };
  }
}

/** Piece i alone in row i. */
const oneInEach = (rows: number): Packing => ({ rows, starts: Int32Array.from({ length: rows + 1 }, (_, i) => i), pieces: Int32Array.from({ length: rows }, (_, i) => i) });

const indices = <T>(items: readonly T[], holds: (item: T) => boolean): number[] => items.flatMap((item, i) => (holds(item) ? [i] : []));

/** All that the rows are made of, one after the other. */
function joined(pieces: readonly RowPiece[]): Int32Array {
  const all = new Int32Array(pieces.reduce((sum, { inputs }) => sum + 1 + 2 * inputs.length, 0));
  let at = 0;
  for (const { inputs, targets } of pieces) {
    all[at++] = inputs.length;
    all.set(inputs, at);
    all.set(targets, at + inputs.length);
    at += 2 * inputs.length;
  }
  return all;
}
