// Packs documents into rows of the context's length. Attention does not cross documents (`packedLoss`), and no document predicts the
// beginning of another.
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { bestFit, type Packing } from './best-fit.js';
import { permutedIndex } from './permutation.js';
import type { TokenSource } from './token-source.js';
import { checkWhole, emptyRows, type PackedRowBatch, type TrainingRows } from './training-rows.js';
import { writeSegments } from './write-segments.js';

export interface PackedDocumentsOptions {
  /** Positions of a row: the context length of the model. */
  contextLength: number;
  /** The id that ends a document. It is predicted, too, so that the model learns when to end. */
  endOfText: number;
  /** Whether the positions of each document begin at 0, as if it were alone; default true. Rotary positions are the same either way. */
  restartPositions?: boolean;
  /** Determines the order of the rows; whole number >= 0. Default 1337. */
  seed?: number;
}

const OPTIONS: OptionNames<PackedDocumentsOptions> = { contextLength: 'required', endOfText: 'required', restartPositions: 'flag', seed: 'optional' };

/** Tokens that are looked through at once for the ends of documents. */
const STRIDE = 2 ** 16;

export class PackedDocuments implements TrainingRows {
  readonly isPacked = true;
  readonly contextLength: number;
  readonly vocabSize: number;
  readonly fingerprint: string;
  /** The number of rows after which each document was there once. */
  readonly rowsPerEpoch: number;
  /** The share of all places that documents fill, from 0 to 1; the rest is filler. */
  readonly filled: number;
  readonly #source: TokenSource;
  readonly #packing: Packing;
  readonly #pieces: Pieces;
  readonly #restartPositions: boolean;
  readonly #seed: number;

  private constructor(source: TokenSource, pieces: Pieces, { contextLength, endOfText, restartPositions = true, seed = 1337 }: PackedDocumentsOptions) {
    this.contextLength = contextLength;
    this.vocabSize = source.vocabSize;
    this.fingerprint = `documents in ${contextLength}, end ${endOfText}, restart ${restartPositions}, seed ${seed}: ${source.fingerprint}`;
    this.#source = source;
    this.#pieces = pieces;
    this.#packing = bestFit(pieces.lengths, contextLength);
    this.#restartPositions = restartPositions;
    this.#seed = seed;
    this.rowsPerEpoch = this.#packing.rows;
    this.filled = pieces.lengths.reduce((sum, length) => sum + length, 0) / (this.rowsPerEpoch * contextLength);
  }

  /**
   * Reads the source once, to find the documents. A document longer than the context is cut into pieces that do not see each other; one of a
   * single token has nothing to predict and is left out. Memory: about 24 bytes for each document.
   * @throws RangeError when there is nothing to predict, or an option is invalid
   */
  static async from(source: TokenSource, options: PackedDocumentsOptions): Promise<PackedDocuments> {
    checkOptions('PackedDocuments', options, OPTIONS);
    const { contextLength, endOfText, seed = 1337 } = options;
    checkWhole('PackedDocuments', 'contextLength', contextLength, 1);
    checkWhole('PackedDocuments', 'seed', seed, 0);
    if (!Number.isInteger(endOfText) || endOfText < 0 || endOfText >= source.vocabSize) throw new RangeError(`PackedDocuments: endOfText is ${String(endOfText)}; expected a token id from 0 to ${source.vocabSize - 1}.`);
    const pieces = await piecesOf(source, endOfText, contextLength);
    if (pieces.lengths.length === 0) throw new RangeError(`PackedDocuments: in ${source.length} tokens there is no document of at least 2: check that endOfText, ${endOfText}, is the id that ends documents.`);
    return new PackedDocuments(source, pieces, options);
  }

  async rows(numbers: readonly number[]): Promise<PackedRowBatch> {
    const { contextLength, rowsPerEpoch } = this;
    const batch = emptyRows(numbers.length, contextLength);
    await Promise.all(
      numbers.map((number, row) => {
        const packed = permutedIndex(number % rowsPerEpoch, rowsPerEpoch, { seed: this.#seed, epoch: Math.floor(number / rowsPerEpoch) });
        return this.#fill(batch, row, packed);
      }),
    );
    return batch;
  }

  /** Writes the documents of a row. */
  async #fill(batch: PackedRowBatch, row: number, packed: number): Promise<void> {
    const { starts, pieces } = this.#packing;
    const own = pieces.subarray(starts[packed], starts[packed + 1]);
    const texts = await Promise.all(Array.from(own, (piece) => this.#source.read(this.#pieces.starts[piece]!, this.#pieces.lengths[piece]! + 1)));
    const segments = texts.map((ids) => ({ inputs: ids.subarray(0, -1), targets: ids.subarray(1) }));
    writeSegments(batch, row, this.contextLength, segments, { restartPositions: this.#restartPositions });
  }
}

/** What becomes a segment of a row: the tokens that are inputs; one more follows, the last one to predict. */
interface Pieces {
  /** The first token. */
  readonly starts: Float64Array;
  /** From 1 to contextLength. */
  readonly lengths: Int32Array;
}

async function piecesOf(source: TokenSource, endOfText: number, contextLength: number): Promise<Pieces> {
  const starts: number[] = [];
  const lengths: number[] = [];
  let first = 0;
  const close = (end: number): void => {
    for (let start = first; start < end - 1; start += contextLength) {
      starts.push(start);
      lengths.push(Math.min(contextLength, end - 1 - start));
    }
    first = end;
  };
  for (let at = 0; at < source.length; at += STRIDE) {
    const ids = await source.read(at, Math.min(STRIDE, source.length - at));
    for (let place = ids.indexOf(endOfText); place >= 0; place = ids.indexOf(endOfText, place + 1)) close(at + place + 1);
  }
  close(source.length);
  return { starts: Float64Array.from(starts), lengths: Int32Array.from(lengths) };
}
