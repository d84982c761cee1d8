// Tells how far measurements bend above a straight line, by the parabola that fits them best.
import { invert } from './invert.js';

export interface Bend {
  /** How far the parabola is above the line between its ends, in the middle between the least and the greatest x; below 0 where it is below. */
  readonly bend: number;
  /** By least squares, from what the parabola leaves. */
  readonly standardError: number;
}

/**
 * @param x at least 4, at least 3 of them different, around 0
 * @param y as many
 */
export function bendOf(x: readonly number[], y: readonly number[]): Bend {
  const rows = x.map((value) => [1, value, value ** 2]);
  const inverse = invert([0, 1, 2].map((i) => [0, 1, 2].map((j) => sum(rows.map((row) => row[i]! * row[j]!)))));
  const moments = [0, 1, 2].map((i) => sum(rows.map((row, at) => row[i]! * y[at]!)));
  const parameters = inverse.map((row) => sum(row.map((value, i) => value * moments[i]!)));
  const left = sum(rows.map((row, at) => (y[at]! - sum(row.map((value, i) => value * parameters[i]!))) ** 2));
  // Between two places that are `range` apart, a x^2 is below its chord by at most a (range / 2)^2.
  const halfSquared = ((Math.max(...x) - Math.min(...x)) / 2) ** 2;
  return { bend: -parameters[2]! * halfSquared, standardError: Math.sqrt((left / (x.length - 3)) * inverse[2]![2]!) * halfSquared };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
