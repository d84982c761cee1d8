// What the picture "attention forms" draws: where the head looks while it writes each digit, in the order of the columns.
import type { AttentionReading } from '../../lab/jobs/attention-reading.js';
import { DIGITS, SIGN } from '../../lab/forms/tasks.js';

/** A digit, or the sign, as it is shown. */
export const sign = (id: number): string => (id === SIGN ? '→' : `${id}`);

export interface FormsCell {
  /** The place that is looked at, from 0; the digits come first, then the sign, then what is written. */
  place: number;
  /** From 0 to 1. */
  weight: number;
  /** Not there yet while this digit is written. */
  isAhead: boolean;
  /** The digit that is wanted stands here. */
  isWanted: boolean;
}

export interface FormsRow {
  cells: FormsCell[];
  /** The cell that is looked at most. */
  most: FormsCell;
  /** Whether it looks hardly anywhere more than elsewhere. */
  isEven: boolean;
  written: number;
  isRight: boolean;
  probability: number;
}

/** The places in the order in which they are drawn. */
export function columnsOf({ digits, weights }: AttentionReading, order: 'read' | 'size'): number[] {
  const places = Array.from(weights[0]!.keys());
  return order === 'read' ? places : [...places.slice(0, DIGITS).sort((a, b) => digits[a]! - digits[b]! || a - b), ...places.slice(DIGITS)];
}

/** Where the wanted digit stands: copied and reversed by its place, sorted by its value. */
function isWanted({ task, digits, right }: AttentionReading, row: number, place: number): boolean {
  if (place >= DIGITS) return false;
  return task === 'sort' ? digits[place] === right[row] : place === (task === 'copy' ? row : DIGITS - 1 - row);
}

export function rowsOf(reading: AttentionReading, columns: readonly number[]): FormsRow[] {
  return reading.weights.map((weights, row) => {
    const seen = DIGITS + 1 + row;
    const cells = columns.map((place): FormsCell => ({ place, weight: weights[place]!, isAhead: place >= seen, isWanted: isWanted(reading, row, place) }));
    const most = cells.reduce((best, cell) => (cell.weight > best.weight ? cell : best));
    return { cells, most, isEven: most.weight < 1.5 / seen, written: reading.written[row]!, isRight: reading.written[row] === reading.right[row], probability: reading.probabilities[row]! };
  });
}
