// Gives the windows of a text in a shuffled order, each once in an epoch. (`randomBatch` draws windows with replacement: a text of n
// windows is then read in n draws to 63 % only, and some parts of it several times.)
import { checkOptions, type OptionNames } from '@kk/nn-core';
import { permutedIndex } from './permutation.js';
import type { TokenSource } from './token-source.js';
import { checkWhole, emptyRows, type RowBatch, type TrainingRows } from './training-rows.js';

export interface ShuffledWindowsOptions {
  /** Positions of a window: the context length of the model. */
  contextLength: number;
  /** Determines the order; whole number >= 0. Default 1337. */
  seed?: number;
}

const OPTIONS: OptionNames<ShuffledWindowsOptions> = { contextLength: 'required', seed: 'optional' };

export class ShuffledWindows implements TrainingRows {
  readonly contextLength: number;
  readonly isPacked = false;
  readonly seed: number;
  /** The number of rows after which each window was there once. */
  readonly rowsPerEpoch: number;

  /**
   * @param source its tokens after the last whole window are left out
   * @throws RangeError when the source is shorter than a window, or an option is invalid
   */
  constructor(
    readonly source: TokenSource,
    options: ShuffledWindowsOptions,
  ) {
    checkOptions('ShuffledWindows', options, OPTIONS);
    const { contextLength, seed = 1337 } = options;
    checkWhole('ShuffledWindows', 'contextLength', contextLength, 1);
    checkWhole('ShuffledWindows', 'seed', seed, 0);
    this.contextLength = contextLength;
    this.seed = seed;
    this.rowsPerEpoch = Math.floor((source.length - 1) / contextLength); // the last token of a window is only a target
    if (this.rowsPerEpoch < 1) throw new RangeError(`ShuffledWindows: the text has ${source.length} tokens, but one window needs ${contextLength + 1}: give more text or a shorter context.`);
  }

  get vocabSize(): number {
    return this.source.vocabSize;
  }

  get fingerprint(): string {
    return `windows of ${this.contextLength}, seed ${this.seed}: ${this.source.fingerprint}`;
  }

  async rows(numbers: readonly number[]): Promise<RowBatch> {
    const { contextLength, rowsPerEpoch, seed } = this;
    const { inputs, targets } = emptyRows(numbers.length, contextLength);
    const windows = numbers.map((number) => permutedIndex(number % rowsPerEpoch, rowsPerEpoch, { seed, epoch: Math.floor(number / rowsPerEpoch) }));
    const texts = await Promise.all(windows.map((window) => this.source.read(window * contextLength, contextLength + 1)));
    texts.forEach((ids, row) => {
      inputs.set(ids.subarray(0, contextLength), row * contextLength);
      targets.set(ids.subarray(1), row * contextLength);
    });
    return { inputs, targets };
  }
}
