// Declares what pretraining trains on, row by row: an endless list of rows, each of which depends on its number only. So the number of
// steps done is the whole position in the data, and a resumed run goes on with the next row, whatever the order is.

export interface TrainingRows {
  /** Positions of a row; the context length of the model. */
  readonly contextLength: number;
  /** Every id is below this. */
  readonly vocabSize: number;
  /** Whether a row holds several documents that do not see each other: `segments` and `positions` are then given. */
  readonly isPacked: boolean;
  /** A short string that differs between different data, and between different orders of the same. */
  readonly fingerprint: string;
  /** @param numbers whole numbers of 0 or more, in any order */
  rows(numbers: readonly number[]): Promise<RowBatch>;
}

/** Rows side by side: (rows, contextLength) each, row-major. */
export interface RowBatch {
  readonly inputs: Int32Array;
  /** At each place the token that follows, or -1 where nothing is to be predicted. */
  readonly targets: Int32Array;
  /** Which of the row's documents a place belongs to, from 0. Only of packed rows. */
  readonly segments?: Int32Array;
  /** The position that a place is said to have. Only of packed rows. */
  readonly positions?: Int32Array;
}

export type PackedRowBatch = Required<RowBatch>;

/** Rows without anything in them; of packed rows, each is one document of filler. */
export function emptyRows(count: number, contextLength: number): PackedRowBatch {
  const size = count * contextLength;
  return { inputs: new Int32Array(size), targets: new Int32Array(size).fill(-1), segments: new Int32Array(size), positions: new Int32Array(size) };
}

/** @throws RangeError unless it is a whole number of at least `least` */
export function checkWhole(owner: string, name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${owner}: ${name} is ${String(value)}; expected a whole number of at least ${least}.`);
}
