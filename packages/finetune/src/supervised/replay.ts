// Replay: a share of the rows of a run are texts that the base was trained on, so that it does not forget them.
import { MixedRows, type TrainingRows } from '@kk/gpt/data';
import { checkOptions, type OptionNames } from '@kk/nn-core';

export interface Replay {
  /** Texts like those that the base learned from, such as `ShuffledWindows` or `PackedDocuments`. */
  readonly rows: TrainingRows;
  /** The share of all rows, above 0 and below 1, in hundredths. */
  readonly share: number;
}

const NAMES: OptionNames<Replay> = { rows: 'required', share: 'required' };

/**
 * The rows of a run: of each hundred, as many of the replay as its share says, in a shuffled order.
 * @throws RangeError when the share is out of range, or rows differ in their context length
 */
export function withReplay(rows: TrainingRows, replay: Replay | undefined, seed: number): TrainingRows {
  if (replay === undefined) return rows;
  checkOptions('SupervisedTuning: replay', replay, NAMES);
  const replayed = Math.round(100 * replay.share);
  if (!(replayed >= 1 && replayed <= 99)) throw new RangeError(`SupervisedTuning: the share of replay is ${String(replay.share)}; expected a share from 0.01 to 0.99.`);
  return new MixedRows([{ rows, weight: 100 - replayed }, { rows: replay.rows, weight: replayed }], { seed });
}
